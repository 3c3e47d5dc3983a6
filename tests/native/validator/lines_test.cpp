#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/position.h"
#include "bearproof/validator/validator.h"

namespace bearproof {
namespace {

using report::DocumentReport;
using report::Verdict;
using Which = Validator::Lines::Which;

constexpr std::string_view good =
    R"({"id":"urn:srcos:receipt:browser-automation:r-1","type":"BrowserAutomationReceipt","specVersion":"2.0.0",)"
    R"("sessionRef":"urn:srcos:session:s-1","ownerRef":"urn:srcos:agent-or-plugin:a-1","origin":"local",)"
    R"("transport":"cdp","permissionScope":["read_dom"],"userVisible":true,"revocable":true,)"
    R"("policyDecisionRef":"urn:srcos:decision:d-1","evidenceRefs":["urn:srcos:evidence:e-1"],)"
    R"("capturedAt":"2026-01-31T12:00:00Z"})";
constexpr std::string_view faulty = R"({"type":"BrowserAutomationReceipt"})";

struct Result {
  std::vector<DocumentReport> documents;
  report::Summary summary;
};

/// Checks a stream given in portions of `portion` bytes.
Result checked(std::string_view stream, std::size_t portion, Which which, Severity level = Severity::warning) {
  CheckOptions options;
  options.level = level;
  Validator validator(options);
  Result result;
  Validator::Lines lines(validator, "s.ndjson", which, [&](Checked& document) {
    result.summary.count(result.documents.emplace_back(document.report()));
  });
  for (std::size_t at = 0; at < stream.size(); at += portion) {
    const std::string copy(stream.substr(at, portion));  // gone after the call, as a caller's buffer may be
    lines.push(copy);
  }
  lines.finish();
  result.summary.add(lines.passed_over());
  return result;
}

std::uint64_t count(const Result& result, Verdict verdict) {
  return result.summary.verdicts[static_cast<std::size_t>(verdict)];
}

TEST(Lines, ABadLineCostsOnlyItself) {
  const std::string line(good);
  for (std::size_t bad = 0; bad < 5; ++bad) {
    for (const std::string_view fault : {"{\"a\":", "}", "nonsense", "{} {}", "{\"a\":\"\xff\"}", "\"open"}) {
      std::string stream;
      for (std::size_t i = 0; i < 5; ++i) stream.append(i == bad ? fault : line).append(i == 4 ? "" : "\n");
      const Result result = checked(stream, 1 << 20, Which::with_findings);
      ASSERT_EQ(result.documents.size(), 1u) << fault << " as line " << bad + 1;
      EXPECT_EQ(result.documents[0].line, bad + 1);
      EXPECT_EQ(result.documents[0].verdict, Verdict::unreadable);
      EXPECT_EQ(result.documents[0].findings.size(), 1u);
      EXPECT_EQ(result.summary.documents, 5u);
      EXPECT_EQ(count(result, Verdict::valid), 4u);
    }
  }
}

TEST(Lines, BlankLinesCountAsLinesAndNotAsDocuments) {
  const std::string stream = "\n  \r\n" + std::string(good) + "\r\n\n\t\n" + std::string(faulty) + "\r\n";
  const Result result = checked(stream, 1 << 20, Which::every);
  ASSERT_EQ(result.documents.size(), 2u);
  EXPECT_EQ(result.documents[0].line, 3u);
  EXPECT_EQ(result.documents[1].line, 6u);
  EXPECT_EQ(result.summary.documents, 2u);
}

TEST(Lines, AnEmptyStreamHasNoDocuments) {
  EXPECT_EQ(checked("", 1, Which::every).summary.documents, 0u);
  EXPECT_EQ(checked("\n\n", 1, Which::every).summary.documents, 0u);
}

TEST(Lines, ADocumentOverTwoLinesIsTwoFaults) {
  const Result result = checked("{\"a\":\n1}\n", 1 << 20, Which::with_findings);
  EXPECT_EQ(count(result, Verdict::unreadable), 2u);
}

TEST(Lines, OnlyWhatIsAskedForIsListedAndEverythingIsCounted) {
  const std::string stream = std::string(good) + "\n" + std::string(faulty) + "\n{\"type\":\"Teapot\"}\n";
  const Result some = checked(stream, 1 << 20, Which::with_findings, Severity::error);
  ASSERT_EQ(some.documents.size(), 1u);
  EXPECT_EQ(some.documents[0].line, 2u);
  EXPECT_EQ(count(some, Verdict::valid), 1u);
  EXPECT_EQ(count(some, Verdict::invalid), 1u);
  EXPECT_EQ(count(some, Verdict::unrecognised), 1u);
  const Result all = checked(stream, 1 << 20, Which::every, Severity::error);
  EXPECT_EQ(all.documents.size(), 3u);
  for (std::size_t i = 0; i < report::verdict_count; ++i) EXPECT_EQ(all.summary.verdicts[i], some.summary.verdicts[i]);
}

TEST(Lines, ADocumentWhoseFindingsLieBelowTheLevelIsPassedOver) {
  // Its schema fails, by a keyword whose rule is a warning.
  const std::string line =
      R"({"v":"ipc.v0","id":"01JB7M2Q000000000000000006","ts":"2026-05-06T10:15:00.006Z","type":"result",)"
      R"("replyTo":"01JB7M2Q000000000000000005","payload":{"ok":true}})"
      "\n";
  ASSERT_EQ(checked(line, 1 << 20, Which::with_findings, Severity::warning).documents.size(), 1u);
  const Result result = checked(line, 1 << 20, Which::with_findings, Severity::error);
  EXPECT_TRUE(result.documents.empty());
  EXPECT_EQ(result.summary.documents, 1u);
}

TEST(Lines, PortionsMakeNoDifference) {
  std::string stream = "\xEF\xBB\xBF" + std::string(faulty) + "\n";
  stream += "{\"n\":\"\xF0\x9F\x90\xBB\xC3\xA9\"}\r\n\n";
  stream += "{\"bad\":\"\xF0\x9F\x90\"}\n";  // a sequence that stops short
  stream += "\xE2\x82 \xFF\xC3\n";
  stream += std::string(good) + "\n" + std::string(faulty);
  std::string whole;
  for (const DocumentReport& report : checked(stream, stream.size(), Which::every).documents)
    whole += to_json(report) + "\n";
  for (const std::size_t portion : {1u, 2u, 3u, 5u, 7u, 64u, 100u, 129u}) {
    std::string text;
    for (const DocumentReport& report : checked(stream, portion, Which::every).documents)
      text += to_json(report) + "\n";
    EXPECT_EQ(text, whole) << portion;
  }
}

TEST(Lines, PositionsAreThoseOfTheFile) {
  std::string stream;
  for (int i = 0; i < 40; ++i) {
    stream +=
        i % 3 == 0 ? std::string(good) : "{\"bear\":\"\xF0\x9F\x90\xBB\xE6\x97\xA5 " + std::string(30, 'x') + "\"}";
    stream += i % 5 == 0 ? "\r\n" : "\n";
    if (i % 7 == 0) stream += std::string(faulty) + "\n";
    if (i % 11 == 0) stream += "\xFF\xF0\x9F oops\n";
  }
  const Result result = checked(stream, 97, Which::with_findings, Severity::error);
  ASSERT_FALSE(result.documents.empty());
  for (const DocumentReport& report : result.documents) {
    for (const auto& finding : report.findings) {
      json::Locator locator(stream);
      EXPECT_EQ(finding.range->start, locator.at(finding.range->start.offset)) << to_json(report);
      EXPECT_EQ(finding.range->end, locator.at(finding.range->end.offset)) << to_json(report);
      EXPECT_EQ(finding.range->start.line, *report.line);
    }
  }
}

TEST(Lines, HandOnEachDocumentWithItsText) {
  Validator validator({});
  std::vector<std::string> texts;
  Validator::Lines lines(validator, "s", Which::every, [&](const Checked& document) {
    const report::SourceText text = document.source_text();
    texts.push_back(std::to_string(text.offset) + ":" + std::string(text.text));
    ASSERT_NE(document.document, nullptr);
    EXPECT_EQ(document.document->text, text.text);
  });
  lines.push("[1]\n\n{\"a\"");
  lines.push(":1}\r\n2");
  lines.finish();
  EXPECT_EQ(texts, (std::vector<std::string>{"0:[1]", "5:{\"a\":1}", "14:2"}));
}

TEST(Lines, ALineBeyondTheLimitIsOneFinding) {
  CheckOptions options;
  ASSERT_FALSE(set_limit(options, "line", 40));
  Validator validator(options);
  std::vector<DocumentReport> documents;
  Validator::Lines lines(validator, "s", Which::with_findings,
                         [&](Checked& document) { documents.push_back(document.report()); });
  const std::string at_limit = "\"" + std::string(38, 'x') + "\"";
  for (int i = 0; i < 30; ++i) lines.push("\"" + std::string(50, 'y'));
  lines.push("\"\n" + at_limit + "\n\"x" + at_limit.substr(1) + "\n");
  lines.finish();
  ASSERT_EQ(documents.size(), 3u);
  EXPECT_EQ(documents[0].findings.at(0).rule_case, Rule::limit_line);
  EXPECT_NE(documents[1].findings.at(0).rule_case, Rule::limit_line) << "at the limit";
  EXPECT_EQ(documents[2].findings.at(0).rule_case, Rule::limit_line) << "one past it";
  EXPECT_EQ(documents[2].findings[0].range->start.line, 3u);
}

}  // namespace
}  // namespace bearproof
