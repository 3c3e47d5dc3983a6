#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/quote.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"

#include "../../../core/contract/embedded.h"
#include "files.h"

namespace bearproof {
namespace {

std::vector<Dialect> with_schema() {
  std::vector<Dialect> out;
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    if (!dialect_table()[i].schema.empty()) out.push_back(static_cast<Dialect>(i));
  }
  return out;
}

TEST(Programs, EveryBuiltInSchemaCompiles) {
  schema::Registry registry;  // they may refer to one another
  for (const Dialect dialect : with_schema()) {
    for (const schema::SchemaFault& fault :
         registry.add(contract::schema_uri(dialect), contract::schema_text(dialect))) {
      ADD_FAILURE() << info_of(dialect).schema << fault.pointer << ": " << json::text_of(fault.message, nullptr);
    }
  }
  for (const Dialect dialect : with_schema()) {
    schema::CompileOptions options;
    options.assert_format = true;
    options.rule_names = true;
    const auto program = schema::compile(registry, contract::schema_uri(dialect), options);
    if (!program) {
      for (const schema::SchemaFault& fault : program.error()) {
        ADD_FAILURE() << info_of(dialect).schema << fault.pointer << ": " << json::text_of(fault.message, nullptr);
      }
    } else {
      EXPECT_TRUE(program->warnings().empty()) << info_of(dialect).schema;
    }
    const schema::Program* built_in = contract::program_of(dialect);
    ASSERT_NE(built_in, nullptr) << info_of(dialect).schema;
    EXPECT_EQ(built_in->uri(), contract::schema_uri(dialect));
    EXPECT_EQ(contract::program_of(dialect), built_in) << "compiled once";
  }
}

TEST(Programs, EveryBuiltInSchemaCompilesForEachPurposeOnce) {
  for (const Dialect dialect : with_schema()) {
    std::set<const schema::Program*> programs;
    for (const auto purpose :
         {contract::Purpose::check, contract::Purpose::annotating_check, contract::Purpose::output}) {
      const schema::Program* const program = contract::program_of(dialect, purpose);
      ASSERT_NE(program, nullptr) << info_of(dialect).schema;
      EXPECT_EQ(contract::program_of(dialect, purpose), program);
      programs.insert(program);
    }
    EXPECT_EQ(programs.size(), 3u) << info_of(dialect).schema;
  }
}

TEST(Programs, APurposeDecidesWhetherFormatAsserts) {
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  std::string receipt = test::read_file(test::source_path("schemas/browser/examples/seed-active.json")).value_or("");
  const std::size_t instant = receipt.find("\"20");
  ASSERT_NE(instant, std::string::npos);
  receipt.replace(instant, 3, "\"some day ");
  json::Reader reader;
  const json::Document* const document = reader.read(receipt);
  ASSERT_NE(document, nullptr);
  const auto passes = [&](contract::Purpose purpose) {
    FindingSink sink(severities.data(), Severity::error, false, 1);
    return schema::Evaluator().evaluate(*contract::program_of(Dialect::browser_receipt_seed, purpose), document->root(),
                                        sink);
  };
  EXPECT_FALSE(passes(contract::Purpose::check));
  EXPECT_TRUE(passes(contract::Purpose::annotating_check));
}

TEST(Programs, KindsWithoutASchemaHaveNoProgram) {
  EXPECT_EQ(contract::program_of(Dialect::event_envelope), nullptr);
  EXPECT_EQ(contract::program_of(Dialect::none), nullptr);
  EXPECT_EQ(contract::schema_text(Dialect::none), "");
  EXPECT_EQ(contract::schema_uri(Dialect::event_envelope), "");
}

TEST(Programs, AreCompiledWithTheSchemasThatTheyReferTo) {
  // Packed: \7 begins an object, \6 ends one, \4 is a number, a zero ends characters.
  const contract::EmbeddedSchema schemas[] = {
      {"a", "urn:example:a", "\7$id\0urn:example:a\0properties\0\7b\0\7$ref\0urn:example:b#/$defs/x\0\6\6\6", ""},
      {"b", "urn:example:b", "\7$defs\0\7x\0\7$ref\0urn:example:c\0\6\6$id\0urn:example:b\0\6", ""},
      {"c", "urn:example:c", "\7$id\0urn:example:c\0type\0string\0\6", ""},
      {"d", "urn:example:d", "\7$id\0urn:example:d\0$ref\0urn:example:nowhere\0\6", ""},
      {"e", "urn:example:e",
       "\7$id\0urn:example:e\0type\0\4"
       "5\0\6",
       ""},
  };
  const auto program = contract::compile_embedded(schemas, schemas[0]);
  ASSERT_TRUE(program) << json::text_of(program.error()[0].message, nullptr);
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  for (const auto& [text, valid] : {std::pair{R"({"b":"c"})", true}, std::pair{R"({"b":5})", false}}) {
    json::Reader reader;
    FindingSink sink(severities.data(), Severity::info, false, 1);
    schema::Evaluator evaluator;
    EXPECT_EQ(evaluator.evaluate(*program, reader.read(text)->root(), sink), valid) << text;
  }
  EXPECT_FALSE(contract::compile_embedded(schemas, schemas[3]));
  EXPECT_FALSE(contract::compile_embedded(schemas, schemas[4]));
}

TEST(Programs, OneThatDidNotCompileIsAFailureAndNoKindWithoutASchema) {
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::info, true, 10);
  EXPECT_EQ(contract::program_of(Dialect::none, sink), nullptr);
  EXPECT_TRUE(sink.findings().empty());
  contract::raise_not_compiled(Dialect::browser_receipt_seed, sink);
  ASSERT_EQ(sink.findings().size(), 1u);
  EXPECT_EQ(sink.findings()[0].rule_case, Rule::engine_failed);
  EXPECT_EQ(json::text_of(sink.findings()[0].message, nullptr),
            "the built-in schema browser/BrowserAutomationReceipt.seed.schema.json did not compile");
}

