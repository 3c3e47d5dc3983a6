#include "bearproof/validator/validator.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/canonical.h"

namespace bearproof {
namespace {

using report::DocumentReport;
using report::Verdict;

constexpr std::string_view good_receipt = R"({
  "id": "urn:srcos:receipt:browser-automation:r-1",
  "type": "BrowserAutomationReceipt",
  "specVersion": "2.0.0",
  "sessionRef": "urn:srcos:session:s-1",
  "ownerRef": "urn:srcos:agent-or-plugin:a-1",
  "origin": "local",
  "transport": "cdp",
  "permissionScope": ["read_dom"],
  "userVisible": true,
  "revocable": true,
  "policyDecisionRef": "urn:srcos:decision:d-1",
  "evidenceRefs": ["urn:srcos:evidence:e-1"],
  "capturedAt": "2026-01-31T12:00:00Z"
})";

std::vector<std::string> ids(const DocumentReport& report) {
  std::vector<std::string> out;
  for (const auto& finding : report.findings) out.emplace_back(info_of(finding.rule_case).id);
  return out;
}

std::string spelled(const DocumentReport& report) { return to_json(report); }

bool has(const DocumentReport& report, std::string_view id) {
  for (const auto& finding : report.findings) {
    if (info_of(finding.rule_case).id == id) return true;
  }
  return false;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(Validator, AFullListOfFindingsStillHidesSecrets) {
  CheckOptions options;
  options.limits.findings = 1;
  Validator validator(options);
  const std::string secret = "sk-Example0Example0Example0Example0Example0Example0Example0";
  const DocumentReport report = validator.check("r.json", replaced(good_receipt, "\"cdp\"", "\"" + secret + "\""));
  EXPECT_TRUE(has(report, "doc.secret.present")) << spelled(report);
  EXPECT_TRUE(has(report, "limit.findings")) << spelled(report);
  EXPECT_EQ(spelled(report).find(secret.substr(0, 10)), std::string::npos) << spelled(report);
}

TEST(Validator, AGoodReceiptHasNoErrors) {
  Validator validator({});
  const DocumentReport report = validator.check("r.json", good_receipt);
  EXPECT_EQ(report.verdict, Verdict::valid) << spelled(report);
  EXPECT_EQ(report.dialect, Dialect::browser_receipt_seed);
  EXPECT_EQ(report.source, "r.json");
}

TEST(Validator, AFaultIsFoundAndPlaced) {
  Validator validator({});
  const DocumentReport report =
      validator.check("r.json", replaced(good_receipt, "\"userVisible\": true", "\"userVisible\": false"));
  EXPECT_EQ(report.verdict, Verdict::invalid);
  ASSERT_TRUE(has(report, "browser.session.user-visible")) << spelled(report);
  EXPECT_EQ(report.findings[0].pointer, "/userVisible");
  EXPECT_EQ(report.findings[0].range->start.line, 10u);
  EXPECT_EQ(report.findings[0].range->start.column, 18u);
}

TEST(Validator, TextThatIsNotJsonIsUnreadable) {
  Validator validator({});
  for (const std::string_view text : {"", "{", "[1,]", "nul", "{\"a\":1} x", "\xff", "\"\\ud800\""}) {
    const DocumentReport report = validator.check("x", text);
    EXPECT_EQ(report.verdict, Verdict::unreadable) << text;
    ASSERT_EQ(report.findings.size(), 1u) << text;
    EXPECT_TRUE(ids(report)[0].starts_with("parse.")) << text;
    EXPECT_EQ(report.dialect, Dialect::none);
  }
}

TEST(Validator, AnUnknownKindIsUnrecognised) {
  Validator validator({});
  const DocumentReport report = validator.check("x", R"({"type":"Teapot"})");
  EXPECT_EQ(report.verdict, Verdict::unrecognised) << spelled(report);
  EXPECT_EQ(ids(report), std::vector<std::string>{"kind.unknown"});
  CheckOptions strict;
  strict.mode = Mode::strict;
  EXPECT_EQ(Validator(strict).check("x", R"({"type":"Teapot"})").verdict, Verdict::invalid);
}

TEST(Validator, AByteOrderMarkIsAWarning) {
  Validator validator({});
  const DocumentReport report = validator.check("x", "\xEF\xBB\xBF" + std::string(good_receipt));
  EXPECT_EQ(report.verdict, Verdict::valid) << spelled(report);
  ASSERT_TRUE(has(report, "parse.encoding.bom"));
  EXPECT_EQ(report.findings[0].range->end.offset, 3u);
  EXPECT_FALSE(report.findings[0].pointer);
}

TEST(Validator, EqualKeysAreNamedBoth) {
  Validator validator({});
  const DocumentReport report = validator.check("x", R"({"type":"Teapot","a\u0062":1,"ab":2,"ab":3})");
  EXPECT_EQ(report.verdict, Verdict::invalid);
  std::vector<report::LocatedFinding> twice;
  for (const auto& finding : report.findings) {
    if (finding.rule_case == Rule::parse_key_duplicate) twice.push_back(finding);
  }
  ASSERT_EQ(twice.size(), 2u) << spelled(report);
  EXPECT_EQ(twice[0].range->start.offset, 29u);
  EXPECT_EQ(twice[1].range->start.offset, 36u);
  for (const auto& finding : twice) {
    ASSERT_EQ(finding.related.size(), 1u);
    EXPECT_EQ(finding.related[0].range->start.offset, 17u);
    EXPECT_EQ(finding.related[0].source, "x");
  }
}

TEST(Validator, TheLevelHidesAndTheVerdictStays) {
  const std::string with_bom = "\xEF\xBB\xBF" + std::string(good_receipt);
  const std::string broken = replaced(good_receipt, "\"revocable\": true", "\"revocable\": 1");
  for (const std::string& text : {with_bom, broken, std::string(R"({"type":"Teapot"})"), std::string("{")}) {
    CheckOptions all;
    const DocumentReport everything = Validator(all).check("x", text);
    for (const Severity level : {Severity::info, Severity::notice, Severity::warning, Severity::error}) {
      CheckOptions options;
      options.level = level;
      const DocumentReport report = Validator(options).check("x", text);
      EXPECT_EQ(report.verdict, everything.verdict) << text;
      EXPECT_EQ(report.dialect, everything.dialect) << text;
      std::size_t expected = 0;
      for (const auto& finding : everything.findings) expected += finding.severity >= level ? 1 : 0;
      EXPECT_EQ(report.findings.size(), expected) << text << name_of(level);
      for (const auto& finding : report.findings) EXPECT_GE(finding.severity, level);
    }
  }
}

TEST(Validator, SeveritiesMayBeChangedAndTurnedOff) {
  const std::string text = replaced(good_receipt, "\"revocable\": true", "\"revocable\": false");
  CheckOptions options;
  ASSERT_FALSE(set_severity(options, "browser.session.revocable", "notice"));
  DocumentReport report = Validator(options).check("x", text);
  ASSERT_TRUE(has(report, "browser.session.revocable"));
  EXPECT_EQ(report.verdict, Verdict::valid) << spelled(report);
  ASSERT_FALSE(set_severity(options, "browser.session.revocable", "off"));
  report = Validator(options).check("x", text);
  EXPECT_FALSE(has(report, "browser.session.revocable"));
}

TEST(Validator, LimitsMayBeLowered) {
  CheckOptions options;
  ASSERT_FALSE(set_limit(options, "nesting", 2));
  Validator validator(options);
  EXPECT_FALSE(has(validator.check("x", "[[1]]"), "limit.nesting"));
  EXPECT_EQ(ids(validator.check("x", "[[[1]]]")), std::vector<std::string>{"limit.nesting"});
  CheckOptions few;
  ASSERT_FALSE(set_limit(few, "findings", 1));
  const DocumentReport report = Validator(few).check("x", R"({"type":"BrowserAutomationReceipt"})");
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[1].rule_case, Rule::limit_findings);
  EXPECT_EQ(report.verdict, Verdict::invalid);
}

