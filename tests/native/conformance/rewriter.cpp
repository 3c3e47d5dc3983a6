#include "rewriter.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bearproof/schema/instant.h"

namespace bearproof::test {
namespace {

class Writer {
 public:
  explicit Writer(const Manner& manner) : manner_(manner) {}

  std::string write(json::Value value) {
    add(value);
    return std::move(text_);
  }

 private:
  void add(json::Value value) {
    if (value.is_object()) return add_object(value);
    if (value.is_string()) return add_string(manner_.string ? manner_.string(value.raw()) : std::string(value.raw()));
    if (!value.is_array()) {
      text_ += value.raw();
      return;
    }
    text_ += '[';
    bool first = true;
    for (const json::Value item : value.items()) {
      if (!first) text_ += ',';
      first = false;
      add(item);
    }
    text_ += ']';
  }

  void add_object(json::Value value) {
    std::vector<json::Member> members;
    for (const json::Member member : value.members()) members.push_back(member);
    if (manner_.reversed) std::reverse(members.begin(), members.end());
    text_ += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) text_ += ',';
      if (manner_.spaced) text_ += " \r\n\t";
      add_string(std::string(members[i].key.raw()));
      text_ += manner_.spaced ? " : " : ":";
      add(members[i].value);
    }
    text_ += '}';
  }

  void add_string(std::string raw) {
    text_ += '"';
    const bool letter = !raw.empty() && ((raw[0] >= 'a' && raw[0] <= 'z') || (raw[0] >= 'A' && raw[0] <= 'Z'));
    if (manner_.escaped && letter) {
      constexpr char digits[] = "0123456789abcdef";
      text_ += "\\u00";
      text_ += digits[raw[0] >> 4];
      text_ += digits[raw[0] & 15];
      raw.erase(0, 1);
    }
    text_ += raw;
    text_ += '"';
  }

  const Manner& manner_;
  std::string text_;
};

}  // namespace

std::string rewritten(json::Value value, const Manner& manner) { return Writer(manner).write(value); }

std::string in_zone(std::string_view text, int minutes) {
  const auto instant = schema::Instant::parse(text);
  if (!instant || instant->leap) return std::string(text);
  using namespace std::chrono;
  const sys_seconds local{seconds(instant->seconds + minutes * 60)};
  const sys_days day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(local - day);
  char out[64];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  std::string result = out;
  if (!instant->fraction.empty()) result.append(".").append(instant->fraction);
  std::snprintf(out, sizeof out, "%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                std::abs(minutes) % 60);
  return result + out;
}

}  // namespace bearproof::test
