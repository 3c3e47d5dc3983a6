#include <algorithm>

#include "bearproof/json/canonical.h"
#include "bearproof/json/quotation.h"

#include "subject.h"

namespace bearproof {
namespace {

using report::DocumentReport;
using report::LocatedFinding;
using report::Verdict;
using test::TestSubject;

std::vector<std::string> ids(const DocumentReport& report) {
  std::vector<std::string> out;
  for (const LocatedFinding& finding : report.findings) out.emplace_back(info_of(finding.rule_case).id);
  return out;
}

std::string place(const report::Range& range) {
  const auto spelled = [](const json::Position& at) {
    return std::to_string(at.offset) + "/" + std::to_string(at.line) + ":" + std::to_string(at.column) + "/" +
           std::to_string(at.utf16);
  };
  return spelled(range.start) + "-" + spelled(range.end);
}

TEST(ReportBuild, FillsInWhatTheRuleLeftToTheCatalogue) {
  TestSubject subject(R"({"a":1})");
  subject.raise(Rule::browser_owner_missing, "");
  Finding* own = subject.raise(Rule::browser_policy_missing, "/a", "my message");
  own->help = "my help";
  const DocumentReport report = subject.build();
  ASSERT_EQ(ids(report), (std::vector<std::string>{"browser.owner.missing", "browser.policy.missing"}));
  EXPECT_EQ(report.findings[0].message, info_of(Rule::browser_owner_missing).message);
  EXPECT_EQ(report.findings[0].help, info_of(Rule::browser_owner_missing).help);
  EXPECT_EQ(report.findings[0].pointer, "");
  EXPECT_EQ(report.findings[1].message, "my message");
  EXPECT_EQ(report.findings[1].help, "my help");
  EXPECT_EQ(report.findings[1].pointer, "/a");
}

TEST(ReportBuild, RangesCountBytesCodePointsAndUtf16) {
  // A byte order mark, an astral character, a combining one, and all three line ends before the value.
  TestSubject subject(
      "\xEF\xBB\xBF{\"k\":\"\xF0\x9F\x90\xBB e\xCC\x81\",\r\n\"b\":\"\xF0\x9F\x90\xBB\",\r\"c\":[true]}\n");
  subject.raise(Rule::schema_shape, "/k");
  subject.raise(Rule::schema_shape, "/b");
  subject.raise(Rule::schema_shape, "/c/0");
  const DocumentReport report = subject.build();
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(place(*report.findings[0].range), "8/1:7/6-18/1:13/13");
  EXPECT_EQ(place(*report.findings[1].range), "25/2:5/20-31/2:8/24");
  EXPECT_EQ(place(*report.findings[2].range), "38/3:6/31-42/3:10/35");
  EXPECT_EQ(report.findings[2].pointer, "/c/0");
}

TEST(ReportBuild, AKeyAtFaultIsCoveredWithItsQuotes) {
  TestSubject subject(R"({"a":{"typ~o/":1}})");
  subject.raise_at(Rule::schema_shape, Place::key(subject.node("/a/typ~0o~1") - 1));
  const DocumentReport report = subject.build();
  EXPECT_EQ(place(*report.findings[0].range), "6/1:7/6-14/1:15/14");
  EXPECT_EQ(report.findings[0].pointer, "/a/typ~0o~1");
}

TEST(ReportBuild, LinesOfNdjsonStandWhereTheyStandInTheirFile) {
  TestSubject subject(R"({"a":1})");
  subject.line = 7;
  subject.origin = {1000, 7, 1, 900};
  subject.raise(Rule::schema_shape, "/a");
  const DocumentReport report = subject.build();
  EXPECT_EQ(place(*report.findings[0].range), "1005/7:6/905-1006/7:7/906");
}

TEST(ReportBuild, OrdersByPlaceThenRule) {
  TestSubject subject(R"({"a":1,"b":2})");
  subject.raise(Rule::schema_shape, "/b");
  subject.raise(Rule::schema_shape, "/a");
  subject.raise(Rule::browser_owner_missing, "/b");
  subject.raise(Rule::browser_policy_missing, "");
  EXPECT_EQ(ids(subject.build()), (std::vector<std::string>{"browser.policy.missing", "schema.shape",
                                                            "browser.owner.missing", "schema.shape"}));
}

TEST(ReportBuild, OneFaultIsToldOnce) {
  TestSubject subject(R"({"a":1,"b":2})");
  subject.raise(Rule::schema_shape, "/a", "same");
  subject.raise(Rule::schema_shape, "/a", "same");
  subject.raise(Rule::schema_shape, "/a", "another");
  subject.raise(Rule::schema_shape, "/b", "same");
  EXPECT_EQ(subject.build().findings.size(), 3u);
}

TEST(ReportBuild, ACaseAndItsRuleAreOneRule) {
  TestSubject subject("{}");
  subject.raise(Rule::browser_evidence_missing, "", "same");
  subject.raise(Rule::browser_evidence_missing_open, "", "same");
  EXPECT_EQ(subject.build().findings.size(), 1u);
}

TEST(ReportBuild, TheBetterFindingSilencesTheOther) {
  TestSubject subject(R"({"a":"x","b":"y"})");
  subject.raise(Rule::capability_enabled_unnegotiated, "/a");
  subject.raise(Rule::capability_declared_only, "/b");
  EXPECT_EQ(ids(subject.build()), std::vector<std::string>{"capability.declared-only"});
}

TEST(ReportBuild, SomeSilenceOnlyWhatStandsAtTheirPlace) {
  TestSubject subject(R"({"a":"x","b":"y"})");
  subject.raise(Rule::format_urn_placeholder, "/a");
  subject.raise(Rule::format_urn_placeholder, "/b");
  subject.raise(Rule::format_urn_prefix, "/a");
  EXPECT_EQ(ids(subject.build()), (std::vector<std::string>{"format.urn.prefix", "format.urn.placeholder"}));
}

TEST(ReportBuild, WhatIsSilencedStillSilences) {
  TestSubject subject(R"({"a":"x"})");
  subject.raise(Rule::format_urn_placeholder, "/a");
  subject.raise(Rule::format_urn_prefix, "/a");
  subject.raise(Rule::browser_owner_missing, "/a");
  EXPECT_EQ(ids(subject.build()), std::vector<std::string>{"browser.owner.missing"});
}

TEST(ReportBuild, AMilderFindingSilencesNoGraverOne) {
  TestSubject subject(R"({"a":"x"})");
  subject.set_severity(Rule::browser_owner_missing, Severity::notice);
  subject.raise(Rule::format_urn_prefix, "/a");
  subject.raise(Rule::browser_owner_missing, "/a");
  const DocumentReport report = subject.build();
  EXPECT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.verdict, Verdict::invalid);
}

TEST(ReportBuild, SecretsAppearInNoTextOfTheDocument) {
  TestSubject subject(R"({"token":"hunter\u0032-value","note":"x"})");
  subject.raise_at(Rule::doc_secret_present, Place::key(subject.node("/token") - 1));
  Finding* shape = subject.raise(Rule::schema_shape, "/token", Message::of(quote("hunter2-value"), " does not match"));
  shape->help << "Not " << show_bare("hunter2-value") << '.';
  shape->fix = Fix{Fix::Safety::unsafe, "Remove it", R"([{"op":"test","path":"/token","value":"hunter2-value"}])"};
  shape->related.push_back(
      {0, Place::value(subject.node("/note")), Message::of("like ", quote(R"(hunter\u0032-value)"))});
  const DocumentReport report = subject.build();
  const std::string json = to_json(report);
  EXPECT_EQ(json.find("hunter"), std::string::npos) << json;
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[1].message, "\"[hidden]\" does not match");
  EXPECT_FALSE(report.findings[1].fix);
  ASSERT_EQ(report.hidden.size(), 1u);
  const auto begin = static_cast<std::size_t>(report.hidden[0].begin);
  const auto end = static_cast<std::size_t>(report.hidden[0].end);
  EXPECT_EQ(subject.text().substr(begin, end - begin), R"("hunter\u0032-value")");
}

