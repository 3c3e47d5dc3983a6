// Between decimals and doubles, both ways exactly. The standard library's conversions bring 110 KB of tables into a
// Wasm module for their speed; few documents need a conversion at all.
#pragma once

#include <string>
#include <string_view>

namespace bearproof::json {

/// The fewest digits that give a double back, of those the nearest to it: value = 0.digits × 10^point.
struct ShortestDecimal {
  std::string digits;  ///< one to 17; neither the first nor the last is 0
  int point;           ///< -323 to 309
};

/// @pre value is finite and above 0
ShortestDecimal shortest_decimal(double value);

/// The double nearest to a number as JSON writes it, ties to the even one; ±infinity beyond the largest.
/// @pre written is a JSON number (RFC 8259 section 6)
double nearest_double(std::string_view written);

}  // namespace bearproof::json
