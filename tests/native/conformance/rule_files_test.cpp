// The descriptions of the rules: they follow their published schema, and the program says what they say.
#include "rule_files.h"

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/catalogue/texts.h"
#include "bearproof/validator/schema_set.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

TEST(RuleFiles, FollowTheirPublishedSchema) {
  const std::string path = "schemas/published/catalogue.schema.json";
  SchemaSet set(CheckOptions{});
  const std::string schema_text = test::read_file(test::source_path(path)).value_or("");
  set.add("urn:catalogue", path, schema_text);
  const auto program = set.compile("urn:catalogue", {});
  ASSERT_TRUE(program);
  CheckOptions options;
  options.schema = &*program;
  Validator validator(options);
  EXPECT_GE(test::rule_files().size(), 30u);
  for (const std::string& file : test::rule_files()) {
    const report::DocumentReport report = validator.check(file, test::read_file(file).value_or(""));
    EXPECT_EQ(report.verdict, report::Verdict::valid) << file;
    for (const report::LocatedFinding& finding : report.findings) {
      ADD_FAILURE() << file << finding.pointer.value_or("") << ": " << finding.message;
    }
  }
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

}  // namespace
}  // namespace bearproof