TEST(Programs, UrisFollowFamilyKindAndDialect) {
  for (const Dialect dialect : with_schema()) {
    const DialectInfo& info = info_of(dialect);
    EXPECT_EQ(contract::schema_uri(dialect), "urn:bearproof:schema:" + std::string(info.family) + ":" +
                                                 std::string(info.kind) + ":" + std::string(info.dialect));
  }
}

TEST(Programs, EverySchemaFileBelongsToADialect) {
  std::set<std::string> known;
  for (const Dialect dialect : with_schema()) known.emplace(info_of(dialect).schema);
  const std::string root = test::source_path("schemas/");
  for (const std::string& path : test::files_below(test::source_path("schemas"), ".schema.json")) {
    const std::string name = path.substr(root.size());
    // Forms that Bearproof itself writes and speaks; no document is recognised as one.
    EXPECT_TRUE(known.contains(name) || name.starts_with("published/")) << path;
  }
}

/// Every property of every schema explains itself, and objects with properties say whether others may stand beside
/// them.
void check_described(json::Value schema, const std::string& where) {
  const json::Value properties = schema.find("properties");
  if (!properties) return;
  for (const json::Member member : properties.members()) {
    std::string name;
    const std::string inner = where + "/" + std::string(member.key.string(name));
    EXPECT_TRUE(member.value.find("description")) << inner;
    check_described(member.value, inner);
  }
}

TEST(Programs, EveryPropertyIsDescribed) {
  for (const Dialect dialect : with_schema()) {
    const auto text = test::read_file(test::source_path("schemas/" + std::string(info_of(dialect).schema)));
    ASSERT_TRUE(text);
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr);
    EXPECT_TRUE(document->root().find("title"));
    EXPECT_TRUE(document->root().find("$schema").equals("https://json-schema.org/draft/2020-12/schema"));
    check_described(document->root(), std::string(info_of(dialect).schema));
#if !defined(__EMSCRIPTEN__)
    EXPECT_EQ(contract::schema_text(dialect), *text) << "native builds carry the whole text";
#endif
  }
}

