#include "bearproof/json/number.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bearproof::json {
namespace {

Number n(std::string_view text) { return Number(text); }

TEST(Number, ComparesWhatIsWrittenNotWhatADoubleHolds) {
  EXPECT_GT(n("9007199254740993"), n("9007199254740992"));
  EXPECT_GT(n("0.1000000000000000000000001"), n("0.1"));
  EXPECT_GT(n("1e400"), n("9e399"));
  EXPECT_GT(n("1e-400"), n("0"));
  EXPECT_LT(n("1e-400"), n("2e-400"));
  EXPECT_GT(n("1e99999999999999999999"), n("1"));
  EXPECT_LT(n("1e-99999999999999999999"), n("1e-9"));
  EXPECT_GT(n("1e-99999999999999999999"), n("0"));
  EXPECT_LT(n("-1e400"), n("-1"));
  EXPECT_LT(n("-2"), n("1"));
}

TEST(Number, OrderIsTotalOverAList) {
  const std::vector<std::string_view> ascending = {"-1e999",
                                                   "-123456789012345678901234567891",
                                                   "-123456789012345678901234567890",
                                                   "-1.5",
                                                   "-1.05",
                                                   "-1",
                                                   "-0.1",
                                                   "-0.0999",
                                                   "-1e-9",
                                                   "0",
                                                   "1e-10",
                                                   "0.0999",
                                                   "0.1",
                                                   "0.11",
                                                   "1",
                                                   "1.0000000001",
                                                   "1.05",
                                                   "1.5",
                                                   "9",
                                                   "10",
                                                   "11",
                                                   "99.99",
                                                   "100",
                                                   "1e3",
                                                   "1e20",
                                                   "1e999"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(n(ascending[i]) <=> n(ascending[j]), i <=> j) << ascending[i] << " " << ascending[j];
      EXPECT_EQ(n(ascending[i]) == n(ascending[j]), i == j);
    }
  }
}

TEST(Number, EqualValuesHoweverWritten) {
  const std::vector<std::vector<std::string_view>> groups = {
      {"0", "-0", "0.0", "-0.000", "0e5", "0E-99", "-0e99999999999999999999"},
      {"1", "1.0", "1e0", "10e-1", "0.1e1", "0.001e3", "1000E-3", "1.000"},
      {"-120", "-1.2e2", "-12e1", "-120.0", "-0.12e3"},
      {"100", "1e2", "1E+2", "1.00e2", "10e1"},
      {"0.05", "5e-2", "0.5e-1", "50e-3"}};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::string_view a : groups[g]) {
      for (std::size_t h = 0; h < groups.size(); ++h) {
        for (const std::string_view b : groups[h]) EXPECT_EQ(n(a) == n(b), g == h) << a << " " << b;
      }
      EXPECT_EQ(n(a).hash(), n(groups[g][0]).hash()) << a;
    }
  }
}

TEST(Number, SignAndZero) {
  EXPECT_TRUE(n("-0").is_zero());
  EXPECT_FALSE(n("-0").is_negative());
  EXPECT_FALSE(n("-0.0").is_negative());
  EXPECT_TRUE(n("-1e-400").is_negative());
  EXPECT_FALSE(n("1e-400").is_zero());
}

TEST(Number, IntegersHoweverWritten) {
  for (const std::string_view text :
       {"0", "-0.0", "1", "1.0", "1e2", "1.5e1", "120e-1", "0.5e1", "1e400", "100e-2", "-3.000"}) {
    EXPECT_TRUE(n(text).is_integer()) << text;
  }
  for (const std::string_view text : {"0.5", "1.5", "1e-1", "123e-2", "1e-400", "-0.1", "1.05e1"}) {
    EXPECT_FALSE(n(text).is_integer()) << text;
  }
}

