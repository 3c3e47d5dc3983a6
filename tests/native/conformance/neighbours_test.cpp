// The same document, written in another way, comes to the same: members in another order, letters escaped, clocks of
// other time zones, more white space.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"
#include "rewriter.h"
#include "rule_files.h"

namespace bearproof {
namespace {

/// Kind, verdict and findings, sorted.
std::vector<std::string> outcome(std::string_view text) {
  Validator validator(CheckOptions{});
  const report::DocumentReport report = validator.check("document.json", text);
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : report.findings) {
    lines.push_back(std::string(info_of(finding.rule_case).id) + " at " + finding.pointer.value_or("nowhere"));
  }
  std::sort(lines.begin(), lines.end());
  lines.insert(lines.begin(), std::string(report::name_of(report.verdict)));
  if (report.dialect != Dialect::none) lines.insert(lines.begin(), std::string(info_of(report.dialect).kind));
  return lines;
}

/// Examples, and the fixtures of the families that are kinds of contract.
std::vector<std::string> documents() {
  std::set<std::string> families;
  for (const DialectInfo& info : dialect_table()) families.emplace(info.family);
  std::vector<std::string> paths;
  for (const std::string& family : families) {
    for (const std::string& folder :
         {"schemas/" + family + "/examples", "conformance/" + family + "/good", "conformance/" + family + "/bad"}) {
      for (std::string& path : test::files_below(test::source_path(folder), ".json")) paths.push_back(std::move(path));
    }
  }
  return paths;
}

void comes_to_the_same(const test::Manner& manner) {
  std::size_t compared = 0;
  for (const std::string& path : documents()) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    if (document == nullptr || document->has_duplicates) continue;
    const std::string other = test::rewritten(document->root(), manner);
    EXPECT_EQ(outcome(other), outcome(*text)) << path << "\n" << other;
    ++compared;
  }
  EXPECT_GE(compared, 100u);
}

/// The members that the schema of a dialect requires at the top level.
std::set<std::string> required_by(Dialect dialect) {
  std::set<std::string> names;
  const auto text = test::read_file(test::source_path("schemas/" + std::string(info_of(dialect).schema)));
  json::Reader reader;
  const json::Document* schema = text ? reader.read(*text) : nullptr;
  const json::Value required = schema != nullptr ? schema->root().find("required") : json::Value();
  if (!required) return names;
  std::string scratch;
  for (const json::Value name : required.items()) names.emplace(name.string(scratch));
  return names;
}

/// An object with one member left out, or null.
std::string without(json::Value object, json::Value key, bool null) {
  const auto written = [](json::Value value) {
    const json::Value::Span span = value.span();
    return value.document().text.substr(span.begin, span.end - span.begin);
  };
  std::string text;
  for (const json::Member member : object.members()) {
    const bool is_it = member.key.index() == key.index();
    if (is_it && !null) continue;
    text.append(text.empty() ? "{" : ",").append(written(member.key)).append(":");
    text.append(is_it ? std::string_view("null") : written(member.value));
  }
  return (text.empty() ? "{" : text) + "}";
}

/// Whether a finding is about a member: it points there, or it or its rule names it.
bool is_about(const report::LocatedFinding& finding, const std::string& name) {
  const std::string& condition = test::conditions().at(finding.rule_case);
  const auto names = [&](std::string_view text) { return text.find(name) != std::string_view::npos; };
  return names(finding.pointer.value_or("")) || names(finding.message) || names(finding.help) || names(condition);
}

/// What an example lacks, or says nothing of, raises errors about that only.
void speaks_of_it_alone(bool null) {
  std::size_t tried = 0;
  Validator validator(CheckOptions{});
  for (const std::string& path : documents()) {
    if (path.find("/examples/") == std::string::npos) continue;
    const std::string text = test::read_file(path).value_or("");
    json::Reader reader;
    const json::Document* document = reader.read(text);
    ASSERT_NE(document, nullptr) << path;
    const Dialect dialect = validator.check("document.json", text).dialect;
    ASSERT_NE(dialect, Dialect::none) << path;
    const std::set<std::string> required = required_by(dialect);
    std::string scratch;
    for (const json::Member member : document->root().members()) {
      const std::string name(member.key.string(scratch));
      if (required.contains(name)) continue;
      const report::DocumentReport report =
          validator.check("document.json", without(document->root(), member.key, null));
      if (report.dialect != dialect) continue;  // it told the kind
      ++tried;
      for (const report::LocatedFinding& finding : report.findings) {
        if (finding.severity < Severity::error || is_about(finding, name)) continue;
        ADD_FAILURE() << path << " without " << name << ": " << info_of(finding.rule_case).id << " at "
                      << finding.pointer.value_or("nowhere") << ": " << finding.message;
      }
    }
  }
  EXPECT_GE(tried, 100u);
}

TEST(Neighbours, OptionalMembersLeftOut) { speaks_of_it_alone(false); }
TEST(Neighbours, OptionalMembersNull) { speaks_of_it_alone(true); }

TEST(Neighbours, MembersInAnotherOrder) { comes_to_the_same({.reversed = true, .string = {}}); }
TEST(Neighbours, LettersEscaped) { comes_to_the_same({.escaped = true, .string = {}}); }
TEST(Neighbours, OffsetsInsteadOfZ) {
  comes_to_the_same({.string = [](std::string_view text) { return test::in_zone(text, 0); }});
}
TEST(Neighbours, OtherTimeZones) {
  comes_to_the_same({.string = [](std::string_view text) { return test::in_zone(text, 330); }});
}
TEST(Neighbours, OneTimeZoneForEachClock) {
  int clocks = 0;
  comes_to_the_same({.string = [&](std::string_view text) {
    constexpr int minutes[] = {-570, 0, 765};
    return test::in_zone(text, minutes[clocks++ % 3]);
  }});
}
TEST(Neighbours, OtherWhiteSpace) { comes_to_the_same({.spaced = true, .string = {}}); }

}  // namespace
}  // namespace bearproof
