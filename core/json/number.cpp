#include "bearproof/json/number.h"

#include <algorithm>

#include "bearproof/text/ascii.h"

#include "big_natural.h"

namespace bearproof::json {

namespace {

/// Exponents written beyond this are taken as this: so far out that sums with digit counts cannot overflow.
constexpr std::int64_t exponent_bound = std::int64_t{1} << 62;

/// The significant digits of a number, one after another, the point skipped.
class Digits {
 public:
  Digits(std::string_view text, std::uint32_t first, std::uint32_t last)
      : at_(text.data() + first), end_(at_ + (last - first)) {}
  /// The next digit, or -1 after the last.
  int next() {
    if (at_ != end_ && *at_ == '.') ++at_;
    return at_ == end_ ? -1 : *at_++ - '0';
  }

 private:
  const char* at_;
  const char* end_;
};

/// remainder = (remainder × 10 + digit) mod divisor
void push_digit(BigNatural& remainder, const BigNatural& divisor, int digit) {
  remainder.multiply_add(10, static_cast<std::uint32_t>(digit));
  while (remainder.compare(divisor) >= 0) remainder.subtract(divisor);
}

}  // namespace

Number::Number(std::string_view text) : text_(text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::uint32_t at = 0;
  bool minus = false;
  if (at < size && text[at] == '-') {
    minus = true;
    ++at;
  }
  std::uint32_t point = size;
  bool has_point = false;
  std::uint32_t exponent_at = size;
  first_ = size;
  std::uint32_t whole_end = size;
  for (; at < size; ++at) {
    const char c = text[at];
    if (text::is_digit(c)) {
      if (c != '0') {
        if (first_ == size) first_ = at;
        last_ = at + 1;
      }
    } else if (c == '.') {
      point = at;
      has_point = true;
    } else {
      exponent_at = at;
      break;
    }
  }
  whole_end = has_point ? point : exponent_at;
  zero_ = first_ == size;
  if (zero_) {
    first_ = last_ = 0;
    return;
  }
  negative_ = minus;
  digits_ = last_ - first_ - (has_point && point > first_ && point < last_ ? 1u : 0u);
  const std::int64_t position = first_ < whole_end ? static_cast<std::int64_t>(whole_end - first_)
                                                   : -static_cast<std::int64_t>(first_ - whole_end - 1);
  std::int64_t written = 0;
  if (exponent_at < size) {
    at = exponent_at + 1;
    bool down = false;
    if (at < size && (text[at] == '+' || text[at] == '-')) down = text[at++] == '-';
    for (; at < size; ++at) {
      written =
          std::min(exponent_bound, written > exponent_bound / 10 ? exponent_bound : written * 10 + (text[at] - '0'));
    }
    if (down) written = -written;
  }
  exponent_ = position + written;
}

bool Number::is_zero() const { return zero_; }

bool Number::is_negative() const { return negative_; }

bool Number::is_integer() const { return zero_ || exponent_ >= static_cast<std::int64_t>(digits_); }

std::optional<std::int64_t> Number::int64() const {
  if (zero_) return 0;
  if (!is_integer() || exponent_ > 19) return std::nullopt;
  Digits digits(text_, first_, last_);
  const std::uint64_t most = (std::uint64_t{1} << 63) - (negative_ ? 0 : 1);
  std::uint64_t magnitude = 0;
  for (std::int64_t i = 0; i < exponent_; ++i) {
    const int digit = std::max(digits.next(), 0);
    if (magnitude > (most - static_cast<std::uint64_t>(digit)) / 10) return std::nullopt;
    magnitude = magnitude * 10 + static_cast<std::uint64_t>(digit);
  }
  return static_cast<std::int64_t>(negative_ ? 0 - magnitude : magnitude);
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  const int sign_a = a.zero_ ? 0 : a.negative_ ? -1 : 1;
  const int sign_b = b.zero_ ? 0 : b.negative_ ? -1 : 1;
  if (sign_a != sign_b || sign_a == 0) return sign_a <=> sign_b;
  std::strong_ordering magnitude = a.exponent_ <=> b.exponent_;
  if (magnitude == std::strong_ordering::equal) {
    Digits digits_a(a.text_, a.first_, a.last_);
    Digits digits_b(b.text_, b.first_, b.last_);
    for (;;) {
      const int digit_a = digits_a.next();
      const int digit_b = digits_b.next();
      magnitude = digit_a <=> digit_b;
      if (magnitude != std::strong_ordering::equal || digit_a < 0) break;
    }
  }
  return sign_a > 0 ? magnitude : 0 <=> magnitude;
}

bool operator==(const Number& a, const Number& b) { return (a <=> b) == std::strong_ordering::equal; }

bool Number::is_multiple_of(const Number& divisor) const {
  if (zero_) return true;
  // Both are an integer without trailing zeros times a power of ten: n·10^p and d·10^q. Were p < q, d·10^(q−p) would
  // have to divide n, and with it ten.
  const std::int64_t shift = (exponent_ - static_cast<std::int64_t>(digits_)) -
                             (divisor.exponent_ - static_cast<std::int64_t>(divisor.digits_));
  if (shift < 0) return false;
  // d has fewer than 4·digits factors of 2 or of 5, so that a larger power of ten than that changes nothing.
  const std::int64_t zeros = std::min(shift, std::int64_t{4} * divisor.digits_);
  Digits digits(text_, first_, last_);
  Digits divisor_digits(divisor.text_, divisor.first_, divisor.last_);
  if (divisor.digits_ <= 18) {
    std::uint64_t d = 0;
    for (int digit = divisor_digits.next(); digit >= 0; digit = divisor_digits.next()) {
      d = d * 10 + static_cast<std::uint64_t>(digit);
    }
    std::uint64_t remainder = 0;  // below 10^18, so that ten times it and a digit fit
    for (int digit = digits.next(); digit >= 0; digit = digits.next()) {
      remainder = (remainder * 10 + static_cast<std::uint64_t>(digit)) % d;
    }
    for (std::int64_t i = 0; i < zeros && remainder != 0; ++i) remainder = remainder * 10 % d;
    return remainder == 0;
  }
  BigNatural d;
  for (int digit = divisor_digits.next(); digit >= 0; digit = divisor_digits.next()) {
    d.multiply_add(10, static_cast<std::uint32_t>(digit));
  }
  BigNatural remainder;
  for (int digit = digits.next(); digit >= 0; digit = digits.next()) push_digit(remainder, d, digit);
  for (std::int64_t i = 0; i < zeros && !remainder.is_zero(); ++i) push_digit(remainder, d, 0);
  return remainder.is_zero();
}

std::uint64_t Number::hash() const {
  if (zero_) return 0x9E3779B97F4A7C15u;
  constexpr std::uint64_t multiplier = 0x100000001B3u;
  std::uint64_t hash = 0xCBF29CE484222325u ^ static_cast<std::uint64_t>(exponent_) ^ (negative_ ? 0xFFFFFFFFu : 0u);
  Digits digits(text_, first_, last_);
  for (int digit = digits.next(); digit >= 0; digit = digits.next()) {
    hash = (hash ^ static_cast<std::uint64_t>(digit)) * multiplier;
  }
  return hash ^ (hash >> 29);
}

}  // namespace bearproof::json
