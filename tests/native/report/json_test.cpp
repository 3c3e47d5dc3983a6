#include "subject.h"

namespace bearproof {
namespace {

using report::Report;
using test::TestSubject;

Report report_of(TestSubject& subject) {
  Report report;
  report.options.ruleset = "sha256:00";
  report.documents.push_back(subject.build());
  report.summary.count(report.documents.back());
  return report;
}

std::string with_version(std::string text) {
  const std::size_t at = text.find("VERSION");
  return text.replace(at, 7, report::version());
}

TEST(ReportJson, WritesKeysInOrderAndLeavesOutWhatIsAbsent) {
  TestSubject subject("{\"userVisible\":false}");
  Finding* finding = subject.raise(Rule::browser_session_user_visible, "/userVisible", "not visible");
  finding->help = "Show it.";
  finding->schema = SchemaPlace{"https://example.org/s", "/properties/userVisible/const"};
  finding->related.push_back({0, Place::key(1), "this key"});
  finding->fix = Fix{Fix::Safety::safe, "Set it", R"([{"op":"replace","path":"/userVisible","value":true}])"};
  Report report = report_of(subject);
  report.options.now = "2026-01-01T00:00:00Z";
  report.options.ttl_minutes = 90;
  report.documents[0].digest = "sha256:11";
  report.collection.emplace();
  EXPECT_EQ(
      to_json(report, false),
      with_version(
          R"({"bearproof":"VERSION","ruleset":"sha256:00","options":{"mode":"default","level":"info","now":"2026-01-01T00:00:00Z","ttlMinutes":90},)"
          R"("documents":[{"source":"receipt.json","kind":"BrowserAutomationReceipt","dialect":"seed","verdict":"invalid",)"
          R"("findings":[{"rule":"browser.session.user-visible","severity":"error","pointer":"/userVisible",)"
          R"("range":{"start":{"offset":15,"line":1,"column":16,"utf16":15},"end":{"offset":20,"line":1,"column":21,"utf16":20}},)"
          R"("message":"not visible","help":"Show it.","schema":{"uri":"https://example.org/s","pointer":"/properties/userVisible/const"},)"
          R"("related":[{"source":"receipt.json","pointer":"/userVisible",)"
          R"("range":{"start":{"offset":1,"line":1,"column":2,"utf16":1},"end":{"offset":14,"line":1,"column":15,"utf16":14}},"message":"this key"}],)"
          R"("fix":{"safety":"safe","title":"Set it","patch":[{"op":"replace","path":"/userVisible","value":true}]}}],)"
          R"("digest":"sha256:11"}],"collection":{"findings":[]},)"
          R"("summary":{"documents":1,"valid":0,"invalid":1,"unrecognised":0,"unreadable":0,"errors":1,"warnings":0,"notices":0,"infos":0}})"));
}

TEST(ReportJson, ADocumentWithoutKindHasNone) {
  TestSubject subject("{}");
  subject.dialect = Dialect::none;
  subject.line = 3;
  EXPECT_EQ(to_json(subject.build()), R"({"source":"receipt.json","line":3,"verdict":"valid","findings":[]})");
}

TEST(ReportJson, IllFormedTextBecomesReplacementCharacters) {
  TestSubject subject("{}");
  subject.source = "a\xFF\xE2\x82z\"\n.json";
  subject.dialect = Dialect::none;
  EXPECT_EQ(to_json(subject.build()),
            "{\"source\":\"a\xEF\xBF\xBD\xEF\xBF\xBDz\\\"\\n.json\",\"verdict\":\"valid\",\"findings\":[]}");
}

TEST(ReportJson, EveryReportIsJson) {
  TestSubject subject("{\"a\":[1,{}]}");
  subject.raise(Rule::schema_shape, "/a", words(std::string_view("\0\x1f \\ \" \xE2\x80\xA8 {[,:]}", 16)));
  const Report report = report_of(subject);
  for (const bool pretty : {false, true}) {
    const std::string text = to_json(report, pretty);
    json::Reader reader;
    ASSERT_NE(reader.read(text), nullptr) << reader.fault().message << "\n" << text;
  }
}

TEST(ReportJson, PrettyIndentsByTwoAndEndsWithANewline) {
  Report report;
  report.options.ruleset = "r";
  EXPECT_EQ(to_json(report, true), with_version(R"({
  "bearproof": "VERSION",
  "ruleset": "r",
  "options": {
    "mode": "default",
    "level": "info"
  },
  "documents": [],
  "summary": {
    "documents": 0,
    "valid": 0,
    "invalid": 0,
    "unrecognised": 0,
    "unreadable": 0,
    "errors": 0,
    "warnings": 0,
    "notices": 0,
    "infos": 0
  }
}
)"));
}

TEST(ReportJson, PrettyAndCompactSayTheSame) {
  TestSubject subject(R"({"a \" [{":"x"})");
  Finding* finding = subject.raise(Rule::schema_shape, "/a \" [{", R"(quote " backslash \ comma , brace })");
  finding->fix = Fix{Fix::Safety::unsafe, "t", R"([{"op":"add","path":"/x","value":{"e":[],"s":"a\\\"b: c, d"}}])"};
  const Report report = report_of(subject);
  json::Reader compact;
  json::Reader pretty;
  const std::string compact_text = to_json(report, false);
  const std::string pretty_text = to_json(report, true);
  const json::Document* first = compact.read(compact_text);
  const json::Document* second = pretty.read(pretty_text);
  ASSERT_TRUE(first != nullptr && second != nullptr);
  EXPECT_TRUE(equal_values(first->root(), second->root()));
}

TEST(ReportJson, PartsMakeTheWhole) {
  TestSubject subject("{}");
  subject.raise(Rule::browser_owner_missing, "");
  Report report = report_of(subject);
  report.documents.push_back(report.documents.front());
  report.summary.count(report.documents.back());
  const std::string document = to_json(report.documents[0]);
  EXPECT_EQ(to_json(report, false),
            json_opening(report.options) + document + "," + document + json_closing(report.collection, report.summary));
}

TEST(ReportJson, ClosingLineHoldsCollectionAndSummary) {
  Report report;
  report.collection.emplace();
  report.summary.count_clean(report::Verdict::valid);
  EXPECT_EQ(closing_line(report.collection, report.summary),
            R"({"collection":{"findings":[]},"summary":{"documents":1,"valid":1,"invalid":0,"unrecognised":0,)"
            R"("unreadable":0,"errors":0,"warnings":0,"notices":0,"infos":0}})");
}

}  // namespace
}  // namespace bearproof