TEST(Programs, StrippedTextsHaveNoWordsForPeople) {
  for (const Dialect dialect : with_schema()) {
    const std::string_view text = contract::stripped_schema_text(dialect);
    EXPECT_EQ(text.find("\"description\":\""), std::string_view::npos) << "a property may be called so";
    EXPECT_EQ(text.find("\n"), std::string_view::npos);
    // Which rule a failure is told under is no matter of words.
    EXPECT_EQ(text.find("x-bearproof-rule") == std::string_view::npos,
              contract::schema_text(dialect).find("x-bearproof-rule") == std::string_view::npos);
  }
}

TEST(Programs, UnpackedTextsAreCanonical) {
  for (const Dialect dialect : with_schema()) {
    const std::string_view text = contract::stripped_schema_text(dialect);
    json::Reader reader;
    const json::Document* document = reader.read(text);
    ASSERT_NE(document, nullptr) << info_of(dialect).schema;
    EXPECT_EQ(json::canonical(*document).value_or(""), text) << info_of(dialect).schema;
    EXPECT_TRUE(document->root().find("$id").equals(contract::schema_uri(dialect)));
  }
}

TEST(Programs, RulesetIsADigest) {
  const std::string_view ruleset = contract::ruleset();
  ASSERT_EQ(ruleset.size(), 71u);
  EXPECT_TRUE(ruleset.starts_with("sha256:"));
  EXPECT_EQ(ruleset.substr(7).find_first_not_of("0123456789abcdef"), std::string_view::npos);
}

TEST(Programs, DigestCoversEverySchema) {
  std::map<std::string_view, std::string> by_uri;
  for (const contract::EmbeddedSchema& schema : contract::embedded_schemas()) {
    by_uri[schema.uri] = contract::unpack(schema.packed);
  }
  std::string text;
  for (const auto& [uri, stripped] : by_uri) text.append(stripped).append("\n");
  EXPECT_EQ(json::sha256_text(text), "sha256:" + std::string(contract::embedded_schemas_digest()));
}

#if !defined(__EMSCRIPTEN__)
TEST(Programs, MayBeAskedForByManyThreadsAtOnce) {
  std::vector<const schema::Program*> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    threads.emplace_back([&, i] { seen[i] = contract::program_of(Dialect::browser_receipt_bearbrowser_v1); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const schema::Program* program : seen) EXPECT_EQ(program, seen[0]);
}
#endif

TEST(KeyMap, FindsItsKeysAndNothingElse) {
  constexpr contract::KeyMap<6> map(
      std::array<std::string_view, 6>{"v", "id", "type", "kind", "schema", "schemaVersion"});
  for (std::size_t i = 0; i < map.size(); ++i) {
    EXPECT_EQ(map.find(map[i]), static_cast<int>(i));
    std::string other(map[i]);
    other.back() = static_cast<char>(other.back() ^ 1);
    EXPECT_EQ(map.find(other), -1) << other;
    EXPECT_EQ(map.find(std::string(map[i]) + "x"), -1);
    EXPECT_EQ(map.find(map[i].substr(1)), -1);
  }
  EXPECT_EQ(map.find(""), -1);
}

TEST(Quote, CutsAtCodePointsAndEscapes) {
  EXPECT_EQ(contract::quoted("abc"), "\"abc\"");
  EXPECT_EQ(contract::quoted("a\n\"b"), "\"a\\n\\\"b\"");
  EXPECT_EQ(contract::quoted("aé", 2), "\"a…\"") << "é is two bytes and does not fit";
  EXPECT_EQ(contract::quoted("aé", 3), "\"aé\"");
  EXPECT_EQ(contract::quoted("🐻", 3), "\"…\"");
}

}  // namespace
}  // namespace bearproof
