// Schemas and documents that nobody would write by accident: the right answer or a clear finding, soon.
#include <ctime>

#include "fixture.h"

namespace bearproof::test {
namespace {

/// What these guard against does not take longer: it does not end. Each takes milliseconds in a release build; the
/// bound leaves room for sanitizers and unoptimised code.
class SchemaHostile : public testing::Test {
 protected:
  void TearDown() override { EXPECT_LT((std::clock() - begin_) / CLOCKS_PER_SEC, 10); }

 private:
  std::clock_t begin_ = std::clock();
};

TEST_F(SchemaHostile, DeepDocuments) {
  Checker checker(R"({"anyOf":[{"type":"integer"},{"items":{"$ref":"#"},"type":"array"}]})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(std::string(512, '[') + std::string(512, ']')));
  EXPECT_FALSE(checker.valid(std::string(511, '[') + "{}" + std::string(511, ']')));
}

TEST_F(SchemaHostile, DeepSchemas) {
  schema::Registry registry;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += R"({"not":)";
  text += "true" + std::string(20'000, '}');
  const auto faults = registry.add("https://example.test/deep", text);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::limit_nesting);
}

std::string chain(int length, std::string_view last) {
  std::string text = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (int i = 0; i < length; ++i) {
    text += "\"d" + std::to_string(i) + R"(":{"minimum":0,"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"},";
  }
  return text + "\"d" + std::to_string(length) + "\":" + std::string(last) + "}}";
}

TEST_F(SchemaHostile, ChainsOfReferences) {
  Checker checker(chain(9'000, R"({"maximum":5})"));
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid("3"));
  EXPECT_FALSE(checker.valid("6"));
}

TEST_F(SchemaHostile, ReferencesAreLimited) {
  // The limit counts references that are followed: those that were copied into place cost nothing.
  schema::CompileOptions options;
  Checker checker(chain(2'000, R"({"maximum":5})"), options);
  ASSERT_TRUE(checker.compiled());
  json::Reader reader;
  const json::Document* document = reader.read("3");
  const std::vector<Severity> severities = standard_severities();
  Limits limits;
  limits.references = 10;
  schema::Evaluator evaluator(limits);
  FindingSink sink(severities.data(), Severity::info, true, 100);
  EXPECT_FALSE(evaluator.evaluate(checker.program(), document->root(), sink));
  ASSERT_EQ(sink.findings().size(), 1u);
  EXPECT_EQ(sink.findings()[0].rule_case, Rule::limit_steps);
}

TEST_F(SchemaHostile, CyclesAtRunTime) {
  // Which anchor `b` meets depends on who asks: only running it shows the circle.
  schema::Registry registry;
  ASSERT_TRUE(
      registry.add("https://example.test/a", R"({"$dynamicAnchor":"x","allOf":[{"$ref":"https://example.test/b"}]})")
          .empty());
  ASSERT_TRUE(
      registry.add("https://example.test/b", R"({"$dynamicRef":"#x","$defs":{"y":{"$dynamicAnchor":"x"}}})").empty());
  Checker checker(registry, "https://example.test/a");
  ASSERT_TRUE(checker.compiled());
  const auto found = checker.findings("1");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_case, Rule::limit_steps);
}

TEST_F(SchemaHostile, ExponentialBranches) {
  std::string text = R"({"$ref":"#/$defs/d0","$defs":{)";
  for (int i = 0; i < 60; ++i) {
    const std::string next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}";
    text += "\"d" + std::to_string(i) + R"(":{"anyOf":[)" + next + "," + next + "]},";
  }
  Checker checker(text + R"("d60":{"type":"string"}}})");
  ASSERT_TRUE(checker.compiled());
  const auto found = checker.findings("1");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_case, Rule::limit_steps);
  EXPECT_TRUE(checker.valid("\"a\""));
}

TEST_F(SchemaHostile, ManyKeys) {
  std::string document = "{";
  for (int i = 0; i < 100'000; ++i) document += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
  document += '}';
  Checker closed(R"({"properties":{"k5":true},"additionalProperties":false})");
  EXPECT_EQ(closed.findings(document).size(), 1000u);
  schema::CompileOptions options;
  options.output = true;
  Checker listed(R"({"properties":{"k5":true},"required":["k"],"additionalProperties":false})", options);
  json::Reader reader;
  std::string out;
  EXPECT_FALSE(
      listed.evaluator().output(listed.program(), reader.read(document)->root(), schema::OutputForm::basic, out));
  EXPECT_NE(out.find(R"("instanceLocation":"/k50000")"), std::string::npos);
  Checker open(R"({"patternProperties":{"^k[0-9]+$":{"type":"integer"}},"additionalProperties":false,
                  "unevaluatedProperties":false,"propertyNames":{"maxLength":6}})");
  EXPECT_TRUE(open.valid(document));
}

TEST_F(SchemaHostile, ManyNamesToMean) {
  // Each member might mean each of the names, and for each name it has to be seen that the object has it already.
  std::string names;
  std::string others;
  for (int i = 0; i < 500; ++i) names += (i > 0 ? ",\"name" : "\"name") + std::to_string(1'000 + i) + "\":{}";
  for (int i = 0; i < 20'000; ++i) others += ",\"name" + std::to_string(i) + "x\":1";
  Checker checker(R"({"additionalProperties":false,"properties":{)" + names + "},\"required\":[\"nam\"]}");
  ASSERT_TRUE(checker.compiled());
  EXPECT_EQ(checker.findings(R"({"at":1)" + others + "}").size(), 1000u);
}

TEST_F(SchemaHostile, ManyPropertiesThatLookAlike) {
  // Same length, same first, middle and last bytes: the quick hash cannot tell them apart.
  std::string schema = R"({"additionalProperties":false,"properties":{)";
  std::string document = "{";
  for (int i = 0; i < 20'000; ++i) {
    const std::string digits = std::to_string(1'000'000 + i);
    const std::string name = "aaaaaaaaaa" + digits + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    schema += (i > 0 ? ",\"" : "\"") + name + "\":{}";
    document += (i > 0 ? ",\"" : "\"") + name + "\":1";
  }
  Checker checker(schema + "}}");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(document + "}"));
  EXPECT_FALSE(checker.valid(document + ",\"c\":1}"));
}

TEST_F(SchemaHostile, DistinctItems) {
  std::string document = "[";
  for (int i = 0; i < 5'000; ++i) {
    document += (i > 0 ? "," : "") + std::string(R"({"id":)") + std::to_string(i) + R"(,"name":"item"})";
  }
  Checker checker(R"({"uniqueItems":true})");
  EXPECT_TRUE(checker.valid(document + "]"));
  const auto found = checker.findings(document + R"(,{"name":"item","id":17.0}])");
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].related.size(), 1u);
}

TEST_F(SchemaHostile, Patterns) {
  Checker checker(R"({"pattern":"^(a+)+$"})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_FALSE(checker.valid('"' + std::string(50'000, 'a') + "!\""));
  EXPECT_TRUE(checker.valid('"' + std::string(50'000, 'a') + "\""));
  Checker looking(R"x({"pattern":"^(?=(a+)+$)(?:(?:a|aa)+)+$|(?<!(a*)*b)$c"})x");
  ASSERT_TRUE(looking.compiled());
  EXPECT_FALSE(looking.valid('"' + std::string(50'000, 'a') + "!\""));
}

TEST_F(SchemaHostile, EqualityOfDeepObjects) {
  // Members in another order at every level: looking twice at each would be two to the power of the depth.
  std::string one = "1";
  std::string two = "1";
  for (int i = 0; i < 200; ++i) {
    one = R"({"x":)" + one + R"(,"a":1,"b":2})";
    two = R"({"x":)" + two + R"(,"b":2,"a":1})";
  }
  Checker checker(R"({"uniqueItems":true})");
  EXPECT_FALSE(checker.valid("[" + one + "," + two + "]"));
}

TEST_F(SchemaHostile, LongDivisors) {
  // Dividing numbers of many digits by one another costs their product: more than anybody has to spend.
  std::string digits = "1";
  for (int i = 0; i < 400'000; ++i) digits += static_cast<char>('1' + i * 7 % 9);
  Checker checker(R"({"multipleOf":)" + digits + "}");
  ASSERT_TRUE(checker.compiled());
  const auto found = checker.findings(digits + "7");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule_case, Rule::limit_steps);
  EXPECT_TRUE(Checker(R"({"multipleOf":12345678901234567890123})").valid("24691357802469135780246"));
}

TEST_F(SchemaHostile, NamesOfTheLanguage) {
  Checker checker(R"({"properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}},
                      "required":["__proto__","toString"],"additionalProperties":false})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_EQ(checker.told(R"({"__proto__":1,"constructor":{},"hasOwnProperty":0})").size(), 4u);
  Checker plain(R"({"properties":{"__proto__":{"type":"string"}},"required":["__proto__"]})");
  EXPECT_TRUE(plain.valid(R"({"__proto__":"x"})"));
  EXPECT_FALSE(plain.valid("{}"));
}

TEST_F(SchemaHostile, NumbersBeyondDoubles) {
  EXPECT_FALSE(Checker(R"({"maximum":1e399})").valid("1e400"));
  EXPECT_TRUE(Checker(R"({"exclusiveMinimum":0})").valid("1e-400"));
  EXPECT_FALSE(Checker(R"({"exclusiveMinimum":1e-400})").valid("1e-401"));
  EXPECT_TRUE(Checker(R"({"const":0})").valid("-0"));
  EXPECT_TRUE(Checker(R"({"type":"integer"})").valid("1e400"));
  EXPECT_FALSE(Checker(R"({"type":"integer"})").valid("1e-400"));
  EXPECT_TRUE(Checker(R"({"multipleOf":1e-308})").valid("1e308"));
  EXPECT_FALSE(Checker(R"({"multipleOf":3e-308})").valid("1e308"));
  EXPECT_TRUE(Checker(R"({"multipleOf":0.1})").valid("0.3"));
  EXPECT_FALSE(Checker(R"({"multipleOf":7})").valid("1e1000000"));
  for (const std::string_view keyword : {"maximum", "const"}) {
    EXPECT_FALSE(Checker("{\"" + std::string(keyword) + "\":9007199254740992}").valid("9007199254740993"));
  }
  EXPECT_FALSE(Checker(R"({"enum":[1,9007199254740992]})").valid("9007199254740993"));
  EXPECT_FALSE(Checker(R"({"minimum":9007199254740993})").valid("9007199254740992"));
}

TEST_F(SchemaHostile, StepsAreLimited) {
  Checker checker(R"({"items":{"type":"integer","minimum":0}})");
  json::Reader reader;
  const json::Document* document = reader.read("[1,2,3,4,5,6,7,8,9,10]");
  const std::vector<Severity> severities = standard_severities();
  for (const bool explaining : {false, true}) {
    Limits limits;
    limits.steps_base = 5;
    limits.steps_factor = 0;
    schema::Evaluator evaluator(limits);
    FindingSink sink(severities.data(), Severity::info, explaining, 100);
    EXPECT_FALSE(evaluator.evaluate(checker.program(), document->root(), sink));
    EXPECT_TRUE(sink.hit());
    if (explaining) {
      ASSERT_EQ(sink.findings().size(), 1u);
      EXPECT_EQ(sink.findings()[0].rule_case, Rule::limit_steps);
    }
  }
}

TEST_F(SchemaHostile, UrisAreLimited) {
  const Limits limits;
  schema::Registry registry;
  const std::string long_uri = "https://example.test/" + std::string(static_cast<std::size_t>(limits.uri), 'a') + "/";
  auto faults = registry.add("https://example.test/long", R"({"$id":")" + long_uri + R"(","$defs":{"a":{"$id":"b"}}})");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::limit_string);
  EXPECT_EQ(faults[0].pointer, "/$id");
  faults = registry.add(long_uri, "{}");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::limit_string);
  // Each is short enough, all of them are not.
  const std::string base = "https://example.test/" + std::string(8'000, 'a') + "/";
  std::string text = R"({"$id":")" + base + R"(","$defs":{)";
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i);
    text += (i > 0 ? ",\"" : "\"") + number + R"(":{"$id":")" + number + "\"}";
  }
  faults = registry.add("https://example.test/many", text + "}}");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::limit_memory);
}

/// Expects that a schema has one fault.
void expect_refused(const std::string& schema, RuleCase rule) {
  const Checker checker(schema);
  ASSERT_FALSE(checker.compiled());
  ASSERT_EQ(checker.faults().size(), 1u);
  EXPECT_EQ(checker.faults()[0].rule, rule);
}

TEST_F(SchemaHostile, FollowingReferencesIsLimited) {
  // Each reference walks over half of the array.
  std::string text = R"({"anyOf":[)";
  for (int i = 0; i < 60'000; ++i)
    text += (i > 0 ? R"(,{"$ref":"#/anyOf/)" : R"({"$ref":"#/anyOf/)") + std::to_string(59'999 - i) + "\"}";
  expect_refused(text + "]}", Rule::limit_steps);
}

TEST_F(SchemaHostile, PatternsAreLimitedTogether) {
  std::string text = R"({"allOf":[)";
  for (int i = 0; i < 2'000; ++i)
    text += (i > 0 ? R"(,{"pattern":"(a|b){1,900})" : R"({"pattern":"(a|b){1,900})") + std::to_string(i) + "\"}";
  expect_refused(text + "]}", Rule::limit_steps);
}

TEST_F(SchemaHostile, NamesThatCollide) {
  // The first and the last eight bytes cancel each other out in a hash of few bytes: bit j of a byte of the first half
  // meets bit j + 3 of one of the second.
  std::string text = R"({"properties":{)";
  for (std::uint32_t i = 0; i < 50'000; ++i) {
    std::string name = "````````@@@@@@@@";
    for (std::uint32_t bit = 0; bit < 24; ++bit) {
      if ((i >> bit & 1u) == 0) continue;
      const std::uint32_t from = bit / 3 * 8 + bit % 3;
      const std::uint32_t to = (from + 64 - 29) % 64;
      name[from / 8] = static_cast<char>(name[from / 8] ^ (1 << from % 8));
      name[8 + to / 8] = static_cast<char>(name[8 + to / 8] ^ (1 << to % 8));
    }
    text += (i > 0 ? ",\"" : "\"") + name + R"(":{"type":"integer"})";
  }
  expect_refused(text + "}}", Rule::limit_steps);
}

TEST_F(SchemaHostile, MemoryIsLimited) {
  Checker checker(R"({"properties":{"a":{"$ref":"#"}}})");
  json::Reader reader;
  std::string text = "1";
  for (int i = 0; i < 500; ++i) text = "{\"a\":" + text + "}";
  const json::Document* document = reader.read(text);
  const std::vector<Severity> severities = standard_severities();
  Limits limits;
  limits.arena_base = 4096;
  limits.arena_factor = 0;
  schema::Evaluator evaluator(limits);
  FindingSink sink(severities.data(), Severity::info, true, 100);
  EXPECT_FALSE(evaluator.evaluate(checker.program(), document->root(), sink));
  ASSERT_EQ(sink.findings().size(), 1u);
  EXPECT_EQ(sink.findings()[0].rule_case, Rule::limit_memory);
}

}  // namespace
}  // namespace bearproof::test
