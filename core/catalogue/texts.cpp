#include "bearproof/catalogue/texts.h"

#include <algorithm>

#include "bearproof/catalogue/rules.h"

#include "text_table.h"

namespace bearproof {

#if defined(__EMSCRIPTEN__)
std::span<const TextRow> text_rows() { return {}; }
#endif

const RuleTexts* texts_of(RuleCase rule_case) {
  const std::span<const TextRow> rows = text_rows();
  const std::string_view id = info_of(rule_case).id;
  const auto row = std::lower_bound(rows.begin(), rows.end(), id,
                                    [](const TextRow& one, std::string_view wanted) { return one.id < wanted; });
  return row != rows.end() && row->id == id ? &row->texts : nullptr;
}

}  // namespace bearproof
