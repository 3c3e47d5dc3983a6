// JSON Schema's own output: the official suites for annotations and for output, and what they leave open.
#include <set>

#include "bearproof/json/canonical.h"

#include "files.h"
#include "fixture.h"

namespace bearproof::test {
namespace {

/// A value, written in the one way that there is.
std::string canonical_of(json::Value value) {
  json::Reader reader;
  const json::Document* document = reader.read(source_of(value));
  const auto canonical = document == nullptr ? std::string() : json::canonical(*document).value_or("");
  EXPECT_NE(canonical, "");
  return canonical;
}

schema::CompileOptions for_output() {
  schema::CompileOptions options;
  options.output = true;
  return options;
}

/// The basic output of a document, which must be a document itself, and agree with what deciding says.
std::string basic(Checker& checker, std::string_view instance) {
  json::Reader reader;
  const json::Document* document = reader.read(instance);
  if (document == nullptr) {
    ADD_FAILURE() << "not a document: " << instance;
    return "{}";
  }
  std::string flag;
  std::string out;
  const bool valid = checker.evaluator().output(checker.program(), document->root(), schema::OutputForm::basic, out);
  EXPECT_EQ(checker.evaluator().output(checker.program(), document->root(), schema::OutputForm::flag, flag), valid);
  EXPECT_EQ(flag, valid ? R"({"valid":true})" : R"({"valid":false})");
  EXPECT_EQ(out.find('\n'), std::string::npos) << out;
  return out;
}

/// "2020" fits every compatibility that the suite's README explains, but for one that asks for less or for more.
bool is_for_2020(const std::string& compatibility) {
  std::size_t at = 0;
  while (at < compatibility.size()) {
    const std::size_t comma = std::min(compatibility.find(',', at), compatibility.size());
    const std::string part = compatibility.substr(at, comma - at);
    const std::size_t digits = part.find_first_of("0123456789");
    const int release = std::stoi(part.substr(digits));
    const std::string relation = part.substr(0, digits);
    if (relation == "<=" ? release < 2020 : relation == "=" ? release != 2020 : release > 2020) return false;
    at = comma + 1;
  }
  return true;
}

TEST(SchemaOutput, AnnotationSuite) {
  const auto suite = shared_path("suites/json-schema-test-suite/annotations/tests");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  int assertions = 0;
  for (const std::string& path : files_below(*suite, ".json")) {
    const auto text = read_file(path);
    json::Reader reader;
    const json::Document* document = text ? reader.read(*text) : nullptr;
    ASSERT_NE(document, nullptr) << path;
    for (const json::Value group : document->root().find("suite").items()) {
      const json::Value compatibility = group.find("compatibility");
      if (compatibility && !is_for_2020(string_of(compatibility))) continue;
      const std::string title = path + ": " + string_of(group.find("description"));
      ASSERT_FALSE(group.find("externalSchemas")) << title;
      const json::Value schema = group.find("schema");
      const json::Value id = schema.find("$id");
      const std::string root = id ? string_of(id) : "https://example.test/annotated";
      schema::Registry registry;
      ASSERT_TRUE(registry.add(root, source_of(schema)).empty()) << title;
      Checker checker(registry, root, for_output());
      ASSERT_TRUE(checker.compiled()) << title;
      for (const json::Value test : group.find("tests").items()) {
        const std::string out = basic(checker, source_of(test.find("instance")));
        json::Reader out_reader;
        const json::Document* output = out_reader.read(out);
        ASSERT_NE(output, nullptr) << title << ": " << out;
        for (const json::Value assertion : test.find("assertions").items()) {
          const std::string keyword = string_of(assertion.find("keyword"));
          // The suite names the schema object that holds the keyword, from the root of the schema's text.
          std::set<std::string> expected;
          for (const json::Member member : assertion.find("expected").members()) {
            expected.insert(string_of(member.key) + " " + canonical_of(member.value));
          }
          std::set<std::string> found;
          for (const json::Value unit : output->root().find("annotations").items()) {
            std::string absolute = string_of(unit.find("absoluteKeywordLocation"));
            if (!absolute.ends_with("/" + keyword)) continue;
            if (string_of(unit.find("instanceLocation")) != string_of(assertion.find("location"))) continue;
            absolute.resize(absolute.size() - keyword.size() - 1);
            if (absolute.starts_with(root)) {
              absolute.erase(0, root.size());
            } else {
              // An embedded resource: where it stands in the text.
              const std::string name = absolute.substr(absolute.rfind('/', absolute.find('#')) + 1);
              const std::size_t hash = name.find('#');
              absolute = "#/$defs/" + name.substr(0, hash) + name.substr(hash + 1);
            }
            found.insert(absolute + " " + canonical_of(unit.find("annotation")));
          }
          EXPECT_EQ(found, expected) << title << ": " << out;
          ++assertions;
        }
      }
    }
  }
  EXPECT_EQ(assertions, 84);
}

TEST(SchemaOutput, OutputSuite) {
  const auto suite = shared_path("suites/json-schema-test-suite/output-tests/draft2020-12");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  const auto output_schema = read_file(*suite + "/output-schema.json");
  ASSERT_TRUE(output_schema);
  int tests = 0;
  for (const std::string& path : files_below(*suite + "/content", ".json")) {
    const auto text = read_file(path);
    json::Reader reader;
    const json::Document* document = text ? reader.read(*text) : nullptr;
    ASSERT_NE(document, nullptr) << path;
    for (const json::Value group : document->root().items()) {
      const std::string uri = string_of(group.find("schema").find("$id"));
      schema::Registry registry;
      ASSERT_TRUE(registry.add(uri, source_of(group.find("schema"))).empty());
      Checker checker(registry, uri, for_output());
      ASSERT_TRUE(checker.compiled()) << path;
      for (const json::Value test : group.find("tests").items()) {
        const std::string out = basic(checker, source_of(test.find("data")));
        for (const json::Member form : test.find("output").members()) {
          ASSERT_TRUE(form.key.equals("basic")) << path;
          schema::Registry expectations;
          ASSERT_TRUE(expectations.add("https://json-schema.org/draft/2020-12/output/schema", *output_schema).empty());
          const std::string expected = string_of(form.value.find("$id"));
          ASSERT_TRUE(expectations.add(expected, source_of(form.value)).empty());
          Checker judge(expectations, expected);
          ASSERT_TRUE(judge.compiled()) << path << ": " << judge.fault();
          EXPECT_TRUE(judge.valid(out)) << path << ": " << out;
          // Each unit by itself is what the output schema asks of one.
          Checker unit(expectations, "https://json-schema.org/draft/2020-12/output/schema#/$defs/basic");
          EXPECT_TRUE(unit.valid(out)) << path << ": " << out;
          ++tests;
        }
      }
    }
  }
  EXPECT_EQ(tests, 4);
}

TEST(SchemaOutput, KeywordLocationsAreTheWayThroughTheSchema) {
  Checker checker(R"({"properties":{"a":{"$ref":"#/$defs/list"}},"$defs":{"list":{
      "items":{"$id":"https://example.test/item","allOf":[{"minimum":3}]}}}})",
                  for_output());
  ASSERT_TRUE(checker.compiled());
  EXPECT_EQ(basic(checker, R"({"a":[5,1]})"),
            R"({"valid":false,"keywordLocation":"","absoluteKeywordLocation":"https://example.test/schema#",)"
            R"("instanceLocation":"","errors":[{"valid":false,)"
            R"("keywordLocation":"/properties/a/$ref/items/allOf/0/minimum",)"
            R"("absoluteKeywordLocation":"https://example.test/item#/allOf/0/minimum",)"
            R"("instanceLocation":"/a/1","error":"1 is less than the minimum 3"}]})");
}

