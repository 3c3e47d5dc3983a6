#include "bearproof/text/utf8.h"

namespace bearproof::text {
namespace {

constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

}  // namespace

Decoded detail::decode_beyond_ascii(const char* at, const char* end) {
  const auto byte = [at](std::uint32_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])); };
  const std::uint32_t lead = byte(0);
  Continuation next = continuation_of(static_cast<unsigned char>(lead));
  if (next.count == 0) return {replacement_character, 1, false};
  const std::uint32_t size = next.count + 1;
  const auto available = static_cast<std::uint64_t>(end - at);
  std::uint32_t value = lead & (0x7Fu >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    if (i >= available || byte(i) < next.low || byte(i) > next.high) return {replacement_character, i, false};
    value = (value << 6) | (byte(i) & 0x3F);
    next = {};
  }
  return {value, size, true};
}

Decoded decode_before(const char* begin, const char* at) {
  for (int back = 1; back <= 4 && at - back >= begin; ++back) {
    if (is_continuation(at[-back])) continue;
    const Decoded found = decode(at - back, at);
    if (found.length == static_cast<std::uint32_t>(back)) return found;
    break;
  }
  return {replacement_character, 1, false};
}

std::uint32_t encode_utf8(std::uint32_t code_point, char* out) {
  const auto put = [out](std::uint32_t i, std::uint32_t byte) {
    out[i] = static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (code_point < 0x80) {
    put(0, code_point);
    return 1;
  }
  if (code_point < 0x800) {
    put(0, 0xC0 | (code_point >> 6));
    put(1, 0x80 | (code_point & 0x3F));
    return 2;
  }
  if (code_point < 0x10000) {
    put(0, 0xE0 | (code_point >> 12));
    put(1, 0x80 | ((code_point >> 6) & 0x3F));
    put(2, 0x80 | (code_point & 0x3F));
    return 3;
  }
  put(0, 0xF0 | (code_point >> 18));
  put(1, 0x80 | ((code_point >> 12) & 0x3F));
  put(2, 0x80 | ((code_point >> 6) & 0x3F));
  put(3, 0x80 | (code_point & 0x3F));
  return 4;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  char bytes[4];
  out.append(bytes, encode_utf8(code_point, bytes));
}

std::string well_formed(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode(text, at);
    if (!here.well_formed) {
      out.append(text.substr(copied, at - copied)).append("\uFFFD");
      copied = at + here.length;
    }
    at += here.length;
  }
  return out.append(text.substr(copied));
}

std::string_view beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && is_continuation(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);  // no more code points than bytes
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == limit) return std::string(text.substr(0, at)).append("…");
    at += decode(text, at).length;
  }
  return std::string(text);
}

}  // namespace bearproof::text
