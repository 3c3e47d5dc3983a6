// The long texts of the rules. Native builds carry them; the npm package has them in texts.json, which is loaded when
// someone asks. Their source is core/catalogue/rules/.
#pragma once

#include <string_view>

#include "bearproof/finding/finding.h"

namespace bearproof {

/// What people want to know of a rule when its message is not enough. Plain text.
struct RuleTexts {
  std::string_view condition;  ///< when this case is raised, exactly
  std::string_view source;     ///< public source of the rule: "sourceos-spec issue 99"
  std::string_view why;        ///< why it matters
  std::string_view bad;        ///< excerpt of a fixture that raises the rule, mostly JSON; else why there is none
  std::string_view good;       ///< of one that does not
};

/// The texts of a rule case; nullptr in builds without texts.
const RuleTexts* texts_of(RuleCase rule_case);

}  // namespace bearproof
