// JSON numbers, exactly: what is written is compared as the decimal it is, never through a double.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bearproof::json {

/// A number as written, normalised without arithmetic on its digits: sign, significant digits (leading and trailing
/// zeros cut away, the point skipped) and a power of ten. Views the text.
class Number {
 public:
  /// @pre `text` follows the number grammar of RFC 8259 section 6
  explicit Number(std::string_view text);

  bool is_zero() const;
  bool is_negative() const;  ///< false for -0
  /// Whether the value is an integer, however written: 1.0 and 1e2 are.
  bool is_integer() const;
  /// The value, if it is an integer that int64 holds.
  std::optional<std::int64_t> int64() const;

  /// Exact comparison; exponents beyond what int64 holds saturate consistently (1e99999999999999999999 > 1).
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);
  friend bool operator==(const Number& a, const Number& b);

  /// Whether this is an integer multiple of `divisor`, exactly. Work is linear in the number of digits written plus the
  /// distance of the exponents, which is bounded: beyond it the answer follows from divisibility of the digits alone.
  /// @pre divisor is greater than zero
  bool is_multiple_of(const Number& divisor) const;

  /// A hash equal for equal values.
  std::uint64_t hash() const;

 private:
  std::string_view text_;
  std::uint32_t first_ = 0;    ///< index of the first significant digit in text_
  std::uint32_t last_ = 0;     ///< one past the last significant digit
  std::uint32_t digits_ = 0;   ///< how many significant digits
  std::int64_t exponent_ = 0;  ///< value = 0.d1d2d3… × 10^exponent_
  bool negative_ = false;
  bool zero_ = true;
};

}  // namespace bearproof::json
