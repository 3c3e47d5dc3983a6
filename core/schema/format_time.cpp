#include "format_time.h"

#include <bit>

#include "bearproof/json/bytes.h"
#include "bearproof/text/ascii.h"

#include "format_rules.h"

namespace bearproof::schema::format_rules {

namespace {

// Two digits as a number; anything else gives a number above 99, which no caller accepts.
std::int32_t pair(const char* p) {
  const auto tens = static_cast<unsigned>(static_cast<unsigned char>(p[0])) - '0';
  const auto ones = static_cast<unsigned>(static_cast<unsigned char>(p[1])) - '0';
  if (tens > 9 || ones > 9) return 1000;
  return static_cast<std::int32_t>(tens * 10 + ones);
}

/// Eight bytes of text, with what stands for digits brought down to their values.
struct Eight {
  std::uint64_t bytes;

  /// @param shape  the bytes expected, '0' for any digit, @param digits  0xFF where a digit stands
  /// @return whether they have that shape
  static bool read(const char* text, std::uint64_t shape, std::uint64_t digits, Eight& out) {
    constexpr std::uint64_t high_halves = 0xF0F0F0F0F0F0F0F0u;
    constexpr std::uint64_t six = 0x0606060606060606u;
    const std::uint64_t bytes = json::detail::load8(text) ^ shape;
    out.bytes = bytes;
    return (((bytes | (bytes + (digits & six))) & high_halves) | (bytes & ~digits)) == 0;
  }
  /// Two digits as a number. @param at  of the first
  std::uint32_t pair(unsigned at) const {
    return static_cast<std::uint32_t>((bytes >> (8 * at) & 15) * 10 + (bytes >> (8 * at + 8) & 15));
  }
};
static_assert(std::endian::native == std::endian::little);

bool is_leap_year(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

}  // namespace

bool read_date(const char* text, Date& date) {
  const std::int32_t century = pair(text);
  const std::int32_t year = pair(text + 2);
  date.month = pair(text + 5);
  date.day = pair(text + 8);
  if (century > 99 || year > 99 || text[4] != '-' || text[7] != '-') return false;
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  date.year = century * 100 + year;
  if (date.day <= 28) return true;
  constexpr std::int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap_day = date.month == 2 && is_leap_year(date.year);
  return date.day <= days[date.month - 1] + (leap_day ? 1 : 0);
}

bool read_time(std::string_view text, TimeOfDay& time) {
  constexpr std::int32_t day = 24 * 60;
  if (text.size() < 9 || text[2] != ':' || text[5] != ':') return false;
  const std::int32_t hour = pair(text.data());
  const std::int32_t minute = pair(text.data() + 3);
  time.second = pair(text.data() + 6);
  if (hour > 23 || minute > 59 || time.second > 60) return false;

  std::size_t at = 8;
  time.fraction = {};
  if (text[at] == '.') {
    const std::size_t from = ++at;
    while (at < text.size() && text::is_digit(text[at])) ++at;
    if (at == from || at == text.size()) return false;
    time.fraction = text.substr(from, at - from);
  }

  std::int32_t offset = 0;
  const char zone = text[at];
  if (zone == 'Z' || zone == 'z') {
    if (text.size() != at + 1) return false;
  } else if (zone == '+' || zone == '-') {
    if (text.size() != at + 6 || text[at + 3] != ':') return false;
    const std::int32_t hours = pair(text.data() + at + 1);
    const std::int32_t minutes = pair(text.data() + at + 4);
    if (hours > 23 || minutes > 59) return false;
    offset = zone == '+' ? hours * 60 + minutes : -(hours * 60 + minutes);
  } else {
    return false;
  }
  time.minute_utc = hour * 60 + minute - offset;
  // Leap seconds are inserted at the end of a day of UTC (RFC 3339, section 5.7). Which days had one changes with
  // announcements, so every day may have.
  return time.second < 60 || (time.minute_utc + day) % day == day - 1;
}

bool is_plain_instant(const char* text, std::uint32_t size) {
  if (size < 20) return false;
  Eight first;
  Eight second;
  if (!Eight::read(text, 0x2D30302D30303030u, 0x00FFFF00FFFFFFFFu, first)) return false;       // 0000-00-
  if (!Eight::read(text + 8, 0x30303A3030543030u, 0xFFFF00FFFF00FFFFu, second)) return false;  // 00T00:00
  if (first.pair(5) - 1 > 11 || second.pair(0) - 1 > 27 || second.pair(3) > 23 || second.pair(6) > 59) return false;
  if (text[16] != ':' || pair(text + 17) > 59 || text[size - 1] != 'Z') return false;
  if (size == 20) return true;
  if (text[19] != '.' || size == 21) return false;
  for (std::uint32_t at = 20; at < size - 1; ++at) {
    if (!text::is_digit(text[at])) return false;
  }
  return true;
}

bool read_date_time(std::string_view text, Date& date, TimeOfDay& time) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return false;
  return read_date(text.data(), date) && read_time(text.substr(11), time);
}

bool date_time(std::string_view text) {
  Date date;
  TimeOfDay time;
  return read_date_time(text, date, time);
}

bool date(std::string_view text) {
  Date date;
  return text.size() == 10 && read_date(text.data(), date);
}

bool time(std::string_view text) {
  TimeOfDay time;
  return read_time(text, time);
}

// RFC 3339, appendix A: P, then weeks alone, or a date, a time after T, or both. Units follow one another without a
// gap: "P1Y2D" lacks its months.
bool duration(std::string_view text) {
  std::size_t at = 0;
  const auto done = [&] { return at == text.size(); };
  // Reads numbers whose units form an unbroken stretch of `units`.
  const auto elements = [&](std::string_view units) {
    std::size_t expected = std::string_view::npos;
    while (!done() && text::is_digit(text[at])) {
      while (!done() && text::is_digit(text[at])) ++at;
      if (done()) return false;
      const std::size_t unit = units.find(text[at]);
      if (unit == std::string_view::npos || (expected != std::string_view::npos && unit != expected)) return false;
      expected = unit + 1;
      ++at;
    }
    return expected != std::string_view::npos;
  };
  if (text.size() < 3 || text[at++] != 'P') return false;
  if (text.back() == 'W') return elements("W") && done();
  if (text[at] != 'T' && !elements("YMD")) return false;
  if (done()) return true;
  if (text[at++] != 'T') return false;
  return elements("HMS") && done();
}

}  // namespace bearproof::schema::format_rules