TEST(ReportBuild, SecretsAreHiddenWhereverAQuotationIsCut) {
  // No word of the report has a Q or a Z.
  const std::string secret = "Q\"Z\nQ/Z\\Q~Z-Q\u202eZ-QZQZQZQZQZ-QZQZQZQZQZ-QZQZQZQZQZ-QZQZQZQZQZ";
  std::string text = R"({"note":1,"token":)";
  json::append_string(text, secret);
  text += '}';
  for (std::uint16_t most = 0; most < 100; ++most) {
    TestSubject subject(text);
    subject.raise(Rule::doc_secret_present, "/token");
    const json::Value token(&subject.document(), subject.node("/token"));
    for (const Quotation& quotation :
         {json::quote(token, most), json::show(token, most), json::show_bare(token, most)}) {
      subject.raise(Rule::schema_shape, "/token", Message::of(quotation, " does not match"));
    }
    for (const std::size_t before : {0u, 1u, 2u, 10u, 24u, 39u, 40u, 59u, 60u, 61u, 90u}) {
      const std::string around = std::string(before, 'x') + secret + " and more";
      for (const Quotation& quotation : {quote(around, most), show(around, most), show_bare(around, most)}) {
        subject.raise(Rule::schema_shape, "/note", Message::of(quotation, " does not match"));
      }
    }
    subject.raise(Rule::schema_shape, "/note", Message::of(json::quote_part("Q", token, most), " is a part of it"));
    const std::string json = to_json(subject.build());
    EXPECT_EQ(json.find_first_of("QZ"), std::string::npos) << most << ": " << json;
  }
}

