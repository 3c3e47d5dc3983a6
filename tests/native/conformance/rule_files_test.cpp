// The descriptions of the rules: they follow their published schema, and the program says what they say.
#include "rule_files.h"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/catalogue/texts.h"

#include "expectations.h"
#include "published.h"

namespace bearproof {
namespace {

TEST(RuleFiles, FollowTheirPublishedSchema) {
  EXPECT_GE(test::rule_files().size(), 30u);
  test::expect_published_form("catalogue", test::rule_files());
}

TEST(RuleFiles, EveryCaseOfTheProgramIsDescribed) {
  EXPECT_EQ(test::conditions().size(), rule_case_count);
  for (const auto& [rule_case, condition] : test::conditions()) {
    EXPECT_FALSE(condition.empty()) << info_of(rule_case).id;
    const RuleTexts* texts = texts_of(rule_case);
    if (texts != nullptr) {
      EXPECT_EQ(texts->condition, condition) << info_of(rule_case).id;
    }
  }
}

/// What a check of the fixture finds: tests of conformance/ hold every fixture to it.
std::set<std::string> raised_by(const test::Fixture& fixture) {
  std::set<std::string> rules;
  for (const test::ExpectedFinding& finding : fixture.findings) rules.insert(finding.rule);
  for (const test::ExpectedLine& line : fixture.lines) {
    for (const test::ExpectedFinding& finding : line.findings) rules.insert(finding.rule);
  }
  return rules;
}

TEST(RuleFiles, ABadExampleRaisesItsRuleAndAGoodOneDoesNot) {
  std::map<std::string, test::Fixture> fixtures;
  for (test::Fixture& fixture : test::all_fixtures()) fixtures[fixture.family + "/" + fixture.name] = fixture;
  for (const test::RuleExample& example : test::rule_examples()) {
    const std::string_view id = info_of(example.rule).id;
    const auto fixture = fixtures.find(example.fixture);
    if (fixture == fixtures.end()) {
      ADD_FAILURE() << id << ": " << example.fixture << " is in no expect.json: tools/expect.mjs records it";
      continue;
    }
    if (!example.command.empty()) continue;  // tests/docs/examples.test.mjs runs it
    EXPECT_EQ(raised_by(fixture->second).contains(std::string(id)), example.is_bad) << id << ": " << example.fixture;
  }
}

}  // namespace
}  // namespace bearproof
