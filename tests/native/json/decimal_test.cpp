#include "bearproof/json/decimal.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace bearproof::json {
namespace {

double from_library(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

/// A double as the standard library says it most briefly: the digits alone, and where the point stands before them.
std::string by_library(double value) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  std::string all(text, end);
  const std::size_t e = all.find('e');
  const int exponent = std::atoi(all.c_str() + e + 1);
  all.resize(e);
  std::erase(all, '.');
  return all + " " + std::to_string(exponent + 1);
}

std::string by_us(double value) {
  const ShortestDecimal decimal = shortest_decimal(value);
  return decimal.digits + " " + std::to_string(decimal.point);
}

TEST(ShortestDecimal, AsTheStandardLibraryAndBack) {
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 3000; ++i) {
    const double value = std::fabs(std::bit_cast<double>(random()));
    if (!std::isfinite(value) || value == 0) continue;
    ASSERT_EQ(by_us(value), by_library(value)) << std::bit_cast<std::uint64_t>(value);
    char text[40];
    *std::to_chars(text, text + sizeof text - 1, value).ptr = '\0';
    ASSERT_EQ(nearest_double(text), value) << text;
  }
}

TEST(ShortestDecimal, AtEveryPowerOfTwoAndBesideIt) {
  for (int exponent = -1074; exponent <= 1023; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    for (const double value : {power, std::nextafter(power, 0.0), std::nextafter(power, 4e307)}) {
      if (value == 0) continue;
      ASSERT_EQ(by_us(value), by_library(value)) << exponent;
    }
  }
}

TEST(ShortestDecimal, AtEveryPowerOfTen) {
  for (int exponent = -323; exponent <= 308; ++exponent) {
    const std::string text = "1e" + std::to_string(exponent);
    const double value = nearest_double(text);
    ASSERT_EQ(value, from_library(text)) << text;
    for (const double near : {value, std::nextafter(value, 0.0), std::nextafter(value, 4e307)}) {
      if (near == 0) continue;
      ASSERT_EQ(by_us(near), by_library(near)) << text;
    }
  }
}

TEST(NearestDouble, AsTheStandardLibrary) {
  std::mt19937_64 random(7);
  const auto digits = [&](std::size_t count) {
    std::string text(1, static_cast<char>('1' + random() % 9));
    while (text.size() < count) text += static_cast<char>('0' + random() % 10);
    return text;
  };
  for (int i = 0; i < 3000; ++i) {
    std::string text = random() % 2 == 0 ? "" : "-";
    text += digits(1 + random() % 25);
    if (random() % 2 == 0) text += "." + std::string(random() % 6, '0') + digits(1 + random() % 20);
    if (random() % 2 == 0) text += "e" + std::to_string(static_cast<int>(random() % 700) - 350);
    ASSERT_EQ(nearest_double(text), from_library(text)) << text;
  }
}

TEST(NearestDouble, BetweenTwoDoubles) {
  // 2^53 + 1 lies in the middle; the slightest digit behind it decides, however late it stands.
  EXPECT_EQ(nearest_double("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(nearest_double("9007199254740993." + std::string(2000, '0')), 9007199254740992.0);
  EXPECT_EQ(nearest_double("9007199254740993." + std::string(2000, '0') + "1"), 9007199254740994.0);
  EXPECT_EQ(nearest_double("9007199254740995"), 9007199254740996.0);
  // Half of the smallest double, and a little more.
  EXPECT_EQ(nearest_double("2.4703282292062327e-324"), 0.0);
  EXPECT_EQ(nearest_double("2.4703282292062329e-324"), 5e-324);
  EXPECT_EQ(nearest_double("1.7976931348623158e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(nearest_double("1.7976931348623159e308"), std::numeric_limits<double>::infinity());
}

TEST(NearestDouble, HugeExponentsAndLongRowsOfZeros) {
  EXPECT_EQ(nearest_double("1e99999999999999999999"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(nearest_double("-1E+400"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(nearest_double("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(nearest_double("0e99999999999999999999"), 0.0);
  EXPECT_TRUE(std::signbit(nearest_double("-0.0")));
  EXPECT_EQ(nearest_double("1" + std::string(5000, '0') + "e-5000"), 1.0);
  EXPECT_EQ(nearest_double("0." + std::string(5000, '0') + "1e5001"), 1.0);
  EXPECT_EQ(nearest_double("0.000e5"), 0.0);
}

}  // namespace
}  // namespace bearproof::json
