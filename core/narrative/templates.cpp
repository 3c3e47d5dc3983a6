#include "templates.h"

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "bearproof/finding/joined_texts.h"

namespace bearproof::narrative {
namespace {

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif
#include "narratives.inc"

using Table = std::array<Template, std::size(dialects)>;

Table make_table() {
  Table table;
  JoinedTexts joined(texts);
  for (std::size_t i = 0; i < table.size(); ++i) {
    Template& row = table[i];
    row.dialect = dialects[i];
    for (std::string_view* const text : {&row.severity, &row.actor, &row.target, &row.policy_rule, &row.outcome,
                                         &row.happened, &row.why, &row.risk, &row.next}) {
      *text = joined.next();
    }
  }
  return table;
}

}  // namespace

std::span<const Template> templates() {
  static const Table table = make_table();
  return table;
}

const Template* template_of(Dialect dialect) {
  if (dialect == Dialect::none) return nullptr;
  const Template* relative = nullptr;
  for (const Template& row : templates()) {
    if (row.dialect == dialect) return &row;
    if (relative == nullptr && info_of(row.dialect).kind == info_of(dialect).kind) relative = &row;
  }
  return relative;
}

}  // namespace bearproof::narrative