TEST(ReportBuild, AQuotedTextKeepsWhatIsNoSecret) {
  TestSubject subject(R"({"token":"hunter2-value","note":"x","deep":{"token":["ab",17]}})");
  const auto said = [&](const Message& message) {
    subject.restart(Severity::info, 1000);
    subject.raise(Rule::doc_secret_present, "/token");
    subject.raise(Rule::doc_secret_present, "/deep/token");
    subject.raise(Rule::schema_shape, "/note", message);
    return subject.build().findings.at(1).message;
  };
  EXPECT_EQ(said(Message::of(quote("a hunter2-value b"), " and ", quote("c"))), R"("a [hidden] b" and "c")");
  EXPECT_EQ(said(Message::of(quote("hunter2-value hunter2-value"))), R"("[hidden] [hidden]")");
  // Words are our own: that a secret is one of them tells nothing.
  EXPECT_EQ(said(Message("hunter2-value is a word")), "hunter2-value is a word");
  // Nodes are hidden however short they are, texts that are so short might be any.
  const json::Document& document = subject.document();
  EXPECT_EQ(said(Message::of(json::quote({&document, subject.node("/deep/token/0")}))), R"("[hidden]")");
  EXPECT_EQ(said(Message::of(json::show({&document, subject.node("/deep/token/1")}))), "[hidden]");
  EXPECT_EQ(said(Message::of(json::quote({&document, subject.node("/deep/token")}))), "an array");
  EXPECT_EQ(said(Message::of(quote("ab"))), R"("ab")");
}

TEST(ReportBuild, SecretsInKeysAndPointersAreHidden) {
  TestSubject subject(R"({"token":{"open/se~same\"1":1},"open/se~same\"1":2})");
  subject.raise(Rule::doc_secret_present, "/token");
  const NodeIndex key = subject.node("/open~1se~0same\"1") - 1;
  Finding* unexpected = subject.raise_at(Rule::schema_shape, Place::key(key),
                                         Message::of("unexpected member ", json::show({&subject.document(), key})));
  unexpected->fix = Fix{Fix::Safety::unsafe, "remove it", R"([{"op":"remove","path":"/open~1se~0same\u00221"}])"};
  Finding* other = subject.raise(Rule::browser_owner_missing, "");
  other->fix = Fix{Fix::Safety::unsafe, Message::of("remove ", json::show({&subject.document(), key})),
                   R"([{"op":"remove","path":"/a"}])"};
  const DocumentReport report = subject.build();
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.findings[2].message, R"(unexpected member "[hidden]")");
  for (const LocatedFinding& finding : report.findings) EXPECT_FALSE(finding.fix) << finding.fix->title;
}

