// Two engines over the same built-in schemas: every fixture and example, and many small changes of each, must get the
// same answer from Bearproof and from valijson.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/reader.h"
#include "bearproof/oracle/second_opinion.h"
#include "bearproof/schema/schema.h"

#include "files.h"

namespace bearproof::oracle {
namespace {

// Documents that differ from the given one in one place each: a value taken away, replaced, repeated or added.
std::vector<std::string> neighbours(const json::Document& document) {
  constexpr std::string_view replacements[] = {"null",
                                               "true",
                                               "0",
                                               "-1.5",
                                               "\"\"",
                                               "\"urn:srcos:session:x\"",
                                               "[]",
                                               "{}",
                                               "\"2026-01-31T12:00:00Z\"",
                                               "[\"read_dom\",\"read_dom\"]"};
  std::vector<std::string> out;
  const std::string_view text = document.text;
  const auto splice = [&](std::uint64_t begin, std::uint64_t end, std::string_view with) {
    out.push_back(std::string(text.substr(0, begin)).append(with).append(text.substr(end)));
  };
  for (NodeIndex node = 0; node < document.size; ++node) {
    const json::Value value(&document, node);
    const json::Value::Span span = value.span();
    const std::string_view after = text.substr(span.end);
    const std::size_t next = after.find_first_not_of(" \t\r\n");
    if (next != std::string_view::npos && after[next] == ':') {  // a key
      splice(span.begin, span.end, "\"unheard-of\"");
      continue;
    }
    for (const std::string_view replacement : replacements) splice(span.begin, span.end, replacement);
    if (value.is_string()) splice(span.end - 1, span.end - 1, "x");
    if (value.is_array() && value.size() > 0) {
      const json::Value::Span first = (*value.items().begin()).span();
      const std::string item(text.substr(first.begin, first.end - first.begin));
      splice(first.begin, first.begin, item + ",");
      splice(span.begin, span.end, "[" + item + "]");
    }
    if (value.is_object()) splice(span.begin + 1, span.begin + 1, value.size() > 0 ? "\"added\":1," : "\"added\":1");
    for (const json::Member member : value.members()) {  // take the member away, by naming it something else entirely
      const json::Value::Span key = member.key.span();
      splice(key.begin, key.end, "\"x\"");
    }
  }
  return out;
}

struct Pair {
  std::unique_ptr<schema::Program> program;
  std::unique_ptr<SecondOpinion> opinion;
  std::string refusal;
};

Pair engines_for(Dialect dialect) {
  Pair pair;
  const std::string_view text = contract::stripped_schema_text(dialect);
  auto opinion = SecondOpinion::compile(text);
  if (!opinion) {
    pair.refusal = opinion.error();
    return pair;
  }
  schema::Registry registry;
  EXPECT_TRUE(registry.add(contract::schema_uri(dialect), text).empty());
  auto program = schema::compile(registry, contract::schema_uri(dialect), {});
  EXPECT_TRUE(program) << contract::schema_uri(dialect);
  if (!program) return pair;
  pair.program = std::make_unique<schema::Program>(std::move(*program));
  pair.opinion = std::make_unique<SecondOpinion>(std::move(*opinion));
  return pair;
}

std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (const char* folder : {"schemas", "conformance"}) {
    for (const std::string& path : test::files_below(test::source_path(folder), ".json")) {
      if (path.ends_with(".schema.json")) continue;
      if (auto text = test::read_file(path)) texts.push_back(std::move(*text));
    }
  }
  return texts;
}

// Instrumented, the other engine takes minutes for all pairs: a slice of them shows as well that it keeps to its
// memory.
#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t slices = 8;
#else
constexpr std::uint64_t slices = 1;
#endif

TEST(Differential, BuiltInSchemasGetTheSameAnswerFromBothEngines) {
  const std::vector<std::string> texts = corpus();
  ASSERT_GT(texts.size(), 20U);
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);

  std::uint64_t pairs = 0;
  std::uint64_t compared = 0;
  std::uint64_t accepted = 0;
  std::uint64_t schemas = 0;
  schema::Evaluator evaluator;
  for (std::size_t d = 0; d < static_cast<std::size_t>(Dialect::count); ++d) {
    const Dialect dialect = static_cast<Dialect>(d);
    if (info_of(dialect).schema.empty()) continue;
    Pair pair = engines_for(dialect);
    if (!pair.refusal.empty()) {
      RecordProperty("refused_" + std::to_string(d), pair.refusal);
      continue;
    }
    ++schemas;
    const auto compare = [&](std::string_view text) {
      if (pairs++ % slices != 0) return;
      json::Reader reader;
      const json::Document* document = reader.read(text);
      if (document == nullptr || document->has_duplicates) return;
      FindingSink sink(severities.data(), Severity::error, false, 1);
      const bool ours = evaluator.evaluate(*pair.program, document->root(), sink);
      const bool theirs = pair.opinion->valid(*document);
      ASSERT_EQ(ours, theirs) << info_of(dialect).kind << " " << info_of(dialect).dialect << "\n" << text;
      ++compared;
      accepted += ours ? 1 : 0;
    };
    for (const std::string& text : texts) {
      json::Reader reader;
      const json::Document* document = reader.read(text);
      if (document == nullptr || !document->root().is_object()) continue;
      compare(text);
      FindingSink sink(severities.data(), Severity::error, false, 1);
      if (contract::recognise(document->root(), sink) != dialect) continue;
      for (const std::string& neighbour : neighbours(*document)) compare(neighbour);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GE(schemas, 4U) << "the built-in schemas should be within what draft 7 can express";
  EXPECT_GT(compared, 10'000U / slices);
  EXPECT_GT(accepted, compared / 100) << "neighbours should not all be refused";
  EXPECT_LT(accepted, compared) << "neighbours should not all be accepted";
}

}  // namespace
}  // namespace bearproof::oracle
