#include "time_order.h"

#include <string>

#include "bearproof/schema/instant.h"

namespace bearproof::rules {
namespace {

/// Whether two texts are written alike, in UTC and to the same digit ("2026-05-06T04:31:00Z"): then they are in the
/// order of time. That is how nearly every program writes them, and it spares reading the calendar.
bool are_alike(std::string_view a, std::string_view b) {
  constexpr std::size_t shortest = 20;
  return a.size() >= shortest && a.size() == b.size() && a[10] == 'T' && b[10] == 'T' && a[19] == b[19] &&
         a.back() == 'Z' && b.back() == 'Z';
}

bool comes_before(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return false;
}

}  // namespace

bool is_before(json::Value earlier, json::Value later) {
  if (!earlier || !later || !earlier.is_string() || !later.is_string()) return false;
  std::string earlier_scratch;
  std::string later_scratch;
  const std::string_view a = earlier.string(earlier_scratch);
  const std::string_view b = later.string(later_scratch);
  if (are_alike(a, b) && !comes_before(a, b)) return false;
  const auto first = schema::Instant::parse(a);
  const auto second = schema::Instant::parse(b);
  return first && second && *first < *second;
}

std::optional<std::int64_t> nanoseconds_between(json::Value from, json::Value to) {
  if (!from || !to || !from.is_string() || !to.is_string()) return std::nullopt;
  // An Instant refers to its text.
  std::string from_scratch;
  std::string to_scratch;
  const auto first = schema::Instant::parse(from.string(from_scratch));
  const auto second = schema::Instant::parse(to.string(to_scratch));
  if (!first || !second) return std::nullopt;
  return schema::Instant::nanoseconds_between(*first, *second);
}

void check_order(json::Value first, std::string_view first_name, json::Value then, std::string_view then_name,
                 RuleCase rule, FindingSink& sink) {
  if (!is_before(then, first)) return;
  if (Finding* found = sink.raise(rule, Place::value(then.index()))) {
    found->message << words(then_name) << " is earlier than " << words(first_name);
    found->related.push_back({0, Place::value(first.index()), words(first_name)});
  }
}

}  // namespace bearproof::rules
