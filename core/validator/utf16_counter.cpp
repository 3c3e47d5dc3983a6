#include "utf16_counter.h"

#include <cstddef>
#include <cstring>

namespace bearproof {
namespace {

constexpr std::size_t block = 64;

bool is_ascii(const char* at) {
  std::uint64_t words[block / 8];
  std::memcpy(words, at, block);
  std::uint64_t all = 0;
  for (const std::uint64_t word : words) all |= word;
  return (all & 0x8080808080808080u) == 0;
}

}  // namespace

void Utf16Counter::add(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    if (missing_ == 0) {
      const char* const from = at;
      while (static_cast<std::size_t>(end - at) >= block && is_ascii(at)) at += block;
      units_ += static_cast<std::size_t>(at - from);
    }
    const char* const stop = at + (static_cast<std::size_t>(end - at) < block ? end - at : std::ptrdiff_t{block});
    for (; at != stop; ++at) step(static_cast<unsigned char>(*at));
  }
}

void Utf16Counter::step(unsigned char byte) {
  if (missing_ != 0) {
    if (byte >= low_ && byte <= high_) {
      low_ = 0x80;
      high_ = 0xBF;
      if (--missing_ == 0) units_ += is_astral_ ? 2 : 1;
      return;
    }
    ++units_;  // what came before is a maximal ill-formed sequence
    missing_ = 0;
  }
  low_ = 0x80;
  high_ = 0xBF;
  is_astral_ = false;
  if (byte >= 0xC2 && byte <= 0xDF) {
    missing_ = 1;
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    missing_ = 2;
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    missing_ = 3;
    is_astral_ = true;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
  } else {
    ++units_;  // ASCII, or a byte that starts nothing
  }
}

}  // namespace bearproof
