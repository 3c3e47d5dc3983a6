// Every fixture of conformance/ comes to exactly what its expect.json says: the verdict, and all findings.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/contract/contract.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"
#include "bearproof/validator/validator.h"

#include "expectations.h"
#include "files.h"
#include "held_texts.h"
#include "rule_files.h"

namespace bearproof {
namespace {

using test::ExpectedFinding;
using test::Fixture;

CheckOptions options_of(const Fixture& fixture) {
  CheckOptions options;
  const auto error = parse_options(fixture.options, options);
  EXPECT_FALSE(error) << fixture.path << ": " << error.value_or("");
  return options;
}

/// Findings as lines of text, so that a difference is easy to read.
std::vector<std::string> expected_lines(const std::vector<ExpectedFinding>& findings) {
  std::vector<std::string> lines;
  for (const ExpectedFinding& finding : findings) {
    std::string line = finding.rule + " " + finding.severity;
    if (finding.pointer) line += " at \"" + *finding.pointer + "\"";
    if (finding.line != 0) line += " " + std::to_string(finding.line) + ":" + std::to_string(finding.column);
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The same of what was found; positions only where they are expected of that rule.
std::vector<std::string> found_lines(const report::DocumentReport& report,
                                     const std::vector<ExpectedFinding>& expected) {
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : report.findings) {
    const RuleInfo& info = info_of(finding.rule_case);
    std::string line = std::string(info.id) + " " + std::string(name_of(finding.severity));
    if (finding.pointer) line += " at \"" + *finding.pointer + "\"";
    const bool placed = std::any_of(expected.begin(), expected.end(),
                                    [&](const auto& one) { return one.rule == info.id && one.line != 0; });
    if (placed && finding.range) {
      line += " " + std::to_string(finding.range->start.line) + ":" + std::to_string(finding.range->start.column);
    }
    EXPECT_FALSE(finding.message.empty()) << info.id;
    EXPECT_FALSE(finding.help.empty()) << info.id;
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> fault_lines(const std::vector<schema::SchemaFault>& faults) {
  std::vector<std::string> lines;
  for (const schema::SchemaFault& fault : faults) {
    const RuleInfo& info = info_of(fault.rule);
    lines.push_back(std::string(info.id) + " " + std::string(name_of(info.severity)) + " at \"" + fault.pointer + "\"");
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

void check_schema(const Fixture& fixture, const std::string& text) {
  constexpr std::string_view uri = "urn:example:schema";
  schema::Registry registry;
  std::vector<schema::SchemaFault> faults = registry.add(uri, text);
  if (faults.empty()) {
    auto program = schema::compile(registry, uri, {});
    faults = program ? program->warnings() : program.error();
  }
  if (fixture.profile == "strong") {
    for (schema::SchemaFault& fault : schema::lint(registry, uri)) faults.push_back(std::move(fault));
  }
  EXPECT_EQ(fault_lines(faults), expected_lines(fixture.findings)) << fixture.path;
}

void check_canonical(const Fixture& fixture, const std::string& text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  ASSERT_NE(document, nullptr) << fixture.path;
  const auto canonical = json::canonical(*document);
  std::vector<std::string> lines;
  if (!canonical) {
    const RuleInfo& info = info_of(canonical.error().rule);
    lines.push_back(std::string(info.id) + " " + std::string(name_of(info.severity)));
  }
  EXPECT_EQ(lines, expected_lines(fixture.findings)) << fixture.path;
}

void check_lines(const Fixture& fixture, const std::string& text) {
  // The answer does not depend on the portions in which the bytes come.
  for (const std::size_t portion : {text.size() + 1, std::size_t{1}, std::size_t{7}}) {
    Validator validator(options_of(fixture));
    std::vector<report::DocumentReport> reports;
    Validator::Lines lines(validator, fixture.name, Validator::Lines::Which::every,
                           [&](Checked& checked) { reports.push_back(checked.report()); });
    for (std::size_t at = 0; at < text.size(); at += portion) lines.push(std::string_view(text).substr(at, portion));
    lines.finish();
    ASSERT_EQ(reports.size(), fixture.lines.size()) << fixture.path;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      const test::ExpectedLine& expected = fixture.lines[i];
      EXPECT_EQ(reports[i].line.value_or(0), expected.line) << fixture.path;
      EXPECT_EQ(report::name_of(reports[i].verdict), expected.verdict) << fixture.path << " line " << expected.line;
      EXPECT_EQ(found_lines(reports[i], expected.findings), expected_lines(expected.findings))
          << fixture.path << " line " << expected.line;
    }
  }
}

void check_document(const Fixture& fixture, const std::string& text) {
  Validator validator(options_of(fixture));
  const report::DocumentReport report = validator.check(fixture.name, text);
  EXPECT_EQ(report::name_of(report.verdict), fixture.verdict) << fixture.path;
  EXPECT_EQ(found_lines(report, fixture.findings), expected_lines(fixture.findings)) << fixture.path;
}

/// A folder, whose documents are taken in the order of their names, or the lines of an NDJSON file.
void check_collection(const Fixture& fixture) {
  Validator validator(options_of(fixture));
  Collection together(validator.options());
  test::HeldTexts held;
  const auto alone_is_fine = [&](const report::DocumentReport& report) {
    for (const report::LocatedFinding& finding : report.findings) {
      const std::string_view rule = info_of(finding.rule_case).id;
      if (rule == "kind.unchecked") continue;
      EXPECT_LT(finding.severity, Severity::warning) << report.source << ": " << rule << ": " << finding.message;
    }
    EXPECT_NE(report.dialect, Dialect::none) << report.source;
  };
  if (fixture.name.ends_with(".ndjson")) {
    const std::string text = test::read_file(fixture.path).value_or("");
    Validator::Lines lines(validator, fixture.name, Validator::Lines::Which::every,
                           [&](Checked& checked) { alone_is_fine(checked.report()); });
    lines.collect(together);
    lines.push(text);
    lines.finish();
    for (std::size_t i = 0; i < together.index().size(); ++i) {
      const collection::Record& record = together.index()[static_cast<std::uint32_t>(i)];
      held.texts.push_back(text.substr(record.offset, record.size));
    }
  } else {
    for (const std::string& path : test::files_below(fixture.path, ".json")) {
      const std::string text = test::read_file(path).value_or("");
      validator.check(path.substr(fixture.path.size() + 1), text, [&](Checked& checked) {
        alone_is_fine(checked.report());
        ASSERT_NE(checked.document, nullptr) << path;
        together.add(checked);
      });
      held.texts.push_back(text);
    }
  }
  EXPECT_GT(held.texts.size(), 0u) << fixture.path;
  std::vector<std::string> expected;
  for (const ExpectedFinding& finding : fixture.findings) {
    std::string line = finding.rule + " " + finding.severity + " " + finding.source + finding.pointer.value_or("");
    for (const std::string& other : finding.related) line += " also " + other;
    expected.push_back(line);
  }
  std::vector<std::string> found;
  for (const report::LocatedFinding& finding : together.link(held)) {
    const bool is_line = fixture.name.ends_with(".ndjson");
    const auto where = [&](const std::string& source, const std::optional<report::Range>& range) {
      EXPECT_TRUE(range) << fixture.path;
      return is_line && range ? std::to_string(range->start.line) : source;
    };
    std::string line = std::string(info_of(finding.rule_case).id) + " " + std::string(name_of(finding.severity)) + " " +
                       where(finding.source, finding.range) + finding.pointer.value_or("");
    for (const report::LocatedRelated& other : finding.related) {
      line += " also " + where(other.source, other.range) + other.pointer;
    }
    EXPECT_FALSE(finding.message.empty()) << line;
    EXPECT_FALSE(finding.help.empty()) << line;
    found.push_back(line);
  }
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, expected) << fixture.path;
}

/// Rules that only `store`, `graph`, `release` and `sessions` raise: tests of those commands show them.
bool is_of_a_command(std::string_view rule) {
  return rule == "store.empty" || rule == "store.digest" || rule == "store.append-only" ||
         rule == "store.line.invalid" || rule == "store.event.invalid" || rule == "service.graph.empty" ||
         rule == "browser.session.denied" || rule == "browser.session.orphaned" ||
         rule == "browser.session.earlier-refused";
}

std::string severity_of(const Fixture& fixture) {
  std::string worst;
  const auto look = [&](const std::vector<ExpectedFinding>& findings) {
    for (const ExpectedFinding& finding : findings) {
      if (finding.severity == "error" || (finding.severity == "warning" && worst != "error")) worst = finding.severity;
    }
  };
  look(fixture.findings);
  for (const test::ExpectedLine& line : fixture.lines) look(line.findings);
  return worst;
}

TEST(Conformance, EveryFixtureComesToWhatIsExpectedOfIt) {
  for (const Fixture& fixture : test::all_fixtures()) {
    if (fixture.family == "collection" && fixture.verdict != "unlisted") {
      check_collection(fixture);
      continue;
    }
    const auto text = test::read_file(fixture.path);
    if (!text) {
      ADD_FAILURE() << fixture.path << " is expected and not there";
    } else if (fixture.verdict == "unlisted") {
      ADD_FAILURE() << fixture.path << " is in no expect.json";
    } else if (fixture.family == "schema") {
      check_schema(fixture, *text);
    } else if (fixture.family == "canon") {
      check_canonical(fixture, *text);
    } else if (fixture.name.ends_with(".ndjson")) {
      check_lines(fixture, *text);
    } else {
      check_document(fixture, *text);
    }
  }
}

TEST(Conformance, GoodFixturesRaiseNoErrorOrWarningAndBadOnesDo) {
  for (const Fixture& fixture : test::all_fixtures()) {
    if (fixture.name.starts_with("good/")) {
      EXPECT_EQ(severity_of(fixture), "") << fixture.path;
    } else if (fixture.name.starts_with("bad/")) {
      if (fixture.family == "collection") {
        EXPECT_FALSE(fixture.findings.empty()) << fixture.path;
      } else {
        EXPECT_NE(severity_of(fixture), "") << fixture.path;
      }
      EXPECT_TRUE(fixture.shows.empty()) << fixture.path << ": only a good fixture shows what is not raised";
    } else if (fixture.verdict != "unlisted") {
      ADD_FAILURE() << fixture.path << " stands neither in good/ nor in bad/";
    }
  }
}

TEST(Conformance, EveryCaseOfEveryRuleIsRaisedByAFixture) {
  std::set<std::string> raised;
  const auto note = [&](const std::vector<ExpectedFinding>& findings) {
    for (const ExpectedFinding& finding : findings) {
      EXPECT_TRUE(rule_from(finding.rule)) << finding.rule << " is no rule";
      raised.insert(finding.rule + " " + finding.severity);
    }
  };
  for (const Fixture& fixture : test::all_fixtures()) {
    note(fixture.findings);
    for (const test::ExpectedLine& line : fixture.lines) note(line.findings);
  }
  for (const RuleInfo& rule : rule_table()) {
    // No document leads there: the state that it tells of should not exist.
    if (rule.id == "engine.failed" || is_of_a_command(rule.id)) continue;
    EXPECT_TRUE(raised.contains(std::string(rule.id) + " " + std::string(name_of(rule.severity))))
        << "no fixture raises " << rule.id << " as " << name_of(rule.severity);
  }
}

TEST(Conformance, EveryRuleHasAGoodFixtureThatDoesNotRaiseIt) {
  std::set<std::string> shown;
  for (const Fixture& fixture : test::all_fixtures()) {
    for (const std::string& rule : fixture.shows) {
      EXPECT_TRUE(rule_from(rule)) << fixture.path << " shows " << rule << ", which is no rule";
      const bool raises = std::any_of(fixture.findings.begin(), fixture.findings.end(),
                                      [&](const auto& finding) { return finding.rule == rule; });
      EXPECT_FALSE(raises) << fixture.path << " raises " << rule << " itself";
      shown.insert(rule);
    }
  }
  // An example of a rule is known not to raise it (rule_files_test.cpp).
  for (const test::RuleExample& example : test::rule_examples()) {
    if (!example.is_bad) shown.emplace(info_of(example.rule).id);
  }
  for (const RuleInfo& rule : rule_table()) {
    if (rule.id == "engine.failed" || is_of_a_command(rule.id)) continue;
    EXPECT_TRUE(shown.contains(std::string(rule.id))) << "no good fixture shows " << rule.id;
  }
}

std::string name_of(Dialect dialect) {
  return std::string(info_of(dialect).kind) + " " + std::string(info_of(dialect).dialect);
}

TEST(Conformance, EveryExampleIsConsistent) {
  for (const std::string& path : test::files_below(test::source_path("schemas"), ".json")) {
    if (path.find("/examples/") == std::string::npos) continue;
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    Validator validator(CheckOptions{});
    const report::DocumentReport report = validator.check(path, *text);
    EXPECT_EQ(report::name_of(report.verdict), "valid") << path;
    EXPECT_NE(report.dialect, Dialect::none) << path;
    for (const report::LocatedFinding& finding : report.findings) {
      EXPECT_LT(finding.severity, Severity::warning) << path << ": " << finding.message;
    }
  }
}

TEST(Conformance, EveryDialectHasAGoodFixtureOrAnExample) {
  std::set<std::string> seen;
  Validator validator(CheckOptions{});
  for (const char* root : {"schemas", "conformance"}) {
    for (const std::string& path : test::files_below(test::source_path(root), ".json")) {
      if (path.find("/examples/") == std::string::npos && path.find("/good/") == std::string::npos) continue;
      const Dialect dialect = validator.check(path, test::read_file(path).value_or("")).dialect;
      if (dialect != Dialect::none) seen.insert(name_of(dialect));
    }
  }
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    const auto dialect = static_cast<Dialect>(i);
    // An event that only the legacy schema allows is a finding by itself.
    if (dialect == Dialect::event_legacy || info_of(dialect).schema.empty()) continue;
    EXPECT_TRUE(seen.contains(name_of(dialect))) << "no example of " << name_of(dialect);
  }
}

TEST(Conformance, EveryKindHasABadFixture) {
  std::set<std::string_view> seen;
  Validator validator(CheckOptions{});
  for (const std::string& path : test::files_below(test::source_path("conformance"), ".json")) {
    if (path.find("/bad/") == std::string::npos) continue;
    const Dialect dialect = validator.check(path, test::read_file(path).value_or("")).dialect;
    if (dialect != Dialect::none) seen.insert(info_of(dialect).kind);
  }
  for (const DialectInfo& info : dialect_table()) {
    if (info.schema.empty()) continue;
    EXPECT_TRUE(seen.contains(info.kind)) << "no bad fixture of " << info.kind;
  }
}

TEST(Conformance, NothingIsLeftToDo) {
  for (const char* root : {"conformance", "schemas", "core/catalogue", "core/narrative"}) {
    for (const std::string& path : test::files_below(test::source_path(root), ".json")) {
      const std::string text = test::read_file(path).value_or("");
      EXPECT_EQ(text.find("\"TODO: "), std::string::npos) << path << ": ./dev new left words to be written";
    }
  }
}

// The acceptance sentence of sourceos-spec issue 99: "examples fail on missing policyDecisionRef, missing
// effectiveState, or ambiguous session ownership". Each example of the right kind is broken in that way, and must fail
// by that rule alone.

struct Broken {
  const char* member;
  const char* value;  ///< nullptr: the member is left out
  const char* kind;
  const char* rule;
};

/// A document with one top-level member left out, or with another value.
std::string broken(const json::Document& document, std::string_view key, const char* value) {
  std::string text = "{";
  for (const json::Member member : document.root().members()) {
    const json::Value::Span name = member.key.span();
    const json::Value::Span span = member.value.span();
    const bool is_it = member.key.equals(key);
    if (is_it && value == nullptr) continue;
    if (text.size() > 1) text += ",";
    text += document.text.substr(name.begin, name.end - name.begin);
    text += ":";
    text += is_it ? std::string(value) : std::string(document.text.substr(span.begin, span.end - span.begin));
  }
  return text + "}";
}

void examples_fail(const Broken& how) {
  int tried = 0;
  for (const std::string& path : test::files_below(test::source_path("schemas"), ".json")) {
    if (path.find("/examples/") == std::string::npos) continue;
    const auto text = test::read_file(path);
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr) << path;
    Validator validator(CheckOptions{});
    if (info_of(validator.check(path, *text).dialect).kind != how.kind) continue;
    // A foreign dialect may have no such member.
    if (!document->root().find(how.member)) continue;
    ++tried;
    const report::DocumentReport report = validator.check(path, broken(*document, how.member, how.value));
    EXPECT_EQ(report::name_of(report.verdict), "invalid") << path;
    std::vector<std::string> errors;
    for (const report::LocatedFinding& finding : report.findings) {
      if (finding.severity == Severity::error) errors.emplace_back(info_of(finding.rule_case).id);
    }
    EXPECT_EQ(errors, std::vector<std::string>{how.rule}) << path;
  }
  EXPECT_GE(tried, 3) << "too few examples of " << how.kind;
}

TEST(S002Acceptance, ExamplesFailOnMissingPolicyDecisionRef) {
  examples_fail({"policyDecisionRef", nullptr, "BrowserAutomationReceipt", "browser.policy.missing"});
  examples_fail({"policyDecisionRef", nullptr, "CapabilityLedger", "capability.policy.missing"});
}

TEST(S002Acceptance, ExamplesFailOnMissingEffectiveState) {
  examples_fail({"effectiveState", nullptr, "CapabilityLedger", "capability.state.missing"});
}

TEST(S002Acceptance, ExamplesFailOnAmbiguousSessionOwnership) {
  const char* kind = "BrowserAutomationReceipt";
  examples_fail({"ownerRef", "\"urn:srcos:agent:a urn:srcos:agent:b\"", kind, "browser.owner.ambiguous"});
  examples_fail({"ownerRef", "[\"urn:srcos:agent:a\",\"urn:srcos:agent:b\"]", kind, "browser.owner.ambiguous"});
  examples_fail({"ownerRef", "\"urn:srcos:agent-or-plugin:<id>\"", kind, "browser.owner.ambiguous"});
  examples_fail({"ownerRef", nullptr, kind, "browser.owner.missing"});
}

}  // namespace
}  // namespace bearproof
