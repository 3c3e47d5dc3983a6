// What is wrong with a schema is said when it is compiled, and where it stands in the schema.
#include <algorithm>

#include "fixture.h"

namespace bearproof::test {
namespace {

struct Wrong {
  std::string_view schema;
  std::string_view pointer;
  RuleCase rule;
};

TEST(SchemaCompile, FaultsAreLocated) {
  const Wrong cases[] = {
      {R"({"type":"text"})", "/type", Rule::schema_invalid},
      {R"({"type":["string","string"]})", "/type/1", Rule::schema_invalid},
      {R"({"type":[]})", "/type", Rule::schema_invalid},
      {R"({"properties":{"a":1}})", "/properties/a", Rule::schema_invalid},
      {R"({"properties":[]})", "/properties", Rule::schema_invalid},
      {R"({"required":["a","a"]})", "/required/1", Rule::schema_invalid},
      {R"({"required":"a"})", "/required", Rule::schema_invalid},
      {R"({"minLength":-1})", "/minLength", Rule::schema_invalid},
      {R"({"minLength":1.5})", "/minLength", Rule::schema_invalid},
      {R"({"multipleOf":0})", "/multipleOf", Rule::schema_invalid},
      {R"({"minimum":"1"})", "/minimum", Rule::schema_invalid},
      {R"({"allOf":[]})", "/allOf", Rule::schema_invalid},
      {R"({"enum":1})", "/enum", Rule::schema_invalid},
      {R"({"uniqueItems":1})", "/uniqueItems", Rule::schema_invalid},
      {R"({"title":1})", "/title", Rule::schema_invalid},
      {R"({"$defs":{"unused":{"type":1}}})", "/$defs/unused/type", Rule::schema_invalid},
      {R"({"$ref":1})", "/$ref", Rule::schema_invalid},
      {R"({"$ref":"#/$defs/none"})", "/$ref", Rule::schema_ref_unresolved},
      {R"({"items":{"$ref":"https://example.test/other"}})", "/items/$ref", Rule::schema_ref_unresolved},
      {R"({"$ref":"#/%zz"})", "/$ref", Rule::schema_ref_unresolved},
      {R"({"$ref":"#nowhere"})", "/$ref", Rule::schema_ref_unresolved},
      {R"({"$ref":"#"})", "/$ref", Rule::schema_ref_cycle},
      {R"({"not":{"$ref":"#"}})", "/not/$ref", Rule::schema_ref_cycle},
      {R"({"pattern":"("})", "/pattern", Rule::schema_invalid},
      {R"({"pattern":"(a)\\1"})", "/pattern", Rule::schema_pattern_unsupported},
      {R"({"patternProperties":{"[":true}})", "/patternProperties/[", Rule::schema_invalid},
      {R"({"$schema":"http://json-schema.org/draft-07/schema#"})", "/$schema", Rule::schema_draft_unsupported},
      {R"({"$schema":"https://example.test/dialect"})", "/$schema", Rule::schema_draft_unsupported},
      {R"({"$id":"#x"})", "/$id", Rule::schema_invalid},
      {R"({"$anchor":"1"})", "/$anchor", Rule::schema_invalid},
      {R"({"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}})", "/$defs/a/$anchor", Rule::schema_invalid},
      {R"(1)", "", Rule::schema_invalid},
  };
  for (const Wrong& wrong : cases) {
    Checker checker(wrong.schema);
    ASSERT_FALSE(checker.compiled()) << wrong.schema;
    ASSERT_EQ(checker.faults().size(), 1u) << wrong.schema;
    EXPECT_EQ(checker.faults()[0].pointer, wrong.pointer) << wrong.schema;
    EXPECT_EQ(checker.faults()[0].rule, wrong.rule) << wrong.schema << ": " << checker.fault();
    EXPECT_EQ(checker.faults()[0].uri, Checker::uri) << wrong.schema;
    EXPECT_FALSE(checker.fault().empty()) << wrong.schema;
  }
}

TEST(SchemaCompile, DraftIsNamed) {
  Checker checker(R"({"$schema":"http://json-schema.org/draft-07/schema#"})");
  ASSERT_FALSE(checker.compiled());
  EXPECT_NE(checker.fault().find("draft-07"), std::string::npos) << checker.fault();
}

TEST(SchemaCompile, TextThatIsNoDocument) {
  schema::Registry registry;
  const auto faults = registry.add("https://example.test/a", "{\"a\":}");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::parse_text_invalid);
  EXPECT_EQ(faults[0].place.begin, 5u);
  EXPECT_FALSE(registry.contains("https://example.test/a"));
}

TEST(SchemaCompile, DuplicateKeysInASchema) {
  schema::Registry registry;
  const auto faults = registry.add("https://example.test/a", R"({"type":"string","type":"number"})");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].rule, Rule::parse_key_duplicate);
}

TEST(SchemaCompile, OneUriNamesOneText) {
  schema::Registry registry;
  EXPECT_TRUE(registry.add("https://example.test/a", "{}").empty());
  EXPECT_TRUE(registry.add("https://example.test/a", "{}").empty());
  EXPECT_EQ(registry.add("https://example.test/a", "true").size(), 1u);
  EXPECT_TRUE(registry.add("https://example.test/b", R"({"$id":"https://example.test/x"})").empty());
  EXPECT_TRUE(registry.add("https://example.test/c", R"({"$id":"https://example.test/x"})").empty());
  EXPECT_EQ(registry.add("https://example.test/d", R"({"$id":"https://example.test/x","type":"string"})").size(), 1u);
  EXPECT_TRUE(registry.contains("https://example.test/x"));
  EXPECT_FALSE(registry.contains("https://example.test/y"));
}

TEST(SchemaCompile, ReferencesAcrossTheRegistry) {
  schema::Registry registry;
  ASSERT_TRUE(registry.add("https://example.test/s/root", R"({"$ref":"parts/a.json#/$defs/n"})").empty());
  ASSERT_TRUE(registry.add("https://example.test/s/parts/a.json", R"({"$defs":{"n":{"$ref":"../b.json"}}})").empty());
  ASSERT_TRUE(registry.add("https://example.test/s/b.json", R"({"type":"integer"})").empty());
  Checker checker(registry, "https://example.test/s/root");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid("1"));
  const auto findings = checker.findings("\"x\"");
  ASSERT_EQ(findings.size(), 1u);
  ASSERT_TRUE(findings[0].schema);
  EXPECT_EQ(findings[0].schema->uri, "https://example.test/s/b.json");
  EXPECT_EQ(findings[0].schema->pointer, "/type");
}

TEST(SchemaCompile, FragmentSelectsAPart) {
  schema::Registry registry;
  ASSERT_TRUE(registry.add("https://example.test/a", R"({"$defs":{"x/y":{"type":"integer"}}})").empty());
  Checker checker(registry, "https://example.test/a#/$defs/x~1y");
  ASSERT_TRUE(checker.compiled());
  EXPECT_FALSE(checker.valid("{}"));
  EXPECT_EQ(checker.findings("{}")[0].schema->pointer, "/$defs/x~1y/type");
  Checker nothing(registry, "https://example.test/a#/$defs/z");
  EXPECT_FALSE(nothing.compiled());
  Checker nowhere(registry, "https://example.test/b");
  ASSERT_FALSE(nowhere.compiled());
  EXPECT_EQ(nowhere.faults()[0].rule, Rule::schema_ref_unresolved);
}

TEST(SchemaCompile, TheMetaschemaChecksItself) {
  schema::Registry registry;
  constexpr std::string_view metaschema = "https://json-schema.org/draft/2020-12/schema";
  Checker checker(registry, metaschema);
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(R"({"type":"object","properties":{"a":{"minLength":1}},"$defs":{"b":true}})"));
  EXPECT_FALSE(checker.valid(R"({"type":"object","properties":{"a":{"minLength":-1}}})"));
  const auto findings = checker.findings(R"({"properties":{"a":{"items":{"minLength":-1}}}})");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].schema->uri, "https://json-schema.org/draft/2020-12/meta/validation");
  EXPECT_EQ(findings[0].schema->pointer, "/$defs/nonNegativeInteger/minimum");
}

TEST(SchemaCompile, SchemasAreCheckedByTheirMetaschema) {
  // Told by the metaschema's own words, located in the schema, each fault once.
  Checker checker(R"({"properties":{"a":{"type":"objekt"},"b":{"minLength":"1","required":["x","x"]}}})");
  ASSERT_FALSE(checker.compiled());
  std::vector<std::string> told;
  for (const auto& fault : checker.faults()) {
    EXPECT_EQ(fault.rule, Rule::schema_invalid);
    told.push_back(fault.pointer + ": " + json::text_of(fault.message, nullptr));
  }
  std::sort(told.begin(), told.end());
  ASSERT_EQ(told.size(), 3u);
  EXPECT_NE(told[0].find("/properties/a/type: \"objekt\" is not one of"), std::string::npos) << told[0];
  EXPECT_NE(told[0].find("did you mean \"object\"?"), std::string::npos) << told[0];
  EXPECT_EQ(told[1], "/properties/b/minLength: expected an integer, found a string");
  EXPECT_EQ(told[2], "/properties/b/required/1: duplicate of an earlier item");
}

TEST(SchemaCompile, DialectsBringTheirOwnMetaschema) {
  schema::Registry registry;
  ASSERT_TRUE(registry
                  .add("https://example.test/dialect", R"({
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://example.test/dialect",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true,
                    "https://json-schema.org/draft/2020-12/vocab/applicator": true,
                    "https://json-schema.org/draft/2020-12/vocab/validation": true},
    "$dynamicAnchor": "meta",
    "allOf": [{"$ref": "meta/core"}, {"$ref": "https://json-schema.org/draft/2020-12/meta/applicator"}],
    "required": ["x-owner"], "properties": {"x-owner": {"type": "string"}},
    "$defs": {"core": {"$id": "meta/core", "$ref": "https://json-schema.org/draft/2020-12/meta/core"}}
  })")
                  .empty());
  const auto with = [&](std::string_view uri, std::string_view text) {
    EXPECT_TRUE(registry.add(uri, text).empty());
    return Checker(registry, uri).faults();
  };
  EXPECT_TRUE(with("https://example.test/1", R"({"$schema":"https://example.test/dialect","x-owner":"me",
                                               "properties":{"a":{"x-owner":"you"}}})")
                  .empty());
  const auto faults = with("https://example.test/2", R"({"$schema":"https://example.test/dialect","x-owner":"me",
                                                        "properties":{"a":{"x-owner":7}}})");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].pointer, "/properties/a/x-owner");
  // A resource of another dialect, embedded: its own metaschema judges it.
  EXPECT_TRUE(with("https://example.test/3", R"({"$schema":"https://example.test/dialect","x-owner":"me",
      "$defs":{"b":{"$id":"https://example.test/b","$schema":"https://json-schema.org/draft/2020-12/schema"}}})")
                  .empty());
}

TEST(SchemaCompile, ReferencesByFileNameAreFoundBesideTheFile) {
  schema::Registry registry;
  ASSERT_TRUE(registry.add("file:///schemas/a.json", R"({"$id":"https://example.test/v2/A","$ref":"b.json#/$defs/n"})")
                  .empty());
  ASSERT_TRUE(registry.add("file:///schemas/b.json", R"({"$id":"urn:b","$defs":{"n":{"type":"integer"}}})").empty());
  Checker checker(registry, "file:///schemas/a.json");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid("1"));
  EXPECT_FALSE(checker.valid("1.5"));
}

TEST(SchemaCompile, LegacyPatternsWarn) {
  Checker checker(R"({"items":{"pattern":"[\\*\\?]\\-"}})");
  ASSERT_TRUE(checker.compiled());
  const auto& warnings = checker.program().warnings();
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].rule, Rule::schema_pattern_legacy);
  EXPECT_EQ(warnings[0].pointer, "/items/pattern");
}

TEST(SchemaCompile, ProgramsOutliveTheRegistry) {
  Checker checker(R"({"enum":["alpha",{"b":[1,2]},3.5],"$comment":"the registry is gone by now"})");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(R"({"b":[1,2.0]})"));
  EXPECT_TRUE(checker.valid("35e-1"));
  EXPECT_FALSE(checker.valid(R"("beta")"));
  EXPECT_EQ(checker.program().uri(), Checker::uri);
}

TEST(SchemaCompile, NodesAreLimited) {
  schema::CompileOptions options;
  options.limits.schema_nodes = 3;
  Checker fits(R"({"allOf":[true,true]})", options);
  EXPECT_TRUE(fits.compiled());
  Checker large(R"({"allOf":[true,true,true]})", options);
  ASSERT_FALSE(large.compiled());
  EXPECT_EQ(large.faults()[0].rule, Rule::limit_steps);
}

}  // namespace
}  // namespace bearproof::test
