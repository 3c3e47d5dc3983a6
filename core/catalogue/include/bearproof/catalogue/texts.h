// What people want to know about a rule beyond its catalogue entry. The source is core/catalogue/texts/; native
// builds carry it. Elsewhere texts.json is loaded when someone asks: these texts, and the conditions and sources out of
// rules.def.
#pragma once

#include <string_view>

#include "bearproof/finding/finding.h"

namespace bearproof {

/// Plain text; `bad` and `good` are short examples, mostly JSON.
struct RuleTexts {
  std::string_view why;
  std::string_view bad;
  std::string_view good;
};

/// The texts of the rule that a case belongs to; nullptr in builds without texts.
const RuleTexts* texts_of(RuleCase rule_case);

}  // namespace bearproof