TEST(ReportBuild, OfMoreSecretsThanAnyoneLooksForNothingIsQuoted) {
  std::string list;
  for (int i = 0; i < 100'000; ++i) list += "\"value-" + std::to_string(i) + "\",";
  TestSubject subject("{\"token\":[" + list + "\"hunter2-value\"],\"note\":\"x\"}");
  subject.raise(Rule::doc_secret_present, "/token");
  Finding* shape = subject.raise(Rule::schema_shape, "/note", Message::of(quote("hunter2-value"), " does not match"));
  shape->help << "Not " << show_bare("hunter2-value") << '.';
  shape->related.push_back({0, Place::value(0), Message::of("like ", quote("hunter2-value"))});
  const DocumentReport report = subject.build();
  EXPECT_EQ(to_json(report).find("hunter"), std::string::npos);
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[1].message, info_of(Rule::schema_shape).message);
}

TEST(ReportBuild, FindingsBeyondTheLimitAreCountedAndStillDecide) {
  TestSubject subject(R"([1,2,3,4])");
  subject.restart(Severity::info, 2);
  subject.raise(Rule::browser_scope_sensitive, "/0");
  subject.raise(Rule::browser_scope_sensitive, "/1");
  subject.raise(Rule::browser_scope_sensitive, "/2");
  subject.raise(Rule::browser_owner_missing, "/3");
  const DocumentReport report = subject.build();
  ASSERT_EQ(ids(report),
            (std::vector<std::string>{"browser.scope.sensitive", "browser.scope.sensitive", "limit.findings"}));
  EXPECT_EQ(report.findings[2].message, "2 more findings were left out");
  EXPECT_EQ(report.findings[2].severity, Severity::notice);
  EXPECT_FALSE(report.findings[2].range);
  EXPECT_EQ(report.verdict, Verdict::invalid) << "an error that is not listed is an error";
  EXPECT_FALSE(report.may_show_source);
}

TEST(ReportBuild, AtTheLimitNothingIsLeftOut) {
  TestSubject subject(R"([1,2])");
  subject.restart(Severity::info, 2);
  subject.raise(Rule::browser_scope_sensitive, "/0");
  subject.raise(Rule::browser_scope_sensitive, "/1");
  const DocumentReport report = subject.build();
  EXPECT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.verdict, Verdict::valid);
  EXPECT_TRUE(report.may_show_source);
}

TEST(ReportBuild, TextThatIsNoDocumentHasAPlaceAndNoPointer) {
  TestSubject subject("{\"a\":1,\n x}");
  ASSERT_FALSE(subject.readable());
  subject.raise_at(subject.fault().rule, Place::bytes(subject.fault().begin, subject.fault().end),
                   words(subject.fault().message));
  subject.dialect = Dialect::none;
  const DocumentReport report = subject.build();
  ASSERT_EQ(ids(report), std::vector<std::string>{"parse.text.invalid"});
  EXPECT_FALSE(report.findings[0].pointer);
  EXPECT_EQ(report.findings[0].range->start.line, 2u);
  EXPECT_EQ(report.findings[0].range->start.column, 2u);
  EXPECT_EQ(report.verdict, Verdict::unreadable);
}

TEST(ReportBuild, SpansPastTheEndMeanTheEnd) {
  TestSubject subject("{}");
  subject.raise_at(Rule::schema_shape, Place::bytes(1, 99));
  subject.raise_at(Rule::browser_owner_missing, Place::bytes(50, 99));
  const DocumentReport report = subject.build();
  EXPECT_EQ(place(*report.findings[0].range), "1/1:2/1-2/1:3/2");
  EXPECT_EQ(place(*report.findings[1].range), "2/1:3/2-2/1:3/2");
}

TEST(Verdict, IsTheFirstThatFits) {
  EXPECT_EQ(report::verdict_of(false, true, false), Verdict::unreadable);
  EXPECT_EQ(report::verdict_of(false, false, true), Verdict::unreadable);
  EXPECT_EQ(report::verdict_of(true, true, false), Verdict::invalid);
  EXPECT_EQ(report::verdict_of(true, true, true), Verdict::invalid);
  EXPECT_EQ(report::verdict_of(true, false, false), Verdict::unrecognised);
  EXPECT_EQ(report::verdict_of(true, false, true), Verdict::valid);
}

}  // namespace
}  // namespace bearproof
