// Punycode (RFC 3492) for labels, which are short.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::text {

/// @param digits  what follows "xn--"
/// @return false if it does not decode to Unicode scalar values
bool decode_punycode(std::string_view digits, std::vector<std::uint32_t>& code_points);

/// What follows "xn--", in lower case. Time grows with the square of the length: bound it first.
std::string encode_punycode(const std::vector<std::uint32_t>& code_points);

}  // namespace bearproof::text
