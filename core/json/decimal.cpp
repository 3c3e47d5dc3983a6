#include "bearproof/json/decimal.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "bearproof/text/ascii.h"

#include "big_natural.h"

namespace bearproof::json {
namespace {

constexpr int mantissa_bits = 53;
constexpr int least_exponent = -1074;  // of the last bit of a subnormal double
constexpr std::uint64_t hidden_bit = std::uint64_t{1} << 52;

/// The digits of a JSON number without zeros at either end: 0.digits × 10^point.
struct Written {
  // A double, or the middle between two, has at most 768 digits; of more it only counts whether they are all 0.
  static constexpr std::size_t most = 800;

  explicit Written(std::string_view text) {
    std::size_t i = 0;
    bool behind_point = false;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
      if (text[i] == '.') behind_point = true;
      if (!text::is_digit(text[i])) continue;
      const bool leading = digits.empty() && text[i] == '0';
      if (!leading && digits.size() < most) {
        digits += text[i];
      } else if (text[i] != '0') {
        digits.back() |= 1;  // any digit there makes it lie above; the last kept one is made odd for it
      }
      if (behind_point ? leading : !leading) point += behind_point ? -1 : 1;
    }
    if (i < text.size()) point += exponent(text.substr(i + 1));
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
  }

  // Held within what no number of digits in a document can make up for.
  static std::int64_t exponent(std::string_view text) {
    constexpr std::int64_t bound = 1'000'000'000'000;
    std::int64_t value = 0;
    for (const char c : text) {
      if (text::is_digit(c)) value = std::min(bound, value * 10 + (c - '0'));
    }
    return text.starts_with('-') ? -value : value;
  }

  std::string digits;
  std::int64_t point = 0;
};

double nearest_to(const BigNatural& whole_numerator, const BigNatural& whole_denominator) {
  BigNatural numerator = whole_numerator;
  BigNatural denominator = whole_denominator;
  int exponent = numerator.bit_count() - denominator.bit_count();
  if (exponent >= 0) {
    denominator.shift_left(static_cast<unsigned>(exponent));
  } else {
    numerator.shift_left(static_cast<unsigned>(-exponent));
  }
  if (numerator.compare(denominator) < 0) {
    numerator.shift_left(1);
    --exponent;
  }
  // Now 1 <= numerator / denominator < 2, to be multiplied by 2^exponent. Subnormals have fewer bits.
  const int bits = std::min(mantissa_bits, exponent + 1 - least_exponent);
  if (bits < 0) return 0;
  std::uint64_t mantissa = 0;
  for (int i = 0; i < bits; ++i) {
    mantissa <<= 1;
    if (numerator.compare(denominator) >= 0) {
      numerator.subtract(denominator);
      mantissa |= 1;
    }
    numerator.shift_left(1);
  }
  const int rest = numerator.compare(denominator);
  if (rest > 0 || (rest == 0 && (mantissa & 1) != 0)) ++mantissa;
  return std::ldexp(static_cast<double>(mantissa), exponent + 1 - bits);
}

double nearest_magnitude(std::string_view text) {
  const Written written(text);
  if (written.digits.empty() || written.point < -330) return 0;
  if (written.point > 310) return std::numeric_limits<double>::infinity();
  const int exponent = static_cast<int>(written.point) - static_cast<int>(written.digits.size());

  // Both factors are doubles themselves, so one operation rounds once: most numbers that people write.
  if (written.digits.size() <= 15 && exponent >= -22 && exponent <= 22) {
    double value = 0;
    for (const char digit : written.digits) value = value * 10 + (digit - '0');
    double power = 1;
    for (int i = std::abs(exponent); i > 0; --i) power *= 10;
    return exponent < 0 ? value / power : value * power;
  }

  BigNatural numerator(0);
  for (const char digit : written.digits) numerator.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
  BigNatural denominator(1);
  (exponent < 0 ? denominator : numerator).multiply_by_power_of_ten(static_cast<unsigned>(std::abs(exponent)));
  return nearest_to(numerator, denominator);
}

}  // namespace

double nearest_double(std::string_view written) {
  const double magnitude = nearest_magnitude(written);
  return written.starts_with('-') ? -magnitude : magnitude;
}

// Steele and White, "How to print floating-point numbers accurately" (1990), as Dybvig and Burger scale it (1996): the
// value is rest / scale, and what lies nearer than below / scale and above / scale is read back as the same double.
ShortestDecimal shortest_decimal(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const int biased = static_cast<int>(bits >> 52);
  const std::uint64_t mantissa = (bits & (hidden_bit - 1)) | (biased > 0 ? hidden_bit : 0);
  const int exponent = std::max(biased, 1) - 1 + least_exponent;
  const bool is_even = (mantissa & 1) == 0;
  // Below a power of two, doubles stand twice as near.
  const unsigned narrow = mantissa == hidden_bit && biased > 1 ? 1 : 0;

  BigNatural rest(mantissa);
  BigNatural scale(1);
  BigNatural below(1);
  rest.shift_left(1 + narrow);
  scale.shift_left(1 + narrow);
  if (exponent >= 0) {
    rest.shift_left(static_cast<unsigned>(exponent));
    below.shift_left(static_cast<unsigned>(exponent));
  } else {
    scale.shift_left(static_cast<unsigned>(-exponent));
  }

  constexpr std::int64_t log10_of_2 = 78913;  // × 2^18
  const std::int64_t binary_exponent = exponent + static_cast<int>(std::bit_width(mantissa)) - 1;
  ShortestDecimal result{{}, static_cast<int>(binary_exponent * log10_of_2 >> 18) + 1};
  if (result.point >= 0) {
    scale.multiply_by_power_of_ten(static_cast<unsigned>(result.point));
  } else {
    rest.multiply_by_power_of_ten(static_cast<unsigned>(-result.point));
    below.multiply_by_power_of_ten(static_cast<unsigned>(-result.point));
  }
  BigNatural above = below;
  above.shift_left(narrow);
  const auto reaches_scale = [&] {
    BigNatural sum = rest;
    sum.add(above);
    return sum.compare(scale) >= (is_even ? 0 : 1);
  };
  for (; reaches_scale(); ++result.point) scale.multiply_add(10, 0);

  for (;;) {
    for (BigNatural* const one : {&rest, &below, &above}) one->multiply_add(10, 0);
    char digit = '0';
    for (; rest.compare(scale) >= 0; ++digit) rest.subtract(scale);
    const bool low = rest.compare(below) < (is_even ? 1 : 0);
    const bool high = reaches_scale();
    if (high && low) {
      rest.shift_left(1);
      const int half = rest.compare(scale);
      if (half > 0 || (half == 0 && (digit & 1) != 0)) ++digit;
    } else if (high) {
      ++digit;
    }
    result.digits += digit;
    if (high || low) return result;
  }
}

}  // namespace bearproof::json