TEST(SchemaOutput, EveryBranchThatFailedIsListed) {
  Checker checker(R"({"anyOf":[{"type":"string"},{"minimum":3}]})", for_output());
  ASSERT_TRUE(checker.compiled());
  const std::string out = basic(checker, "1");
  for (const std::string_view location : {"\"/anyOf/0/type\"", "\"/anyOf/1/minimum\"", "\"/anyOf\""}) {
    EXPECT_NE(out.find(location), std::string::npos) << out;
  }
}

TEST(SchemaOutput, OnlyWhatHoldsAnnotates) {
  Checker checker(R"({
    "anyOf": [{"title":"text","type":"string"}, {"title":"number","type":"number"}, {"title":"any"}],
    "not": {"title":"never","const":0},
    "if": {"title":"condition"},
    "default": { "b" : [ 1, "two \" words" ] },
    "x-own": null
  })",
                  for_output());
  ASSERT_TRUE(checker.compiled());
  const std::string out = basic(checker, "5");
  for (const std::string_view there :
       {R"("number")", R"("any")", R"("condition")", R"({"b":[1,"two \" words"]})", R"("annotation":null)"}) {
    EXPECT_NE(out.find(there), std::string::npos) << there << " in " << out;
  }
  for (const std::string_view absent : {R"("text")", R"("never")"}) {
    EXPECT_EQ(out.find(absent), std::string::npos) << absent << " in " << out;
  }
}

TEST(SchemaOutput, EveryMatchOfContainsAnnotates) {
  Checker checker(R"({"contains":{"type":"integer","title":"whole"}})", for_output());
  ASSERT_TRUE(checker.compiled());
  const std::string out = basic(checker, R"(["a",1,2.5,3])");
  EXPECT_NE(out.find(R"("instanceLocation":"/1")"), std::string::npos) << out;
  EXPECT_NE(out.find(R"("instanceLocation":"/3")"), std::string::npos) << out;
  EXPECT_EQ(out.find(R"("instanceLocation":"/2")"), std::string::npos) << out;
}

}  // namespace
}  // namespace bearproof::test
