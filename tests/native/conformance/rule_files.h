// The descriptions of the rules as they are written: core/catalogue/rules/<family>.json. Not every build carries all of
// their texts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bearproof/finding/finding.h"

namespace bearproof::test {

/// One side of a rule's examples: the fixture raises the rule, or it does not.
struct RuleExample {
  RuleCase rule{};
  bool is_bad = false;
  std::string fixture;  ///< "git/bad/passive-warning.json"
  std::string command;  ///< "store verify"; "" where a check raises the rule
};

/// One file for each family, sorted.
std::vector<std::string> rule_files();

/// When each case is raised.
const std::map<RuleCase, std::string>& conditions();

/// Of all rules.
const std::vector<RuleExample>& rule_examples();

}  // namespace bearproof::test
