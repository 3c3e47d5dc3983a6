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
    if (next_.count == 0) {
      const char* const from = at;
      while (static_cast<std::size_t>(end - at) >= block && is_ascii(at)) at += block;
      units_ += static_cast<std::size_t>(at - from);
    }
    const char* const stop = at + (static_cast<std::size_t>(end - at) < block ? end - at : std::ptrdiff_t{block});
    for (; at != stop; ++at) step(static_cast<unsigned char>(*at));
  }
}

void Utf16Counter::step(unsigned char byte) {
  if (next_.count != 0) {
    if (byte >= next_.low && byte <= next_.high) {
      next_ = {next_.count - 1};
      if (next_.count == 0) units_ += is_astral_ ? 2 : 1;
      return;
    }
    ++units_;  // what came before is a maximal ill-formed sequence
  }
  next_ = text::continuation_of(byte);
  is_astral_ = next_.count == 3;
  if (next_.count == 0) ++units_;  // ASCII, or a byte that starts nothing
}

}  // namespace bearproof
