// Schemas that someone brings along: check --schema, lint-schema, bowtie.
#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

const std::string schema = R"({"$id":"https://example.test/v2/order","type":"object","title":"order",
  "properties":{"customer":{"$ref":"customer.json"},"day":{"format":"date"}},"required":["customer"]})";
const std::string customer = R"({"$id":"urn:example:customer","type":"string","minLength":2})";
const std::string good = R"({"customer":"Ada","day":"soon"})";
const std::string bad = R"({"customer":"A"})";

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(CheckSchema, JudgesByTheSchemaAlone) {
  const Folder folder;
  const std::string root = folder.write("schemas/deep/order.json", schema);
  folder.write("schemas/deep/customer.json", customer);
  folder.write("schemas/list.json", "[1, 2]");
  const std::string schemas = folder.path("schemas");
  const std::string fine = folder.write("good.json", good);
  const std::string wrong = folder.write("bad.json", bad);
  // A receipt is judged like anything else, and no rule of its kind runs.
  const std::string receipt = folder.write("receipt.json", good_receipt());
  const Outcome outcome =
      run({"check", "--schema", root, "--schemas", schemas, fine, wrong, receipt, "--format", "ndjson"});
  EXPECT_EQ(outcome.exit, 1) << outcome.err;
  EXPECT_TRUE(has(outcome.out, R"(good.json","verdict":"valid","findings":[])")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("rule":"schema.shape","severity":"error","pointer":"/customer")")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("schema":{"uri":"urn:example:customer","pointer":"/minLength"})")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "missing member \\\"customer\\\"")) << outcome.out;
  EXPECT_FALSE(has(outcome.out, "browser.")) << outcome.out;
  EXPECT_FALSE(has(outcome.out, R"("kind")")) << outcome.out;
  // By URI, and with formats.
  EXPECT_EQ(run({"check", "--schema", "https://example.test/v2/order", "--schemas", schemas, fine}).exit, 0);
  EXPECT_EQ(run({"check", "--schema", root, "--schemas", schemas, fine, "--assert-format"}).exit, 1);
  EXPECT_EQ(run({"check", "--schema", root, "--schemas", schemas, fine, "--no-assert-format"}).exit, 0);
}

TEST(CheckSchema, ReadsLines) {
  const Folder folder;
  const std::string root = folder.write("any.json", R"({"type":"integer"})");
  const Outcome outcome = run({"check", "--schema", root, "-", "--format", "ndjson"}, "1\n\"x\"\n{\n3");
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_TRUE(has(outcome.out, R"("line":1,"verdict":"valid")")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("line":2,"verdict":"invalid")")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("line":3,"verdict":"unreadable")")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("line":4,"verdict":"valid")")) << outcome.out;
}

