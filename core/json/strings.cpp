#include "bearproof/json/strings.h"

#include <algorithm>
#include <string>

#include "bearproof/finding/stable_sort.h"

#include "escapes.h"

namespace bearproof::json {

std::vector<Value> sorted_strings(Value list, std::string_view key) {
  std::vector<Value> strings;
  if (!list) return strings;
  for (const Value item : list.items()) {
    const Value text = key.empty() ? item : item.find(key);
    if (text && text.is_string()) strings.push_back(text);
  }
  stable_sort(strings, [](Value a, Value b) { return compare_decoded(a.raw(), b.raw()) < 0; });
  return strings;
}

bool holds(const std::vector<Value>& sorted, std::string_view utf8) {
  std::string scratch;
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), utf8, [&](Value value, std::string_view wanted) {
    return value.string(scratch) < wanted;
  });
  return at != sorted.end() && at->equals(utf8);
}

}  // namespace bearproof::json
