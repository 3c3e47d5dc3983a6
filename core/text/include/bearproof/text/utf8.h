// Code points in and out of UTF-8. Any bytes may be read: a maximal ill-formed subsequence (Unicode 17, section 3.9)
// counts as one U+FFFD, so that no input leads outside the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bearproof::text {

constexpr std::uint32_t replacement_character = 0xFFFD;

/// What stands at a place of a text.
struct Decoded {
  std::uint32_t code_point = 0;  ///< U+FFFD where ill-formed
  std::uint32_t length = 0;      ///< in bytes, at least 1
  bool well_formed = false;
};

/// What may follow the first byte of a code point. The continuation bytes behind the next one are 80..BF.
struct Continuation {
  unsigned count = 0;        ///< continuation bytes; 0 for ASCII and for a byte that begins nothing
  unsigned char low = 0x80;  ///< bounds of the next one
  unsigned char high = 0xBF;
};

/// By Unicode table 3-7.
constexpr Continuation continuation_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {2, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {3, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
  }
  return {};
}

namespace detail {
Decoded decode_beyond_ascii(const char* at, const char* end);
}

/// @pre at < end
inline Decoded decode(const char* at, const char* end) {
  const auto lead = static_cast<unsigned char>(*at);
  return lead < 0x80 ? Decoded{lead, 1, true} : detail::decode_beyond_ascii(at, end);
}
/// @pre at < text.size()
inline Decoded decode(std::string_view text, std::size_t at) {
  return decode(text.data() + at, text.data() + text.size());
}

/// The code point at a place, moving past it. @pre at < text.size()
inline std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const Decoded here = decode(text, at);
  at += here.length;
  return here.code_point;
}

/// The code point that ends before `at`. @pre begin < at
Decoded decode_before(const char* begin, const char* at);

/// Writes at most four bytes and returns how many.
std::uint32_t encode_utf8(std::uint32_t code_point, char* out);
void append_utf8(std::string& out, std::uint32_t code_point);

constexpr bool is_high_surrogate(std::uint32_t unit) { return (unit & 0xFC00u) == 0xD800u; }
constexpr bool is_low_surrogate(std::uint32_t unit) { return (unit & 0xFC00u) == 0xDC00u; }

/// The text with U+FFFD for each maximal ill-formed subsequence.
std::string well_formed(std::string_view text);

/// As much of the beginning of well-formed UTF-8 as fits into `bytes`, whole code points.
std::string_view beginning(std::string_view text, std::size_t bytes);

/// At most `limit` code points of the text, with "…" where something was cut away.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace bearproof::text