TEST(Number, Int64) {
  EXPECT_EQ(n("0").int64(), 0);
  EXPECT_EQ(n("-0").int64(), 0);
  EXPECT_EQ(n("1e3").int64(), 1000);
  EXPECT_EQ(n("12.50e1").int64(), 125);
  EXPECT_EQ(n("-42").int64(), -42);
  EXPECT_EQ(n("9223372036854775807").int64(), INT64_MAX);
  EXPECT_EQ(n("9223372036854775808").int64(), std::nullopt);
  EXPECT_EQ(n("-9223372036854775808").int64(), INT64_MIN);
  EXPECT_EQ(n("-9223372036854775809").int64(), std::nullopt);
  EXPECT_EQ(n("1e18").int64(), 1'000'000'000'000'000'000);
  EXPECT_EQ(n("1e19").int64(), std::nullopt);
  EXPECT_EQ(n("1e400").int64(), std::nullopt);
  EXPECT_EQ(n("1e99999999999999999999").int64(), std::nullopt);
  EXPECT_EQ(n("1.5").int64(), std::nullopt);
}

TEST(Number, MultiplesAreExact) {
  EXPECT_TRUE(n("0.3").is_multiple_of(n("0.1")));
  EXPECT_TRUE(n("1.1").is_multiple_of(n("0.1")));
  EXPECT_TRUE(n("19.99").is_multiple_of(n("0.01")));
  EXPECT_FALSE(n("19.995").is_multiple_of(n("0.01")));
  EXPECT_TRUE(n("0").is_multiple_of(n("7")));
  EXPECT_TRUE(n("-21").is_multiple_of(n("7")));
  EXPECT_FALSE(n("22").is_multiple_of(n("7")));
  EXPECT_TRUE(n("10").is_multiple_of(n("2.5")));
  EXPECT_FALSE(n("10").is_multiple_of(n("20")));
  EXPECT_TRUE(n("1e308").is_multiple_of(n("0.5")));
  EXPECT_TRUE(n("1e400").is_multiple_of(n("1024")));
  EXPECT_FALSE(n("1e400").is_multiple_of(n("3")));
  EXPECT_TRUE(n("12391239123").is_multiple_of(n("1e-8")));
  EXPECT_FALSE(n("1").is_multiple_of(n("1e400")));
  EXPECT_TRUE(n("1e99999999999999999999").is_multiple_of(n("8")));
  EXPECT_FALSE(n("9007199254740993").is_multiple_of(n("2")));
  EXPECT_TRUE(n("9007199254740993").is_multiple_of(n("3")));
}

TEST(Number, MultiplesOfLongDivisors) {
  // 2^100, 3^60 and their like, beyond what 64 bits hold
  EXPECT_TRUE(n("2535301200456458802993406410752").is_multiple_of(n("1267650600228229401496703205376")));
  EXPECT_FALSE(n("2535301200456458802993406410753").is_multiple_of(n("1267650600228229401496703205376")));
  EXPECT_TRUE(n("1e200").is_multiple_of(n("1267650600228229401496703205376")));
  EXPECT_FALSE(n("1e99").is_multiple_of(n("1267650600228229401496703205376")));
  EXPECT_TRUE(n("1e100").is_multiple_of(n("1267650600228229401496703205376")));
  EXPECT_FALSE(n("1e400").is_multiple_of(n("42391158275216203514294433201")));
  EXPECT_TRUE(n("127173474825648610542883299603").is_multiple_of(n("42391158275216203514294433201")));
  EXPECT_TRUE(n("999999999999999999").is_multiple_of(n("999999999999999999")));
  EXPECT_TRUE(n("9999999999999999999").is_multiple_of(n("9999999999999999999")));
}

TEST(Number, MultiplesAgreeWithIntegerArithmetic) {
  for (int a = -60; a <= 60; ++a) {
    for (int b = 1; b <= 60; ++b) {
      EXPECT_EQ(n(std::to_string(a)).is_multiple_of(n(std::to_string(b))), a % b == 0) << a << " " << b;
      EXPECT_EQ(n(std::to_string(a) + "e-3").is_multiple_of(n(std::to_string(b) + "e-3")), a % b == 0) << a << " " << b;
      EXPECT_EQ(n(std::to_string(a) + "e1").is_multiple_of(n(std::to_string(b))), a * 10 % b == 0) << a << " " << b;
    }
  }
}

}  // namespace
}  // namespace bearproof::json
