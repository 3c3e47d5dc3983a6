// SARIF, workflow commands, JUnit and Markdown: one report told to four other programs.
#include <algorithm>

#include "bearproof/report/address.h"
#include "bearproof/report/github.h"
#include "bearproof/report/junit.h"
#include "bearproof/report/markdown.h"
#include "bearproof/report/sarif.h"

#include "subject.h"

namespace bearproof {
namespace {

using test::TestSubject;

/// A file name, a message and a pointer that try to break out of every format.
constexpr std::string_view hostile_message =
    "a\n::error::b ]]> </failure> | `x` @team http://evil [t](1) {0} \x1b[31m \xE2\x80\xAE%0A \xEF\xBF\xBE \xFF";

report::DocumentReport hostile() {
  TestSubject subject("{\"user\\nVisible\":false}");
  subject.source = "a b/c:d,%\n::warning::x|`\xE2\x80\xAE.json";
  subject.raise(Rule::browser_session_user_visible, "/user\nVisible", words(hostile_message));
  return subject.build();
}

report::DocumentReport unreadable() {
  TestSubject subject("{\"a\":");
  subject.dialect = Dialect::none;
  if (Finding* found =
          subject.sink().raise(subject.fault().rule, Place::bytes(subject.fault().begin, subject.fault().end))) {
    found->message << words(subject.fault().message);
  }
  return subject.build();
}

std::vector<report::LocatedFinding> between() {
  TestSubject subject("{\"a\":1}");
  Finding* finding = subject.raise(Rule::browser_owner_ambiguous, "/a", "two owners");
  finding->related.push_back({0, Place::value(0), "the other"});
  std::vector<report::LocatedFinding> findings = subject.build().findings;
  findings[0].source = "./one.json";
  return findings;
}

std::string sarif_of(const std::string& results) {
  return report::sarif_opening() + results + report::sarif_closing({});
}

json::Value at(const json::Document& document, std::string_view pointer) {
  const auto value = json::resolve(document, pointer);
  EXPECT_TRUE(value) << pointer;
  return value ? *value : document.root();
}

TEST(Sarif, HasWhatTheSpecificationRequires) {
  TestSubject subject("{\n  \"userVisible\": false\n}");
  subject.source = "./folder with space/r.json";
  Finding* finding = subject.raise(Rule::browser_session_user_visible, "/userVisible");
  finding->fix = Fix{Fix::Safety::safe, "Set it", R"([{"op":"replace","path":"/userVisible","value":true}])"};
  finding->related.push_back({0, Place::key(1), "this key"});
  const std::string text = sarif_of(report::sarif_results(subject.build(), ""));
  json::Reader reader;
  const json::Document* log = reader.read(text);
  ASSERT_NE(log, nullptr) << reader.fault().message;
  EXPECT_TRUE(at(*log, "/version").equals("2.1.0"));
  EXPECT_TRUE(at(*log, "/runs/0/tool/driver/name").equals("Bearproof"));
  EXPECT_TRUE(at(*log, "/runs/0/columnKind").equals("unicodeCodePoints"));
  const json::Value result = at(*log, "/runs/0/results/0");
  std::string index(result.find("ruleIndex").raw());
  EXPECT_TRUE(at(*log, "/runs/0/tool/driver/rules/" + index + "/id").equals("browser.session.user-visible"));
  EXPECT_TRUE(result.find("level").equals("error"));
  const std::string location = "/runs/0/results/0/locations/0/physicalLocation";
  EXPECT_TRUE(at(*log, location + "/artifactLocation/uri").equals("folder%20with%20space/r.json"));
  EXPECT_EQ(at(*log, location + "/region/startLine").raw(), "2");
  EXPECT_EQ(at(*log, location + "/region/startColumn").raw(), "18");
  EXPECT_EQ(at(*log, location + "/region/endColumn").raw(), "23");
  EXPECT_EQ(at(*log, location + "/region/byteOffset").raw(), "19");
  EXPECT_TRUE(at(*log, "/runs/0/results/0/locations/0/logicalLocations/0/fullyQualifiedName").equals("/userVisible"));
  EXPECT_EQ(at(*log, "/runs/0/results/0/relatedLocations/0/physicalLocation/region/startColumn").raw(), "3");
  const std::string edit = "/runs/0/results/0/fixes/0/artifactChanges/0/replacements/0";
  EXPECT_TRUE(at(*log, edit + "/insertedContent/text").equals("true"));
  EXPECT_EQ(at(*log, edit + "/deletedRegion/startColumn").raw(), "18");
}

TEST(Sarif, ListsEveryRuleOnceWithHelp) {
  const std::string text = sarif_of("");
  json::Reader reader;
  const json::Document* log = reader.read(text);
  ASSERT_NE(log, nullptr) << reader.fault().message;
  std::size_t rules = 0;
  for (const RuleInfo& info : rule_table()) {
    if (!info.case_name.empty()) continue;
    const std::string at_rule = "/runs/0/tool/driver/rules/" + std::to_string(rules++);
    EXPECT_TRUE(at(*log, at_rule + "/id").equals(info.id));
    EXPECT_GT(at(*log, at_rule + "/help/text").raw().size(), info.help.size());
  }
  EXPECT_EQ(at(*log, "/runs/0/tool/driver/rules").size(), rules);
  EXPECT_EQ(at(*log, "/runs/0/results").size(), 0u);
}

TEST(Sarif, APatchThatDoesMoreThanReplaceTheValueIsNoTextFix) {
  TestSubject subject("{\"a\":1}");
  Finding* finding = subject.raise(Rule::browser_session_user_visible, "/a");
  finding->fix = Fix{Fix::Safety::unsafe, "Remove it", R"([{"op":"remove","path":"/a"}])"};
  const std::string text = report::sarif_results(subject.build(), "");
  EXPECT_EQ(text.find("\"fixes\""), std::string::npos);
  EXPECT_NE(text.find(R"("patch":[{"op":"remove","path":"/a"}])"), std::string::npos);
}

TEST(Sarif, HostileTextStaysText) {
  const std::string text = sarif_of(report::sarif_results(hostile(), ""));
  json::Reader reader;
  const json::Document* log = reader.read(text);
  ASSERT_NE(log, nullptr) << reader.fault().message;
  std::string scratch;
  const std::string message(at(*log, "/runs/0/results/0/message/text").string(scratch));
  EXPECT_EQ(message.find("a<U+000A>::error::b \\]\\]> </failure> | `x` @team http://evil \\[t\\](1) {{0}} <U+001B>"),
            0u)
      << message;
  EXPECT_TRUE(at(*log, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                  .equals("a%20b/c%3Ad,%25%0A%3A%3Awarning%3A%3Ax%7C%60%E2%80%AE.json"));
}

TEST(Sarif, FindingsBetweenDocumentsHavePlacesInBoth) {
  const std::string text = sarif_of(report::sarif_results(between(), ""));
  json::Reader reader;
  const json::Document* log = reader.read(text);
  ASSERT_NE(log, nullptr) << reader.fault().message;
  EXPECT_TRUE(at(*log, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri").equals("one.json"));
  EXPECT_TRUE(
      at(*log, "/runs/0/results/0/relatedLocations/0/physicalLocation/artifactLocation/uri").equals("receipt.json"));
}

TEST(Addresses, AreRelativeToTheWorkingFolder) {
  EXPECT_EQ(report::uri_of("/work/repo/a/b.json", "/work/repo"), "a/b.json");
  EXPECT_EQ(report::uri_of("/work/repository/b.json", "/work/repo"), "file:///work/repository/b.json");
  EXPECT_EQ(report::uri_of("././a.json", ""), "a.json");
  EXPECT_EQ(report::uri_of("-", "/work"), "-");
  const report::LocatedFinding finding = between()[0];
  EXPECT_EQ(report::fingerprint("./a.json", finding, ""), report::fingerprint("/w/a.json", finding, "/w"));
  EXPECT_NE(report::fingerprint("a.json", finding, ""), report::fingerprint("b.json", finding, ""));
}

TEST(Github, WritesCommandsAtTheirLines) {
  TestSubject subject("{\n  \"userVisible\": false\n}");
  subject.raise(Rule::browser_session_user_visible, "/userVisible", "not visible");
  EXPECT_EQ(report::github_commands(subject.build(), ""),
            "::error file=receipt.json,line=2,col=18,endColumn=23,endLine=2,title=browser.session.user-visible::"
            "not visible. Set userVisible to true and show the session card.\n");
  subject.restart(Severity::info, 10);
  subject.raise(Rule::browser_policy_urn_spelling_accepted, "", "m");
  EXPECT_EQ(report::github_commands(subject.build(), "")
                .find("::notice file=receipt.json,line=1,endLine=3,title=browser.policy.urn-spelling::m. "),
            0u)
      << "a range of several lines has no columns";
}

TEST(Github, HostileTextMakesNoSecondCommand) {
  const std::string text = report::github_commands(hostile(), "");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(text.find("::error file=a b/c%3Ad%2C%25<U+000A>%3A%3Awarning%3A%3Ax|`<U+202E>.json,line=1,"), 0u) << text;
  EXPECT_NE(text.find("::a<U+000A>::error::b ]]>"), std::string::npos) << text;
  EXPECT_NE(text.find("%250A"), std::string::npos);
}

TEST(Github, UnreadableTextAndFindingsBetweenDocumentsAreAnnotatedToo) {
  EXPECT_EQ(report::github_commands(unreadable(), "").find("::error file=receipt.json,line=1,"), 0u);
  EXPECT_EQ(report::github_commands(between(), "").find("::error file=one.json,line=1,col=6,"), 0u);
}

TEST(Junit, ACaseFailsAtTheFailingLevel) {
  TestSubject subject("{\"a\":1}");
  subject.line = 4;
  subject.raise(Rule::browser_revoked_time_without_state, "/a", "odd");
  const report::DocumentReport warning = subject.build();
  EXPECT_EQ(report::junit_case(warning, Severity::error).failures, 0u);
  EXPECT_EQ(report::junit_case(warning, Severity::warning).failures, 1u);
  EXPECT_EQ(report::junit_case(warning, Severity::error).xml,
            "    <testcase name=\"receipt.json:4\" classname=\"BrowserAutomationReceipt\">\n"
            "      <system-out>receipt.json:1:6 warning[browser.revoked.time-without-state] at /a: odd. Remove "
            "revokedAt, or set status to revoked.\n</system-out>\n    </testcase>\n");
}

TEST(Junit, CountsItsCases) {
  const report::JunitCases failed = report::junit_case(unreadable(), Severity::error);
  EXPECT_EQ(failed.cases, 1u);
  EXPECT_EQ(failed.failures, 1u);
  EXPECT_NE(failed.xml.find("classname=\"unreadable\""), std::string::npos) << failed.xml;
  const report::JunitCases rest = report::junit_rest("r&.ndjson", 7);
  EXPECT_EQ(rest.cases, 1u);
  EXPECT_EQ(rest.failures, 0u);
  EXPECT_NE(rest.xml.find("name=\"r&amp;.ndjson: 7 documents without findings\""), std::string::npos) << rest.xml;
  EXPECT_EQ(report::junit_rest("none.ndjson", 0).cases, 0u);
  const report::JunitCases collection = report::junit_case(between(), Severity::error);
  EXPECT_EQ(collection.failures, 1u);
  EXPECT_NE(collection.xml.find("./one.json:1:6 error[browser.owner.ambiguous] at /a: two owners."), std::string::npos);
  EXPECT_NE(report::junit_opening(3, 2).find("tests=\"3\" failures=\"2\""), std::string::npos);
}

TEST(Junit, HostileTextIsWellFormedXml) {
  const std::string xml = report::junit_case(hostile(), Severity::error).xml;
  EXPECT_NE(xml.find("a&lt;U+000A&gt;::error::b ]]&gt; &lt;/failure&gt; | `x` @team"), std::string::npos) << xml;
  EXPECT_NE(xml.find("&lt;U+FFFE&gt; &lt;FF&gt;"), std::string::npos) << "XML forbids the noncharacter: " << xml;
  EXPECT_EQ(xml.find('\x1b'), std::string::npos);
  std::size_t tags = 0;
  for (const char c : xml) tags += c == '<';
  EXPECT_EQ(tags, 4u) << "testcase and failure, opened and closed";
}

TEST(Markdown, IsATableUnderTheCounts) {
  report::Summary summary;
  const report::DocumentReport document = unreadable();
  summary.count(document);
  const std::string rows = report::markdown_rows(document);
  const std::string page = report::markdown(summary, rows, 3);
  EXPECT_EQ(
      page.find("## Bearproof\n\n1 document: 1 unreadable. 1 error.\n\n| severity | where | what |\n|---|---|---|\n"
                "| error | `receipt.json:1:"),
      0u)
      << page;
  EXPECT_NE(page.find("\n3 more findings are not listed here.\n"), std::string::npos);
  EXPECT_EQ(report::markdown({}, "", 0), "## Bearproof\n\nNo documents were checked.\n");
}

TEST(Markdown, HostileTextStaysInItsCell) {
  const std::string row = report::markdown_rows(hostile());
  EXPECT_EQ(std::count(row.begin(), row.end(), '\n'), 1);
  std::size_t bars = 0;
  for (std::size_t i = 0; i < row.size(); ++i) bars += row[i] == '|' && (i == 0 || row[i - 1] != '\\');
  EXPECT_EQ(bars, 4u) << row;
  EXPECT_NE(row.find("\\</failure\\> \\| \\`x\\` @<!-- -->team http:<!-- -->//evil \\[t\\]\\(1\\)"), std::string::npos)
      << row;
  EXPECT_NE(row.find("`` a b/c:d,%<U+000A>::warning::x\\|`<U+202E>.json:1:"), std::string::npos) << row;
}

TEST(Markdown, FindingsBetweenDocumentsNameBoth) {
  const std::string row = report::markdown_rows(between());
  EXPECT_EQ(row.find("| error | `./one.json:1:6` at `/a` | `browser.owner.ambiguous` two owners."), 0u) << row;
  EXPECT_NE(row.find(" See `receipt.json:1`. |\n"), std::string::npos) << row;
}

}  // namespace
}  // namespace bearproof