TEST(Validator, TheDigestIsOfTheBytes) {
  CheckOptions options;
  options.digest = true;
  Validator validator(options);
  for (const std::string_view text : {good_receipt, std::string_view("{"), std::string_view(R"({"type":"Teapot"})")}) {
    EXPECT_EQ(validator.check("x", text).digest, json::sha256_text(text));
  }
  EXPECT_FALSE(Validator(CheckOptions()).check("x", good_receipt).digest);
}

TEST(Validator, DocumentsDoNotInfluenceOneAnother) {
  const std::vector<std::string> texts = {std::string(good_receipt), "{", R"({"type":"Teapot"})", "[[[[]]]]",
                                          R"({"type":"BrowserAutomationReceipt"})"};
  Validator one({});
  for (const std::string& first : texts) {
    for (const std::string& second : texts) {
      one.check("x", first);
      EXPECT_EQ(to_json(one.check("x", second)), to_json(Validator(CheckOptions()).check("x", second)));
    }
  }
}

TEST(Validator, ItsReportHoldsItsOptions) {
  CheckOptions options;
  options.mode = Mode::release;
  options.level = Severity::notice;
  options.now = "2026-01-31T12:00:00Z";
  const report::Report report = Validator(options).report();
  EXPECT_EQ(report.options.mode, Mode::release);
  EXPECT_EQ(report.options.level, Severity::notice);
  EXPECT_EQ(report.options.now, options.now);
  EXPECT_TRUE(report.options.ruleset.starts_with("sha256:"));
}

}  // namespace
}  // namespace bearproof
