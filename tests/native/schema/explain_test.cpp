// What a reader is told: one good sentence, both places, a fix where it is obvious.
#include "fixture.h"

namespace bearproof::test {
namespace {

using Lines = std::vector<std::string>;

Lines told(std::string_view schema, std::string_view document) {
  Checker checker(schema);
  EXPECT_TRUE(checker.compiled()) << schema;
  return checker.compiled() ? checker.told(document) : Lines{};
}

TEST(SchemaExplain, Messages) {
  EXPECT_EQ(told(R"({"type":"string"})", "1"), Lines{": expected a string, found 1"});
  EXPECT_EQ(told(R"({"type":["string","null"]})", "{}"), Lines{": expected a string or null, found an object"});
  EXPECT_EQ(told(R"({"type":"integer"})", "1.5"), Lines{": expected an integer, found 1.5"});
  EXPECT_EQ(told(R"({"required":["capturedAt"]})", "{}"), Lines{R"(: missing member "capturedAt")"});
  EXPECT_EQ(told(R"({"const":true})", "false"), Lines{": expected true, found false"});
  EXPECT_EQ(told(R"({"enum":["read_dom","click","type"]})", R"("hover")"),
            Lines{R"(: "hover" is not one of read_dom, click, type)"});
  EXPECT_EQ(told(R"({"enum":["read_dom","click","type"]})", R"("clikc")"),
            Lines{R"(: "clikc" is not one of read_dom, click, type; did you mean "click"?)"});
  EXPECT_EQ(told(R"({"minLength":2})", R"("a")"), Lines{": too short: at least 2 characters needed"});
  EXPECT_EQ(told(R"({"pattern":"^urn:a:"})", R"("b")"), Lines{R"(: "b" does not begin with urn:a:)"});
  EXPECT_EQ(told(R"({"pattern":"^a+$"})", R"("b")"), Lines{R"(: "b" does not match ^a+$)"});
  EXPECT_EQ(told(R"({"minimum":5})", "4.5"), Lines{": 4.5 is less than the minimum 5"});
  EXPECT_EQ(told(R"({"multipleOf":2})", "3"), Lines{": 3 is not a multiple of 2"});
  EXPECT_EQ(told(R"({"minItems":2})", "[1]"), Lines{": 1 item, at least 2 needed"});
  EXPECT_EQ(told(R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})"),
            Lines{R"(: missing "b", required when "a" is present)"});
  EXPECT_EQ(told(R"({"contains":{"const":1}})", "[2]"), Lines{": no item matches `contains`"});
  EXPECT_EQ(told(R"({"contains":{"const":1},"minContains":2})", "[1,2]"),
            Lines{": 1 item matches `contains`, at least 2 needed"});
  EXPECT_EQ(told(R"({"contains":{"const":1},"maxContains":2})", "[1,1,1]"),
            Lines{": 3 items match `contains`, at most 2 allowed"});
  EXPECT_EQ(told(R"({"exclusiveMinimum":5})", "5"), Lines{": 5 must be greater than 5"});
  EXPECT_EQ(told(R"({"exclusiveMaximum":5})", "6"), Lines{": 6 must be less than 5"});
  EXPECT_EQ(told(R"({"properties":{"a":false}})", R"({"a":1})"), Lines{"/a: the schema allows no value here"});
  EXPECT_EQ(told(R"({"not":{"const":1}})", "1"), Lines{": matches the schema under `not`"});
  EXPECT_EQ(told(R"({"uniqueItems":true})", "[1,2,1]"), Lines{"/2: duplicate of an earlier item"});
}

TEST(SchemaExplain, UnexpectedMembersStandOnTheirNames) {
  constexpr std::string_view schema = R"({"properties":{"issuedAt":true,"issuer":true},"additionalProperties":false})";
  EXPECT_EQ(told(schema, R"({"issuedAT":1})"),
            Lines{R"(#/issuedAT: unexpected member "issuedAT"; did you mean "issuedAt"?)"});
  EXPECT_EQ(told(schema, R"({"colour":1})"), Lines{R"(#/colour: unexpected member "colour")"});
  // What is there already is not meant.
  EXPECT_EQ(told(schema, R"({"issuedAt":1,"issuedAT":1})"), Lines{R"(#/issuedAT: unexpected member "issuedAT")"});
}

TEST(SchemaExplain, AMisspeltRequiredMemberIsToldOnce) {
  Checker checker(R"({"properties":{"userVisible":true,"owner":true},"required":["userVisible","owner"],
                      "additionalProperties":false})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_EQ(
      checker.told(R"({"uservisible":true,"owner":1})"),
      (std::vector<std::string>{R"(#/uservisible: unexpected member "uservisible"; did you mean "userVisible"?)"}));
  // What is missing and nowhere misspelt is told as ever, and so is what is merely unexpected.
  EXPECT_EQ(checker.told(R"({"uservisible":true,"zebra":1})").size(), 3u);
  EXPECT_EQ(checker.told(R"({"userVisible":true})"), (std::vector<std::string>{R"(: missing member "owner")"}));
}

