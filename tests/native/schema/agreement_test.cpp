// Deciding and explaining agree on every pair of schema and document: generated ones here, the official suite's in
// suite_test.cpp (Checker::valid asks both).
#include <utility>

#include "fixture.h"
#include "generator.h"

namespace bearproof::test {
namespace {

// Rules that ask for members of an object that another rule has walked look where that one found them.
TEST(SchemaAgreement, RulesThatShareAWalk) {
  Checker checker(R"({
    "properties":{"state":{"enum":["on","off"]},"at":{"type":["string","null"]},"inner":{"$ref":"#/$defs/inner"},
                  "many":{"items":{"$ref":"#/$defs/inner"}}},
    "if":{"properties":{"state":{"const":"off"}},"required":["state"]},
    "then":{"properties":{"at":{"type":"string"}},"required":["at"]},
    "else":{"anyOf":[{"required":["inner"]},{"not":{"required":["at"]}}]},
    "$defs":{"inner":{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}},
                      "if":{"required":["a"]},"then":{"required":["b"],"properties":{"b":{"const":1}}}}}})");
  ASSERT_TRUE(checker.compiled()) << checker.fault();
  const std::pair<const char*, bool> documents[] = {
      {R"({"state":"off","at":"x"})", true},
      {R"({"at":"x","state":"off"})", true},
      {R"({"state":"off"})", false},
      {R"({"state":"off","at":null})", false},
      {R"({"state":"on"})", true},
      {R"({"state":"on","at":"x"})", false},
      {R"({"state":"on","at":"x","inner":{}})", true},
      {R"({"other":1})", true},
      {R"({"inner":{"a":1}})", false},
      {R"({"inner":{"a":1,"b":2}})", false},
      {R"({"inner":{"a":1,"b":1}})", true},
      {R"({"many":[{"a":1,"b":1},{"b":2},{"a":1,"b":1}]})", true},
      {R"({"many":[{"a":1,"b":1},{"a":1}]})", false},
      {R"({"many":[{"a":1,"b":1},{"a":1,"b":2},{"b":1}]})", false},
      {R"({"inner":{"a":1,"b":1},"many":[{"a":1}]})", false},
      {R"({"\u0073tate":"off"})", false},
      {R"({"\u0073tate":"off","a\u0074":"x"})", true},
      // Twice in one object: every one counts.
      {R"({"state":"off","at":null,"at":"x"})", false},
      {R"({"state":"off","at":"x","at":null})", false},
      {R"({"state":"off","at":"x","at":"y"})", true},
      {R"({"inner":{"a":1,"b":1,"b":2}})", false},
  };
  json::Reader reader;
  for (int round = 0; round < 2; ++round) {
    for (const auto& [text, valid] : documents) {
      EXPECT_EQ(checker.valid(text), valid) << text;
      EXPECT_TRUE(checker.evaluator().modes_agree(checker.program(), reader.read(text)->root())) << text;
    }
  }
}

TEST(SchemaAgreement, GeneratedPairs) {
  Generator generator(seed_or(20'201'212));
  int invalid = 0;
  int pairs = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string schema = generator.schema();
    Checker checker(schema);
    ASSERT_TRUE(checker.compiled()) << schema << ": " << checker.fault();
    for (int k = 0; k < 20; ++k) {
      const std::string document = generator.value();
      ++pairs;
      if (!checker.valid(document)) ++invalid;
      json::Reader reader;
      EXPECT_TRUE(checker.evaluator().modes_agree(checker.program(), reader.read(document)->root()))
          << schema << " on " << document;
      if (HasFailure()) FAIL() << schema << " on " << document;
    }
  }
  // The generator is worth its while only if both answers are common.
  EXPECT_EQ(pairs, 100'000);
  EXPECT_GT(invalid, pairs / 10);
  EXPECT_LT(invalid, pairs * 9 / 10);
}

}  // namespace
}  // namespace bearproof::test
