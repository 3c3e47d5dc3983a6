#include "duplicates.h"

#include <string>
#include <vector>

#include "bearproof/json/quotation.h"
#include "bearproof/json/strings.h"

namespace bearproof::rules {

void check_duplicates(json::Value list, std::string_view key, std::string_view what, RuleCase rule, FindingSink& sink) {
  if (!list || list.size() < 2 || !sink.wants(rule)) return;
  const std::vector<json::Value> names = json::sorted_strings(list, key);
  std::string scratch;
  std::size_t first = 0;
  for (std::size_t i = 1; i < names.size(); ++i) {
    const std::string_view text = names[i].string(scratch);
    if (!names[first].equals(text)) {
      first = i;
    } else if (Finding* found = sink.raise(rule, Place::value(names[i].index()))) {
      found->message << "another " << words(what) << " is called " << quote(names[i]);
      found->related.push_back({0, Place::value(names[first].index()), Message::of("the earlier ", words(what))});
    }
  }
}

}  // namespace bearproof::rules