TEST(SchemaExplain, TheOneBranchOfTheRightTypeSpeaks) {
  Checker checker(R"({"anyOf":[{"enum":["alpha","beta"]},{"type":"array"},{"type":"null"}]})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_EQ(checker.told(R"("alpa")"),
            (std::vector<std::string>{
                R"(: "alpa" is not one of alpha, beta; did you mean "alpha"? (closest of 3 alternatives))"}));
}

TEST(SchemaExplain, Fixes) {
  constexpr std::string_view schema =
      R"({"properties":{"issuedAt":true,"kind":{"enum":["alpha","beta"]}},"additionalProperties":false})";
  Checker checker(schema);
  auto found = checker.findings(R"({"issuedAT":1})");
  ASSERT_EQ(found.size(), 1u);
  ASSERT_TRUE(found[0].fix);
  EXPECT_EQ(found[0].fix->patch, R"([{"from":"/issuedAT","op":"move","path":"/issuedAt"}])");
  EXPECT_EQ(found[0].fix->safety, Fix::Safety::safe);
  found = checker.findings(R"({"isuedAt":1})");
  ASSERT_TRUE(found[0].fix);
  EXPECT_EQ(found[0].fix->safety, Fix::Safety::unsafe);
  found = checker.findings(R"({"a/b":1})");
  ASSERT_TRUE(found[0].fix);
  EXPECT_EQ(found[0].fix->patch, R"([{"op":"remove","path":"/a~1b"}])");
  EXPECT_EQ(found[0].fix->safety, Fix::Safety::unsafe);
  found = checker.findings(R"({"kind":"Alpha"})");
  ASSERT_TRUE(found[0].fix);
  EXPECT_EQ(found[0].fix->patch, R"([{"op":"replace","path":"/kind","value":"alpha"}])");
  EXPECT_EQ(found[0].fix->safety, Fix::Safety::safe);
  found = checker.findings(R"({"kind":"gamma"})");
  EXPECT_FALSE(found[0].fix);
}

TEST(SchemaExplain, HostileTextIsShownHarmless) {
  EXPECT_EQ(told(R"({"enum":["a","b"]})", "\"x\\u202e\\u0007\\u200b\""),
            Lines{R"(: "x\u{202E}\u{7}\u{200B}" is not one of a, b)"});
  const std::string text = told(R"({"enum":["a","b"]})", '"' + std::string(5000, 'y') + '"')[0];
  EXPECT_LT(text.size(), 120u);
  EXPECT_NE(text.find("\u2026"), std::string::npos);
}

TEST(SchemaExplain, SchemaPlaces) {
  Checker checker(R"({"properties":{"a/b":{"items":{"type":"string"}}},"required":["c"]})");
  const auto found = checker.findings(R"({"a/b":["x",1]})");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].schema->uri, Checker::uri);
  EXPECT_EQ(found[0].schema->pointer, "/properties/a~1b/items/type");
  EXPECT_EQ(found[1].schema->pointer, "/required");
}

TEST(SchemaExplain, OneBranchSpeaksForAll) {
  constexpr std::string_view schema = R"({"oneOf":[
    {"properties":{"kind":{"const":"file"},"path":{"type":"string"}},"required":["kind","path"]},
    {"properties":{"kind":{"const":"url"},"href":{"type":"string"}},"required":["kind","href"]}]})";
  // The branch whose tag fits, however much else is wrong there.
  EXPECT_EQ(told(schema, R"({"kind":"url","href":1})"),
            Lines{"/href: expected a string, found 1 (closest of 2 alternatives)"});
  EXPECT_EQ(told(schema, R"({"kind":"file"})"), Lines{R"(: missing member "path" (closest of 2 alternatives))"});
  // A stranger among the members is no deeper than one that is missing: the fewer faults decide.
  EXPECT_EQ(told(R"({"oneOf":[{"properties":{"a":true},"required":["kind","a"],"additionalProperties":false},
                              {"properties":{"b":true},"required":["kind","b"],"additionalProperties":false}]})",
                 R"({"a":1})"),
            Lines{R"(: missing member "kind" (closest of 2 alternatives))"});
  // Types alone are joined.
  EXPECT_EQ(told(R"({"anyOf":[{"type":"string"},{"type":"number"},{"type":"null"}]})", "{}"),
            Lines{": expected a string, a number or null, found an object"});
  // The branch that takes this type of value.
  EXPECT_EQ(told(R"({"anyOf":[{"type":"null"},{"type":"object","required":["a"]}]})", "{}"),
            Lines{R"(: missing member "a" (closest of 2 alternatives))"});
  EXPECT_EQ(told(R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "3"),
            Lines{": matches oneOf/0 and oneOf/1, exactly one must match"});
  EXPECT_EQ(told(R"({"oneOf":[{"minimum":1},{"maximum":2},{"minimum":2},{"type":"integer"}]})", "3"),
            Lines{": matches oneOf/0, oneOf/2 and 1 more, exactly one must match"});
}

