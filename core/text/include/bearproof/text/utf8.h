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
