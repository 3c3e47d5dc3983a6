// The descriptions of the rules as they are written: core/catalogue/rules/<family>.json. Not every build carries all of
// their texts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bearproof/finding/finding.h"

namespace bearproof::test {

/// One file for each family, sorted.
std::vector<std::string> rule_files();

/// When each case is raised.
const std::map<RuleCase, std::string>& conditions();

}  // namespace bearproof::test
