// Points in time as RFC 3339 writes them, comparable whatever their offset and precision.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bearproof::schema {

/// An instant of UTC, exact: no digit of the fraction is dropped. Refers to the text that it was parsed from.
///
/// A leap second (23:59:60Z) comes after every fraction of 23:59:59Z and before 00:00:00Z of the next day.
struct Instant {
  std::int64_t seconds = 0;   ///< since 1970-01-01T00:00:00Z, leap seconds not counted (as POSIX does)
  bool leap = false;          ///< within the leap second that follows `seconds`
  std::string_view fraction;  ///< digits after the decimal sign, without trailing zeros; empty for none

  /// @param text  an RFC 3339 date-time ("2026-01-31T12:00:00.25+01:00"); must outlive the Instant
  /// @return nothing unless the text has `format: date-time`
  static std::optional<Instant> parse(std::string_view text);

  /// Order in time.
  friend std::strong_ordering operator<=>(const Instant& a, const Instant& b);
  friend bool operator==(const Instant& a, const Instant& b) { return (a <=> b) == std::strong_ordering::equal; }

  /// Whole nanoseconds from `from` to `to`, rounded towards zero, clamped to the range of int64 (± 292 years). Leap
  /// seconds are not counted.
  static std::int64_t nanoseconds_between(const Instant& from, const Instant& to);
};

}  // namespace bearproof::schema
