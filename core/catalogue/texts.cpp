#include "bearproof/catalogue/texts.h"

#include <array>
#include <cstddef>

#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/joined_texts.h"

#include "rule_data.h"

namespace bearproof {

#if defined(__EMSCRIPTEN__)

const RuleTexts* texts_of(RuleCase) { return nullptr; }

#else

namespace {

using Table = std::array<RuleTexts, rule_case_count>;

Table make_table() {
  Table table{};
  JoinedTexts joined(long_texts());
  for (std::size_t i = 0; i < table.size(); ++i) {
    RuleTexts& row = table[i];
    if (rule_table()[i].case_name.empty()) {
      row.source = joined.next();
      row.why = joined.next();
      row.bad = joined.next();
      row.good = joined.next();
    } else {
      row = table[i - 1];
    }
    row.condition = joined.next();
  }
  return table;
}

}  // namespace

const RuleTexts* texts_of(RuleCase rule_case) {
  static const Table table = make_table();
  return &table[static_cast<std::size_t>(rule_case)];
}

#endif

}  // namespace bearproof
