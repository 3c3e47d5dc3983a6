#include <algorithm>
#include <limits>

#include "bearproof/schema/instant.h"

#include "format_time.h"

namespace bearproof::schema {

namespace {

// Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Years are counted from March, so that the leap
// day is a year's last, and shifted by 400-year cycles so that nothing is negative.
std::int64_t days_since_epoch(const format_rules::Date& date) {
  constexpr std::int64_t cycle = 146'097;          // days of 400 years
  constexpr std::int64_t epoch = 719'468 + cycle;  // from 0000-03-01, one cycle earlier, to 1970-01-01
  const std::int64_t month = (date.month + 9) % 12;
  const std::int64_t year = date.year + 400 - (month >= 10 ? 1 : 0);
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  return 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - epoch;
}

struct Fraction {
  std::int64_t nanoseconds = 0;
  std::string_view rest;  // digits beyond
};

Fraction split(const Instant& instant) {
  Fraction fraction;
  if (instant.leap) return fraction;
  for (std::size_t i = 0; i < 9; ++i) {
    fraction.nanoseconds = fraction.nanoseconds * 10 + (i < instant.fraction.size() ? instant.fraction[i] - '0' : 0);
  }
  if (instant.fraction.size() > 9) fraction.rest = instant.fraction.substr(9);
  return fraction;
}

}  // namespace

std::optional<Instant> Instant::parse(std::string_view text) {
  format_rules::Date date;
  format_rules::TimeOfDay time;
  if (!format_rules::read_date_time(text, date, time)) return std::nullopt;
  Instant instant;
  instant.leap = time.second == 60;
  const std::int64_t second = instant.leap ? 59 : time.second;
  instant.seconds = days_since_epoch(date) * 86'400 + std::int64_t{time.minute_utc} * 60 + second;
  const std::size_t last = time.fraction.find_last_not_of('0');
  instant.fraction = time.fraction.substr(0, last == std::string_view::npos ? 0 : last + 1);
  return instant;
}

std::strong_ordering operator<=>(const Instant& a, const Instant& b) {
  if (const auto order = a.seconds <=> b.seconds; order != 0) return order;
  if (const auto order = a.leap <=> b.leap; order != 0) return order;
  // Without trailing zeros, decimal fractions order as their digits do.
  return a.fraction.compare(b.fraction) <=> 0;
}

std::int64_t Instant::nanoseconds_between(const Instant& from, const Instant& to) {
  constexpr std::int64_t most_seconds = std::numeric_limits<std::int64_t>::max() / 1'000'000'000 - 2;
  const std::int64_t seconds = (to.seconds + (to.leap ? 1 : 0)) - (from.seconds + (from.leap ? 1 : 0));
  if (seconds > most_seconds) return std::numeric_limits<std::int64_t>::max();
  if (seconds < -most_seconds) return std::numeric_limits<std::int64_t>::min();
  const Fraction begin = split(from);
  const Fraction end = split(to);
  const std::int64_t whole = seconds * 1'000'000'000 + end.nanoseconds - begin.nanoseconds;
  if (whole > 0 && end.rest < begin.rest) return whole - 1;
  if (whole < 0 && end.rest > begin.rest) return whole + 1;
  return whole;
}

}  // namespace bearproof::schema
