// The descriptors in core/catalogue/kinds/, from which the tables of kinds are generated: their form, and that the
// program knows what they say.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

#include "files.h"

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

/// What the least document of a dialect must have, by its descriptor; {} where members do not tell it.
std::vector<std::string> least_members(json::Value kind, json::Value dialect) {
  const json::Value recognise = dialect.find("recognise");
  std::vector<std::string> out;
  for (const char* form : {"mark", "prefix"}) {
    if (!recognise.find(form)) continue;
    for (const json::Member member : recognise.find(form).members()) {
      out.push_back(literal(text_of(member.key)) + ":" + literal(text_of(member.value)));
    }
  }
  if (const json::Value other = recognise.find("variantOf")) {
    out = least_members(kind, dialect_named(kind, text_of(other)));
    if (const json::Value any = recognise.find("anyOf")) out.push_back(literal(text_of(*any.items().begin())) + ":1");
  }
  const json::Value all = recognise.find("allOf");
  if (!all) return out;
  for (const json::Value member : all.items()) {
    const std::string name = text_of(member);
    std::string value = "1";
    if (const json::Value where = recognise.find("where"); where && where.find(name)) {
      value = literal(text_of(*where.find(name).items().begin()));
    }
    if (const json::Value item = recognise.find("firstItem"); item && item.find(name)) {
      std::vector<std::string> members;
      for (const json::Value one : item.find(name).items()) members.push_back(literal(text_of(one)) + ":1");
      value = "[" + object_of(members) + "]";
    }
    out.push_back(literal(name) + ":" + value);
  }
  return out;
}

Dialect recognised(const std::string& text) {
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::info, true, 10);
  json::Reader reader;
  const json::Document* document = reader.read(text);
  return document == nullptr ? Dialect::none : contract::recognise(document->root(), sink);
}

TEST(Descriptors, FollowTheirPublishedSchema) {
  const std::string uri = "urn:bearproof:schema:published:kind";
  schema::Registry registry;
  const auto faults =
      registry.add(uri, test::read_file(test::source_path("schemas/published/kind.schema.json")).value_or(""));
  ASSERT_TRUE(faults.empty()) << faults.front().message;
  const auto program = schema::compile(registry, uri, {});
  ASSERT_TRUE(program) << program.error().front().message;
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  for (const std::string& path : descriptors()) {
    const Read descriptor(path);
    FindingSink sink(severities.data(), Severity::info, true, 10);
    schema::Evaluator evaluator;
    EXPECT_TRUE(evaluator.evaluate(*program, descriptor.root(), sink))
        << path << ": " << (sink.findings().empty() ? "" : sink.findings().front().message);
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
    const std::string kind = text_of(descriptor.root().find("kind"));
    for (const json::Value dialect : descriptor.root().find("dialects").items()) {
      const std::string name = text_of(dialect.find("dialect"));
      const std::vector<std::string> members = least_members(descriptor.root(), dialect);
      if (members.empty()) {
        EXPECT_TRUE(dialect.find("recognise").find("fallbackOf")) << path << " " << name;
        continue;
      }
      const std::string text = object_of(members);
      const Dialect found = recognised(text);
      ASSERT_NE(found, Dialect::none) << text;
      EXPECT_EQ(info_of(found).kind, kind) << text;
      EXPECT_EQ(info_of(found).dialect, name) << text;
      // What it must not have makes it another dialect, or nothing.
      const json::Value none = dialect.find("recognise").find("noneOf");
      if (!none) continue;
      for (const json::Value member : none.items()) {
        std::vector<std::string> more = members;
        more.push_back(literal(text_of(member)) + ":1");
        EXPECT_NE(recognised(object_of(more)), found) << object_of(more);
      }
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
