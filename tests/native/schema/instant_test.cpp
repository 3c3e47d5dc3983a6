#include "bearproof/schema/instant.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace bearproof::schema {
namespace {

Instant at(std::string_view text) {
  const auto instant = Instant::parse(text);
  EXPECT_TRUE(instant) << text;
  return instant.value_or(Instant{});
}

TEST(Instants, CountSecondsSinceTheEpoch) {
  EXPECT_EQ(at("1970-01-01T00:00:00Z").seconds, 0);
  EXPECT_EQ(at("1969-12-31T23:59:59Z").seconds, -1);
  EXPECT_EQ(at("2000-02-29T12:00:00Z").seconds, 951'825'600);
  EXPECT_EQ(at("2026-11-20T00:00:00Z").seconds, 1'795'132'800);
  EXPECT_EQ(at("0000-01-01T00:00:00Z").seconds, -62'167'219'200);
  EXPECT_EQ(at("9999-12-31T23:59:59Z").seconds, 253'402'300'799);
}

TEST(Instants, ComeOneAfterTheOther) {
  const std::string_view order[] = {
      "1937-01-01T12:00:27.87+00:20", "2016-12-31T23:59:59Z",          "2016-12-31T23:59:59.000000000000000000001Z",
      "2016-12-31T23:59:59.9Z",       "2016-12-31T23:59:59.99Z",       "2016-12-31T23:59:60Z",
      "2016-12-31T15:59:60.25-08:00", "2017-01-01T00:00:00Z",          "2017-01-01T01:00:00.5+00:59",
      "2017-01-01T00:01:01Z",         "2017-01-01T00:00:00.001-23:59",
  };
  for (std::size_t i = 0; i < std::size(order); ++i) {
    for (std::size_t j = 0; j < std::size(order); ++j) {
      EXPECT_EQ(at(order[i]) <=> at(order[j]), i <=> j) << order[i] << " and " << order[j];
    }
  }
}

TEST(Instants, AreEqualHoweverWritten) {
  EXPECT_EQ(at("2026-01-01T00:00:00Z"), at("2026-01-01T01:30:00.000+01:30"));
  EXPECT_EQ(at("2026-01-01T00:00:00.1Z"), at("2025-12-31t23:00:00.100-01:00"));
  EXPECT_EQ(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:59:60.0+01:00"));
}

TEST(Instants, ComeOnlyFromDateTimes) {
  EXPECT_FALSE(Instant::parse("2026-01-01"));
  EXPECT_FALSE(Instant::parse("2026-02-30T00:00:00Z"));
  EXPECT_FALSE(Instant::parse(""));
}

TEST(Instants, TellHowFarApartTheyAre) {
  const auto between = [](std::string_view from, std::string_view to) {
    return Instant::nanoseconds_between(at(from), at(to));
  };
  EXPECT_EQ(between("2026-01-01T00:00:00Z", "2026-01-01T01:00:00.000000001+00:00"), 3'600'000'000'001);
  EXPECT_EQ(between("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"), -1'000'000'000);
  EXPECT_EQ(between("2026-01-01T00:00:00.0000000005Z", "2026-01-01T00:00:00.0000000021Z"), 1);
  EXPECT_EQ(between("2026-01-01T00:00:00.0000000009Z", "2026-01-01T00:00:00.0000000021Z"), 1);
  EXPECT_EQ(between("2026-01-01T00:00:00.0000000021Z", "2026-01-01T00:00:00.0000000009Z"), -1);
  EXPECT_EQ(between("2026-01-01T00:00:00.0000000001Z", "2026-01-01T00:00:00.0000000009Z"), 0);
  EXPECT_EQ(between("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00Z"), 0);
  EXPECT_EQ(between("0000-01-01T00:00:00Z", "9999-01-01T00:00:00Z"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(between("9999-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), std::numeric_limits<std::int64_t>::min());
}

}  // namespace
}  // namespace bearproof::schema