TEST(SchemaExplain, ParentsOfToldFailuresAreSilent) {
  EXPECT_EQ(told(R"({"properties":{"a":{"type":"string"}},"unevaluatedProperties":false})", R"({"a":1,"b":2})"),
            Lines{"/a: expected a string, found 1"});
  EXPECT_EQ(told(R"({"allOf":[{"$ref":"#/$defs/x"}],"$defs":{"x":{"items":{"minimum":3}}}})", "[2]"),
            Lines{"/0: 2 is less than the minimum 3"});
}

TEST(SchemaExplain, NamesOfMembers) {
  Checker checker(R"({"propertyNames":{"maxLength":2}})");
  const auto found = checker.findings(R"({"abc":1})");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.part, Place::Part::key);
}

schema::CompileOptions with_rules() {
  schema::CompileOptions options;
  options.rule_names = true;
  return options;
}

TEST(SchemaRules, KeywordsReportUnderTheirRule) {
  Checker checker(R"({"properties":{"s":{"type":"string","pattern":"^a",
                                        "x-bearproof-rule":{"pattern":"parse.text.trailing"}}},
                      "required":["s","t","u"],
                      "x-bearproof-rule":{"required":{"t":"parse.text.invalid","u":"limit.keys"}}})",
                  with_rules());
  ASSERT_TRUE(checker.compiled()) << checker.fault();
  auto found = checker.findings(R"({"s":"b"})");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].rule_case, Rule::parse_text_trailing);
  EXPECT_FALSE(found[0].message.empty());
  EXPECT_EQ(found[1].rule_case, Rule::parse_text_invalid);
  EXPECT_TRUE(found[1].message.empty());
  EXPECT_EQ(found[1].schema->pointer, "/required");
  EXPECT_EQ(found[2].rule_case, Rule::limit_keys);
  found = checker.findings(R"({"s":1,"t":1,"u":1})");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_case, Rule::schema_shape);
}

TEST(SchemaRules, TheCataloguesWordsStandUnlessTheKeywordNamesWhatIsAllowed) {
  const auto message = [](std::string_view keyword, std::string_view text) {
    Checker checker(std::string("{").append(keyword).append(",\"x-bearproof-rule\":\"limit.keys\"}"), with_rules());
    const Lines told = checker.told(text);
    return told.size() == 1 ? told[0] : "not one finding";
  };
  EXPECT_EQ(message(R"("const":true)", "false"), ": ");
  EXPECT_EQ(message(R"("type":"string")", "1"), ": ");
  EXPECT_EQ(message(R"("pattern":"\\S")", "\"\""), ": ");
  EXPECT_EQ(message(R"("minItems":1)", "[]"), ": ");
  EXPECT_EQ(message(R"("enum":["cdp","extension"])", "\"hover\""), R"(: "hover" is not one of cdp, extension)");
  EXPECT_EQ(message(R"("pattern":"^urn:x:")", "\"y\""), R"(: "y" does not begin with urn:x:)");
}

TEST(SchemaRules, AStringSpeaksForTheWholeSchema) {
  Checker checker(R"({"if":{"required":["a"]},"then":{"required":["b"],"properties":{"b":{"type":"string"}}},
                      "x-bearproof-rule":"limit.keys"})",
                  with_rules());
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(R"({"b":1})"));
  auto found = checker.findings(R"({"a":1})");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_case, Rule::limit_keys);
}

TEST(SchemaRules, OneFindingForOneRuleAndPlace) {
  Checker checker(R"({"minLength":3,"pattern":"^a","x-bearproof-rule":"limit.keys"})", with_rules());
  EXPECT_EQ(checker.findings("\"b\"").size(), 1u);
}

TEST(SchemaRules, UnknownRulesAreFaults) {
  Checker unknown(R"({"type":"string","x-bearproof-rule":"no.such-rule"})", with_rules());
  ASSERT_FALSE(unknown.compiled());
  EXPECT_EQ(unknown.faults()[0].rule, Rule::schema_invalid);
  EXPECT_EQ(unknown.faults()[0].pointer, "/x-bearproof-rule");
  Checker stray(R"({"x-bearproof-rule":{"type":"limit.keys"}})", with_rules());
  EXPECT_FALSE(stray.compiled());
  // Nobody asked: an unknown keyword like any other.
  Checker ignored(R"({"type":"string","x-bearproof-rule":"no.such-rule"})");
  EXPECT_TRUE(ignored.compiled());
}

TEST(SchemaExplain, FindingsBelowTheLevelAreNotBuilt) {
  Checker checker(R"({"type":"string"})");
  std::vector<Severity> severities(rule_case_count, Severity::info);
  FindingSink sink(severities.data(), Severity::error, true, 1000);
  json::Reader reader;
  EXPECT_FALSE(checker.evaluator().evaluate(checker.program(), reader.read("1")->root(), sink));
  EXPECT_TRUE(sink.findings().empty());
}

}  // namespace
}  // namespace bearproof::test
