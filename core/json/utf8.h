#pragma once

#include <cstdint>
#include <string>

namespace bearproof::json {

/// What stands at a place of a text: a code point, or a maximal ill-formed subsequence (Unicode 15, section 3.9).
struct Decoded {
  char32_t code_point;   ///< U+FFFD where ill-formed
  std::uint32_t length;  ///< in bytes, at least 1
  bool well_formed;
};

/// @pre at != end
Decoded decode_utf8(const char* at, const char* end);

void append_utf8(std::string& out, char32_t code_point);

/// Writes at most four bytes and returns how many.
std::uint32_t encode_utf8(char32_t code_point, char* out);

constexpr bool is_high_surrogate(std::uint32_t unit) { return (unit & 0xFC00u) == 0xD800u; }
constexpr bool is_low_surrogate(std::uint32_t unit) { return (unit & 0xFC00u) == 0xDC00u; }

}  // namespace bearproof::json
