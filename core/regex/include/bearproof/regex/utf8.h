// Code points in and out of UTF-8. Texts are well-formed by contract; ill-formed bytes are read as U+FFFD, one each, so
// that no input can lead outside the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bearproof::regex {

struct Decoded {
  std::uint32_t code_point = 0;
  std::uint32_t length = 0;  ///< bytes
};

/// @pre p < end
inline Decoded decode(const char* p, const char* end) {
  const auto byte = [p](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(p[i])); };
  const auto tail = [&byte](int i) { return (byte(i) & 0xC0u) == 0x80u; };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && end - p >= 2 && tail(1)) return {(lead & 0x1Fu) << 6 | (byte(1) & 0x3Fu), 2};
  if (lead >= 0xE0 && lead < 0xF0 && end - p >= 3 && tail(1) && tail(2)) {
    return {(lead & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu), 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && end - p >= 4 && tail(1) && tail(2) && tail(3)) {
    return {(lead & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu), 4};
  }
  return {0xFFFD, 1};
}

/// The code point that ends before p.
/// @pre begin < p
inline Decoded decode_before(const char* begin, const char* p) {
  for (int back = 1; back <= 4 && p - back >= begin; ++back) {
    if ((static_cast<unsigned char>(p[-back]) & 0xC0u) == 0x80u) continue;
    const Decoded found = decode(p - back, p);
    if (found.length == static_cast<std::uint32_t>(back)) return found;
    break;
  }
  return {0xFFFD, 1};
}

inline void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0u | c >> 6);
    put(0x80u | (c & 0x3Fu));
  } else if (c < 0x10000) {
    put(0xE0u | c >> 12);
    put(0x80u | (c >> 6 & 0x3Fu));
    put(0x80u | (c & 0x3Fu));
  } else {
    put(0xF0u | c >> 18);
    put(0x80u | (c >> 12 & 0x3Fu));
    put(0x80u | (c >> 6 & 0x3Fu));
    put(0x80u | (c & 0x3Fu));
  }
}

/// A character of `\w`.
constexpr bool is_word(std::uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace bearproof::regex