TEST(CheckSchema, FaultsOfSchemasAreFindings) {
  const Folder folder;
  const std::string fine = folder.write("good.json", good);
  const auto check = [&](const std::string& text) {
    return run({"check", "--schema", folder.write("s.json", text), fine, "--format", "json"});
  };
  const Outcome unresolved = check(schema);
  EXPECT_EQ(unresolved.exit, 1);
  EXPECT_TRUE(
      has(unresolved.out, R"("rule":"schema.ref.unresolved","severity":"error","pointer":"/properties/customer/$ref")"))
      << unresolved.out;
  EXPECT_TRUE(has(unresolved.out, "s.json\",\"verdict\":\"invalid\"")) << unresolved.out;
  EXPECT_TRUE(has(unresolved.out, "https://example.test/v2/customer.json")) << unresolved.out;
  EXPECT_FALSE(has(unresolved.out, "good.json")) << "nothing can be said of documents";
  EXPECT_TRUE(has(unresolved.err, "nothing was checked"));
  EXPECT_TRUE(has(check(R"({"$schema":"http://json-schema.org/draft-07/schema#"})").out, "schema.draft.unsupported"));
  EXPECT_TRUE(
      has(check(R"({"type":"objekt"})").out, R"("rule":"schema.invalid","severity":"error","pointer":"/type")"));
  EXPECT_TRUE(has(check("{").out, R"("verdict":"unreadable")"));
  // A warning about the schema is told, and the documents are checked.
  const Outcome legacy = check(R"({"properties":{"day":{"pattern":"\\-"}}})");
  EXPECT_TRUE(has(legacy.out, "schema.pattern.legacy")) << legacy.out;
  EXPECT_TRUE(has(legacy.out, R"(good.json","verdict":"invalid")")) << legacy.out;
}

TEST(CheckSchema, HundredsOfSchemasReferToOneAnotherByFile) {
  const Folder folder;
  for (int i = 0; i < 400; ++i) {
    const std::string next = i == 399 ? R"("type":"integer")" : R"("$ref":"./s)" + std::to_string(i + 1) + ".json\"";
    folder.write("schemas/s" + std::to_string(i) + ".json", R"({"$id":"https://example.test/)" + std::to_string(i % 7) +
                                                                "/s" + std::to_string(i) + "\"," + next + "}");
  }
  const std::string first = folder.path("schemas/s0.json");
  const Outcome outcome = run({"check", "--schema", first, "--schemas", folder.path("schemas"), "-"}, "1");
  EXPECT_EQ(outcome.exit, 0) << outcome.out;
  EXPECT_EQ(run({"check", "--schema", first, "--schemas", folder.path("schemas"), "-"}, "1.5").exit, 1);
}

TEST(CheckSchema, SpeaksJsonSchemasOwnOutput) {
  const Folder folder;
  const std::string root = folder.write("s.json", R"({"$id":"urn:s","title":"whole","type":"integer"})");
  EXPECT_EQ(run({"check", "--schema", root, "--format", "schema-flag", "-"}, "1").out, "{\"valid\":true}\n");
  EXPECT_EQ(run({"check", "--schema", root, "--format", "schema-basic", "-"}, "1").out,
            R"({"valid":true,"keywordLocation":"","absoluteKeywordLocation":"urn:s#","instanceLocation":"",)"
            R"("annotations":[{"valid":true,"keywordLocation":"/title","absoluteKeywordLocation":"urn:s#/title",)"
            R"("instanceLocation":"","annotation":"whole"}]})"
            "\n");
  const Outcome wrong = run({"check", "--schema", root, "--format", "schema-basic", "-"}, "[]");
  EXPECT_EQ(wrong.exit, 1);
  EXPECT_TRUE(has(wrong.out, R"("keywordLocation":"/type")")) << wrong.out;
  // By the schemas of kinds, and where there is none.
  const Outcome kinds = run({"check", "--format", "schema-basic", "-"}, good_receipt());
  EXPECT_TRUE(has(kinds.out, R"({"valid":true)")) << kinds.out;
  const Outcome unreadable = run({"check", "--format", "schema-basic", "-"}, "{");
  EXPECT_TRUE(has(unreadable.out, R"("errors":[{"valid":false)")) << unreadable.out;
}

TEST(CheckSchema, WrongUsageIsTold) {
  EXPECT_EQ(run({"check", "--schemas", ".", "-"}, "1").exit, 2);
  EXPECT_EQ(run({"check", "--assert-format", "-"}, "1").exit, 2);
  EXPECT_EQ(run({"check", "--schema", "/no/such/file", "-"}, "1").exit, 3);
}

TEST(CheckSchema, KindsMayAnnotateFormats) {
  const std::string text = good_receipt();
  const std::size_t at = text.find("\"2026");
  ASSERT_NE(at, std::string::npos) << text;
  const std::string undated = text.substr(0, at) + "\"some day" + text.substr(at + 5);
  const Outcome asserted = run({"check", "-", "--format", "json"}, undated);
  const Outcome annotated = run({"check", "-", "--format", "json", "--no-assert-format"}, undated);
  EXPECT_TRUE(has(asserted.out, "/format\"")) << asserted.out;
  EXPECT_FALSE(has(annotated.out, "/format\"")) << annotated.out;
}

TEST(LintSchema, FindsWhatTheMetaschemaForbids) {
  const Folder folder;
  const std::string fine = folder.write("fine.json", R"({"type":"string"})");
  const std::string wrong = folder.write("wrong.json", R"({"type":"objekt","$ref":"#/$defs/none"})");
  const Outcome outcome = run({"lint-schema", fine, wrong});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_TRUE(has(outcome.out, "valid         " + fine)) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "did you mean \"object\"?")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "schema.ref.unresolved")) << outcome.out;
  EXPECT_EQ(run({"lint-schema", fine}).exit, 0);
  EXPECT_EQ(run({"lint-schema", fine, "--strong"}).exit, 0) << "warnings";
  EXPECT_EQ(run({"lint-schema", fine, "--strong", "--fail-on", "warning"}).exit, 1);
  EXPECT_EQ(run({"lint-schema", folder.path("none.json")}).exit, 3);
  EXPECT_EQ(run({"lint-schema"}).exit, 2);
  EXPECT_EQ(run({"lint-schema", fine, "--format", "schema-basic"}).exit, 2);
}

TEST(LintSchema, TellsEachFaultOnceAndWhatIsMissing) {
  const Folder folder;
  const auto lint = [&](const std::string& text) {
    return run({"lint-schema", folder.write("s.json", text), "--format", "ndjson"}).out;
  };
  const std::string id = lint(R"({"$id":"#x","$anchor":"1a"})");
  EXPECT_TRUE(has(id, "$id must not have a fragment")) << id;
  EXPECT_FALSE(has(id, "does not match")) << id;
  const std::string away = lint(R"({"$id":"https://example.test/a","$ref":"other.json#/x"})");
  EXPECT_TRUE(has(away, "nothing is registered as https://example.test/other.json#/x")) << away;
  const std::string within = lint(R"({"$id":"https://example.test/a","$ref":"#/$defs/none"})");
  EXPECT_TRUE(has(within, "https://example.test/a has nothing at #/$defs/none")) << within;
  const std::string anchor = lint(R"({"$id":"https://example.test/a","$dynamicRef":"#none"})");
  EXPECT_TRUE(has(anchor, "https://example.test/a has nothing at #none")) << anchor;
}

TEST(LintSchema, StrongFindsWhatIsRarelyMeant) {
  const Folder folder;
  const Outcome outcome = run({"lint-schema", "--strong", "--format", "ndjson", folder.write("s.json", R"({
    "requird":["a"],"x-note":1,
    "properties":{"name":{"type":"string"},"day":{"type":"string","format":"date"},"code":{"type":"string","maxLength":9},
      "open":{"pattern":"^a+$"},"closed":{"pattern":"^(?:a|b{2,3})$"},"list":{"type":["array","null"]},
      "pair":{"type":"array","prefixItems":[true,true],"items":false},"few":{"type":"array","maxItems":3}},
    "not":{"type":"string"}})")});
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "did you mean \\\"required\\\"?")) << outcome.out;
  std::size_t found = 0;
  for (std::size_t at = 0; (at = outcome.out.find("\"rule\":", at)) != std::string::npos; ++at) ++found;
  EXPECT_EQ(found, 4u) << outcome.out;
  EXPECT_TRUE(has(outcome.out, R"("rule":"schema.string.unbounded","severity":"warning","pointer":"/properties/name)"));
  EXPECT_TRUE(
      has(outcome.out, R"("rule":"schema.pattern.unbounded","severity":"warning","pointer":"/properties/open)"));
  EXPECT_TRUE(has(outcome.out, R"("rule":"schema.array.unbounded","severity":"warning","pointer":"/properties/list)"));
}

TEST(LintSchema, ManyFaultsAreNotAllListed) {
  const Folder folder;
  const auto found = [&](const std::string& member) {
    std::string text = "{\"properties\":{";
    for (int i = 0; i < 3'000; ++i) text += (i > 0 ? ",\"p" : "\"p") + std::to_string(i) + "\":{" + member + "}";
    const Outcome outcome = run({"lint-schema", "--strong", folder.write("s.json", text + "}}"), "--format", "ndjson"});
    std::size_t count = 0;
    for (std::size_t at = 0; (at = outcome.out.find("\"rule\":", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(found(R"("anchor":"1")"), 1'000u);
  // The metaschema has told a thousand too, of members that come earlier.
  EXPECT_LE(found(R"("$anchor":"1")"), 2'001u);
}

// ---- Bowtie ----

std::string one_line(json::Value value) {
  const json::Value::Span span = value.span();
  std::string text(value.document().text.substr(static_cast<std::size_t>(span.begin),
                                                static_cast<std::size_t>(span.end - span.begin)));
  // Line ends stand between tokens only.
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

const std::string start = R"({"cmd":"start","version":1})"
                          "\n";
const std::string dialect = R"({"cmd":"dialect","dialect":"https://json-schema.org/draft/2020-12/schema"})"
                            "\n";

std::vector<std::string> bowtie(const std::string& requests) {
  const Outcome outcome = run({"bowtie"}, start + dialect + requests + "{\"cmd\":\"stop\"}\n");
  EXPECT_EQ(outcome.exit, 0) << outcome.err;
  std::vector<std::string> answers;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = outcome.out.find('\n', begin)) != std::string::npos; begin = end + 1) {
    answers.push_back(outcome.out.substr(begin, end - begin));
  }
  return answers;
}

TEST(Bowtie, SpeaksTheProtocol) {
  const auto answers =
      bowtie(R"({"cmd":"run","seq":1,"case":{"description":"d","schema":{"$ref":"http://x.test/a"},)"
             R"("registry":{"http://x.test/a":{"type":"integer"}},"tests":[{"description":"t","instance":1},)"
             R"({"description":"u","instance":"x","valid":true}]}})"
             "\n"
             R"({"cmd":"run","seq":"two","case":{"schema":{"$ref":"#/none"},"tests":[{"instance":1}]}})"
             "\n"
             R"({"cmd":"run","seq":3,"case":{"schema":{"pattern":"(a)\\1"},"tests":[{"instance":1}]}})"
             "\n"
             R"({"cmd":"dialect","dialect":"http://json-schema.org/draft-07/schema#"})"
             "\n"
             R"({"cmd":"run","seq":4,"case":{"schema":{"pattern":"["},"tests":[{"instance":1}]}})"
             "\n");
  ASSERT_EQ(answers.size(), 7u);
  EXPECT_TRUE(has(answers[0], R"("version":1)"));
  EXPECT_TRUE(has(answers[0], R"("dialects":["https://json-schema.org/draft/2020-12/schema"])"));
  EXPECT_EQ(answers[1], R"({"ok":true})");
  EXPECT_EQ(answers[2], R"({"seq":1,"results":[{"valid":true},{"valid":false}]})");
  EXPECT_TRUE(answers[3].starts_with(R"({"seq":"two","errored":true,"context":{"message":)")) << answers[3];
  EXPECT_TRUE(answers[4].starts_with(R"({"seq":3,"skipped":true,"message":)")) << answers[4];
  EXPECT_EQ(answers[5], R"({"ok":false})");
  EXPECT_TRUE(answers[6].starts_with(R"({"seq":4,"errored":true,"context":{"message":)")) << answers[6];
  EXPECT_EQ(run({"bowtie"}, dialect).exit, 2) << "start comes first";
  EXPECT_EQ(run({"bowtie"}, "{\n").exit, 2);
  EXPECT_EQ(run({"bowtie"}, R"({"cmd":"start","version":2})").exit, 2);
}

TEST(Bowtie, TheWholeSuite) {
  const auto suite = shared_path("suites/json-schema-test-suite");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  std::string registry;
  const std::string remotes = *suite + "/remotes";
  for (const std::string& path : files_below(remotes + "/draft2020-12", ".json")) {
    json::Reader reader;
    const auto text = read_file(path);
    ASSERT_TRUE(text);
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr) << path;
    if (!registry.empty()) registry += ',';
    registry += "\"http://localhost:1234" + path.substr(remotes.size()) + "\":" + one_line(document->root());
  }
  std::string requests;
  std::vector<std::string> expected;
  std::size_t tests = 0;
  const std::string folder = *suite + "/tests/draft2020-12";
  for (const std::string& path : files_below(folder, ".json")) {
    if (path.find('/', folder.size() + 1) != std::string::npos) continue;
    json::Reader reader;
    const auto text = read_file(path);
    ASSERT_TRUE(text);
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr) << path;
    for (const json::Value group : document->root().items()) {
      const std::string number = std::to_string(expected.size());
      requests += R"({"cmd":"run","seq":)" + number + R"(,"case":{"description":"","schema":)" +
                  one_line(group.find("schema")) + ",\"registry\":{" + registry + "},\"tests\":[";
      std::string results;
      for (const json::Value test : group.find("tests").items()) {
        if (!results.empty()) {
          requests += ',';
          results += ',';
        }
        requests += R"({"description":"","instance":)" + one_line(test.find("data")) + "}";
        results += test.find("valid").is_true() ? R"({"valid":true})" : R"({"valid":false})";
        ++tests;
      }
      requests += "]}}\n";
      expected.push_back(R"({"seq":)" + number + R"(,"results":[)" + results + "]}");
    }
  }
  EXPECT_EQ(tests, 1299u);
  const auto answers = bowtie(requests);
  ASSERT_EQ(answers.size(), expected.size() + 2);
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(answers[i + 2], expected[i]);
}

}  // namespace
}  // namespace bearproof::test
