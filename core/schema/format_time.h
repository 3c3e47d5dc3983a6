// RFC 3339, read once for the formats and for instants.
#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::schema::format_rules {

struct Date {
  std::int32_t year = 0;
  std::int32_t month = 0;
  std::int32_t day = 0;
};

struct TimeOfDay {
  std::int32_t minute_utc = 0;  ///< minutes since midnight UTC of the day as written: −1439 to 2878
  std::int32_t second = 0;      ///< 60 only within a leap second
  std::string_view fraction;    ///< digits after the decimal sign, as written
};

/// full-date. @pre text has at least 10 bytes; reads exactly those
bool read_date(const char* text, Date& date);

/// full-time, the whole of the text.
bool read_time(std::string_view text, TimeOfDay& time);

/// Whether a text is a date-time as nearly every program writes it, "2026-05-06T04:31:00Z" or with a fraction, decided
/// eight bytes at a time. False says nothing: of days from the 29th on, offsets and leap seconds others know more.
bool is_plain_instant(const char* text, std::uint32_t size);

/// Splits a date-time at its `T`.
bool read_date_time(std::string_view text, Date& date, TimeOfDay& time);

}  // namespace bearproof::schema::format_rules
