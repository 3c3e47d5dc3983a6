// The descriptors in core/catalogue/kinds/, from which the tables of kinds are generated: their form, and that the
// program knows what they say.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

#include "files.h"
#include "recognised.h"

namespace bearproof {
namespace {

/// A file of the checkout, read as JSON.
struct Read {
  std::string path;
  std::string text;
  json::Reader reader;
  const json::Document* document = nullptr;

  explicit Read(const std::string& from) : path(from), text(test::read_file(from).value_or("")) {
    document = reader.read(text);
    EXPECT_NE(document, nullptr) << path;
  }
  json::Value root() const { return document->root(); }
};

std::vector<std::string> descriptors() { return test::files_below(test::source_path("core/catalogue/kinds"), ".json"); }

std::string text_of(json::Value value) {
  std::string scratch;
  return value ? std::string(value.string(scratch)) : std::string();
}

std::string literal(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

/// The members of a document, and nothing else: {"type":"CapabilityLedger"}.
std::string object_of(const std::vector<std::string>& members) {
  std::string out;
  for (const std::string& member : members) out.append(out.empty() ? "{" : ",").append(member);
  return out + "}";
}

json::Value dialect_named(json::Value kind, const std::string& dialect) {
  for (const json::Value one : kind.find("dialects").items()) {
    if (text_of(one.find("dialect")) == dialect) return one;
  }
  return {};
}

using Members = std::vector<std::string>;

/// An array whose first item has members of these names.
std::string array_with(json::Value names) {
  Members members;
  for (const json::Value name : names.items()) members.push_back(literal(text_of(name)) + ":1");
  return "[" + object_of(members) + "]";
}

/// What a member that `allOf` asks for may be: one text for each value that `where` lists, else one alone.
std::vector<std::string> values_of(json::Value recognise, const std::string& name) {
  if (const json::Value item = recognise.find("firstItem"); item && item.find(name)) {
    return {array_with(item.find(name))};
  }
  const json::Value where = recognise.find("where");
  if (!where || !where.find(name)) return {"1"};
  std::vector<std::string> out;
  for (const json::Value value : where.find(name).items()) out.push_back(literal(text_of(value)));
  return out;
}

/// Every document of `some` with a member more, for each of its values.
std::vector<Members> with_member(const std::vector<Members>& some, const std::string& name,
                                 const std::vector<std::string>& values) {
  std::vector<Members> out;
  for (const Members& members : some) {
    for (const std::string& value : values) {
      out.push_back(members);
      out.back().push_back(literal(name) + ":" + value);
    }
  }
  return out;
}

/// The least documents of a dialect, by its descriptor, one for each of the ways that it allows; none where members do
/// not tell it.
std::vector<Members> least_documents(json::Value kind, json::Value dialect) {
  const json::Value recognise = dialect.find("recognise");
  if (recognise.find("fallbackOf")) return {};
  std::vector<Members> out = {{}};
  for (const char* form : {"mark", "prefix"}) {
    if (!recognise.find(form)) continue;
    for (const json::Member member : recognise.find(form).members()) {
      out = with_member(out, text_of(member.key), {literal(text_of(member.value))});
    }
  }
  if (const json::Value other = recognise.find("variantOf")) {
    out = least_documents(kind, dialect_named(kind, text_of(other)));
  }
  if (const json::Value any = recognise.find("anyOf")) {
    const std::vector<Members> before = out;
    out.clear();
    for (const json::Value name : any.items()) {
      for (Members& members : with_member(before, text_of(name), {"1"})) out.push_back(std::move(members));
    }
  }
  if (const json::Value all = recognise.find("allOf")) {
    for (const json::Value name : all.items())
      out = with_member(out, text_of(name), values_of(recognise, text_of(name)));
  }
  return out;
}

void expect_recognised(const Members& members, json::Value kind, json::Value dialect) {
  const std::string text = object_of(members);
  const test::Recognised result = test::recognise(text);
  ASSERT_NE(result.dialect, Dialect::none) << text;
  EXPECT_EQ(info_of(result.dialect).kind, text_of(kind.find("kind"))) << text;
  EXPECT_EQ(info_of(result.dialect).dialect, text_of(dialect.find("dialect"))) << text;
  if (dialect.find("schema")) {
    EXPECT_TRUE(result.findings.empty()) << text;
  } else {
    EXPECT_EQ(test::only_rule(result), "kind.unchecked") << text;
  }
  // What it must not have makes it another dialect, or nothing.
  const json::Value none = dialect.find("recognise").find("noneOf");
  if (!none) return;
  for (const json::Value member : none.items()) {
    Members more = members;
    more.push_back(literal(text_of(member)) + ":1");
    EXPECT_NE(test::recognise(object_of(more)).dialect, result.dialect) << object_of(more);
  }
}

TEST(Descriptors, FollowTheirPublishedSchema) {
  const std::string uri = "urn:bearproof:schema:published:kind";
  schema::Registry registry;
  const auto faults =
      registry.add(uri, test::read_file(test::source_path("schemas/published/kind.schema.json")).value_or(""));
  ASSERT_TRUE(faults.empty()) << json::text_of(faults.front().message, nullptr);
  const auto program = schema::compile(registry, uri, {});
  ASSERT_TRUE(program) << json::text_of(program.error().front().message, nullptr);
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  for (const std::string& path : descriptors()) {
    const Read descriptor(path);
    FindingSink sink(severities.data(), Severity::info, true, 10);
    schema::Evaluator evaluator;
    EXPECT_TRUE(evaluator.evaluate(*program, descriptor.root(), sink))
        << path << ": "
        << (sink.findings().empty() ? ""
                                    : json::text_of(sink.findings().front().message, &descriptor.root().document()));
  }
}

TEST(Descriptors, AreWhatTheProgramKnows) {
  std::size_t dialects = 0;
  for (const std::string& path : descriptors()) {
    const Read descriptor(path);
    for (const json::Value dialect : descriptor.root().find("dialects").items()) {
      ++dialects;
      const std::string name = text_of(dialect.find("dialect"));
      const auto table = dialect_table();
      std::size_t at = 0;
      while (at < table.size() &&
             (table[at].kind != text_of(descriptor.root().find("kind")) || table[at].dialect != name))
        ++at;
      ASSERT_LT(at, table.size()) << path << " " << name;
      EXPECT_EQ(table[at].family, text_of(descriptor.root().find("family"))) << path;
      EXPECT_EQ(table[at].title, text_of(dialect.find("title"))) << path;
      EXPECT_EQ(table[at].schema, text_of(dialect.find("schema"))) << path;
    }
  }
  EXPECT_EQ(dialects, dialect_table().size());
}

TEST(Descriptors, AreHowDialectsAreRecognised) {
  for (const std::string& path : descriptors()) {
    const Read descriptor(path);
    for (const json::Value dialect : descriptor.root().find("dialects").items()) {
      const std::vector<Members> documents = least_documents(descriptor.root(), dialect);
      EXPECT_EQ(documents.empty(), bool(dialect.find("recognise").find("fallbackOf"))) << path;
      for (const Members& members : documents) expect_recognised(members, descriptor.root(), dialect);
    }
  }
}

TEST(Descriptors, EveryTraitOfTheVocabularyBelongsToADialect) {
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < dialect_table().size(); ++i) all |= traits_of(static_cast<Dialect>(i));
  const Read vocabulary(test::source_path("core/catalogue/vocabulary.json"));
  std::size_t count = 0;
  for (const json::Member trait : vocabulary.root().find("traits").members()) {
    EXPECT_NE(all >> count & 1u, 0u) << text_of(trait.key);
    EXPECT_FALSE(text_of(trait.value).empty()) << text_of(trait.key);
    ++count;
  }
  EXPECT_EQ(count, static_cast<std::size_t>(Trait::count));
  EXPECT_EQ(traits_of(Dialect::none), 0u);
}

}  // namespace
}  // namespace bearproof
