#include "bearproof/catalogue/kinds.h"

#include <array>

#include "bearproof/finding/joined_texts.h"

namespace bearproof {
namespace {

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif
constexpr char dialect_texts[] =
#include "dialect_texts.inc"
    ;

using Dialects = std::array<DialectInfo, static_cast<std::size_t>(Dialect::count)>;

Dialects make_dialects() {
  Dialects table;
  JoinedTexts joined(dialect_texts);
  for (DialectInfo& entry : table) {
    for (std::string_view* const text : {&entry.kind, &entry.dialect, &entry.family, &entry.title, &entry.schema}) {
      *text = joined.next();
    }
  }
  return table;
}

}  // namespace

std::span<const DialectInfo> dialect_table() {
  static const Dialects table = make_dialects();
  return table;
}

}  // namespace bearproof
