#include "bearproof/collection/noise.h"

#include <chrono>
#include <string>
#include <string_view>

#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

/// The text at a path of an event, as JSON; null where there is none.
std::string_view text_at(json::Value root, std::string_view path) {
  const json::Value value = at(root, path);
  if (!value) return "null";
  const json::Value::Span span = value.span();
  return root.document().text.substr(static_cast<std::size_t>(span.begin),
                                     static_cast<std::size_t>(span.end - span.begin));
}

void append_number(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

/// An instant as RFC 3339 in UTC, in quotation marks.
std::string instant(Nanoseconds time) {
  if (time == never) return "null";
  using namespace std::chrono;
  const sys_time<nanoseconds> at{nanoseconds(time)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const std::int64_t in_day = (at - sys_time<nanoseconds>(day)).count();
  const std::int64_t seconds = in_day / 1'000'000'000;
  std::string out = "\"";
  append_number(out, static_cast<int>(date.year()), 4);
  out += '-';
  append_number(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_number(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_number(out, seconds / 3600, 2);
  out += ':';
  append_number(out, seconds / 60 % 60, 2);
  out += ':';
  append_number(out, seconds % 60, 2);
  if (const std::int64_t fraction = in_day % 1'000'000'000; fraction != 0) {
    out += '.';
    append_number(out, fraction, 9);
    while (out.back() == '0') out.pop_back();
  }
  return out + "Z\"";
}

}  // namespace

std::string to_json(const NoiseGroup& group, const Index& index, Texts& texts) {
  Loaded loaded;
  const json::Value root = loaded.load(index, group.first, texts);
  if (!root) return {};
  std::string out = "{\"event_class\":";
  out += text_at(root, "event_class");
  constexpr struct {
    std::string_view name;
    std::string_view path;
  } told[] = {{"actor_id", "actor/actor_id"},          {"subject_id", "subject/id"}, {"result", "decision/result"},
              {"policy_rule", "decision/policy_rule"}, {"outcome", "outcome"},       {"severity", "severity"}};
  for (const auto& member : told) {
    out.append(",\"").append(member.name).append("\":").append(text_at(root, member.path));
  }
  out.append(",\"count\":").append(std::to_string(group.count));
  out.append(",\"suppressed_count\":").append(std::to_string(group.count - group.samples.size()));
  out.append(",\"first_seen\":").append(instant(group.first_seen));
  out.append(",\"last_seen\":").append(instant(group.last_seen));
  out += ",\"samples\":[";
  for (const DocumentIndex sample : group.samples) {
    if (sample != group.samples.front()) out += ',';
    json::append_string(out, index.text(index[sample][Fact::id]));
  }
  return out + "]}";
}

}  // namespace bearproof::collection
