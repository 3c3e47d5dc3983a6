#include "bearproof/report/text.h"

#include "bearproof/report/visible.h"

#include "subject.h"

namespace bearproof {
namespace {

using report::TextStyle;
using test::TestSubject;

std::string text_of(TestSubject& subject, TextStyle style = {}) {
  return report::document_text(subject.build(), {subject.text(), subject.origin.offset}, style);
}

/// The source line and the underline of the first frame.
std::string frame_of(TestSubject& subject, TextStyle style = {}) {
  const std::string text = text_of(subject, style);
  const std::size_t begin = text.find(" |\n") + 3;
  const std::size_t notes = text.rfind('\n', text.find(" = ", begin));
  return text.substr(begin, notes + 1 - begin);
}

TEST(ReportText, ShowsADocumentWithItsFindings) {
  TestSubject subject("{\n  \"type\": \"x\",\n  \"userVisible\": false,\n  \"n\": 1\n}\n");
  Finding* finding = subject.raise(Rule::browser_session_user_visible, "/userVisible", "expected true, found false");
  finding->help = "Show it.";
  subject.raise(Rule::browser_scope_sensitive, "/n", "a notice")->help = "Look.";
  EXPECT_EQ(text_of(subject), R"(invalid       receipt.json  BrowserAutomationReceipt (seed)

  error[browser.session.user-visible]: expected true, found false
   --> receipt.json:3:18 at /userVisible
    |
  2 |   "type": "x",
  3 |   "userVisible": false,
    |                  ^~~~~
    = help: Show it.

  notice[browser.scope.sensitive]: a notice
   --> receipt.json:4:8 at /n
    |
  3 |   "userVisible": false,
  4 |   "n": 1
    |        ^
    = help: Look.

)");
}

TEST(ReportText, ACleanDocumentIsOneLine) {
  TestSubject subject("{}");
  EXPECT_EQ(text_of(subject), "valid         receipt.json  BrowserAutomationReceipt (seed)\n");
  subject.dialect = Dialect::none;
  subject.line = 12;
  EXPECT_EQ(text_of(subject), "valid         receipt.json:12\n");
}

TEST(ReportText, RelatedPlacesStandInTheFrame) {
  TestSubject subject("{\n  \"a\": 1,\n  \"b\": 2,\n\n\n\n\n\n\n  \"a\": 3\n}");
  Finding* finding = subject.raise_at(Rule::parse_key_duplicate, Place::key(5), "twice");
  finding->related.push_back({0, Place::key(1), "first given here"});
  EXPECT_EQ(frame_of(subject),
            "   2 |   \"a\": 1,\n"
            "     |   --- first given here\n"
            "  ...\n"
            "  10 |   \"a\": 3\n"
            "     |   ^~~\n");
}

TEST(ReportText, FindingsAboutOnePlaceShareItsFrame) {
  TestSubject subject("[]");
  subject.raise(Rule::schema_shape, "", "missing a");
  subject.raise(Rule::schema_shape, "", "missing b");
  subject.dialect = Dialect::none;
  const std::string help(info_of(Rule::schema_shape).help);
  EXPECT_EQ(text_of(subject),
            "invalid       receipt.json\n\n"
            "  error[schema.shape]: missing a\n   --> receipt.json:1:1\n    |\n  1 | []\n    | ^~\n    = help: " +
                help + "\n\n  error[schema.shape]: missing b\n   --> receipt.json:1:1\n\n");
}

TEST(ReportText, CaretsStandUnderWideCombiningAndTabbedText) {
  for (const auto& [before, columns] : std::vector<std::pair<std::string, std::size_t>>{
           {"ascii", 5},
           {"\xE6\x97\xA5\xE6\x9C\xAC", 4},  // two ideographs, two cells each
           {"\xF0\x9F\x90\xBB", 2},          // an emoji
           {"e\xCC\x81", 1},                 // e with a combining acute accent
           {"h\xC3\xA9", 2},                 // precomposed
           {"\xE2\x80\xAE", 8},              // <U+202E>
       }) {
    TestSubject subject("{\"" + before + "\":\tfalse}");
    subject.raise_at(Rule::schema_shape, Place::value(2));
    const std::string frame = frame_of(subject);
    const std::size_t newline = frame.find('\n');
    // Gutter, brace, two quotes, the text, colon, tab.
    const std::size_t expected = 6 + 1 + 2 + columns + 1 + 4;
    EXPECT_EQ(frame.find('^', newline) - newline - 1, expected) << frame;
    EXPECT_NE(frame.find("^~~~~\n"), std::string::npos) << frame;
  }
}

TEST(ReportText, LongLinesAreCutAroundTheMark) {
  for (const unsigned width : {40u, 80u, 200u}) {
    for (const std::size_t before : {0u, 30u, 500u, 20000u}) {
      for (const std::size_t after : {0u, 50u, 20000u}) {
        TestSubject subject("[\"" + std::string(before, 'b') + "\",false,\"" + std::string(after, 'a') + "\"]");
        subject.raise(Rule::schema_shape, "/1");
        const std::string frame = frame_of(subject, {false, width});
        const std::size_t newline = frame.find('\n');
        ASSERT_NE(newline, std::string::npos);
        EXPECT_LE(newline, width) << frame;
        const std::size_t caret = frame.find('^') - newline - 1;
        EXPECT_EQ(frame.substr(caret, 5), "false") << frame;
        EXPECT_NE(frame.find("^~~~~\n"), std::string::npos) << frame;
      }
    }
  }
}

TEST(ReportText, AMarkWiderThanTheTerminalShowsItsBeginning) {
  TestSubject subject("[1,\"" + std::string(5000, 'x') + "\"]");
  subject.raise(Rule::schema_shape, "/1");
  const std::string frame = frame_of(subject, {false, 60});
  for (std::size_t at = 0, end = 0; at < frame.size(); at = end + 1) {
    end = frame.find('\n', at);
    EXPECT_LE(end - at, 60u) << frame;
  }
  EXPECT_NE(frame.find("\"xxx"), std::string::npos);
  EXPECT_NE(frame.find("^~~~"), std::string::npos);
}

TEST(ReportText, OfALongContainerTheBracketIsMarked) {
  TestSubject subject("{\"a\":\n1}");
  subject.raise(Rule::schema_shape, "");
  EXPECT_EQ(frame_of(subject), "  1 | {\"a\":\n    | ^\n");
}

TEST(ReportText, TheEndOfTheTextHasAPlace) {
  for (const std::string text : {"{\"a\": [", "{\"a\": [\n", "{\"a\": [\r\n", ""}) {
    TestSubject subject(text);
    ASSERT_FALSE(subject.readable());
    subject.dialect = Dialect::none;
    subject.raise_at(Rule::parse_text_invalid, Place::bytes(text.size(), text.size()), "ends");
    const std::string out = text_of(subject);
    EXPECT_NE(out.find("error[parse.text.invalid]: ends\n"), std::string::npos);
    EXPECT_EQ(out.find('^') == std::string::npos, text.empty()) << out;
  }
}

TEST(ReportText, MessagesAreWrappedAtTheTerminalsWidth) {
  TestSubject subject("{}");
  std::string message;
  for (int i = 0; i < 40; ++i) message += (i == 0 ? "" : " ") + std::string("word");
  subject.raise(Rule::browser_owner_missing, "", words(message))->help = words(message);
  const std::string text = text_of(subject, {false, 50});
  for (std::size_t at = text.find('\n') + 1, end = 0; at < text.size(); at = end + 1) {
    end = text.find('\n', at);
    EXPECT_LE(end - at, 50u) << text;
  }
  subject.raise(Rule::browser_owner_missing, "", words(message));
  EXPECT_NE(text_of(subject).find(message), std::string::npos) << "no wrapping where the width is unknown";
}

TEST(ReportText, NothingInItCommandsATerminal) {
  std::string hostile;
  for (int byte = 1; byte < 0x20; ++byte) hostile += static_cast<char>(byte);
  hostile += "\x7F\xC2\x9B\xC2\x85\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B\xEF\xBB\xBF\xF3\xA0\x81\x81\xE2\x80\xA8\xFF\xC0";
  TestSubject subject("[\n\"\\u001b\"," + std::string("\"\xE2\x80\xAE\",") + "1]");
  subject.source = "evil" + hostile;
  Finding* finding = subject.raise(Rule::schema_shape, "/2", words("message " + hostile));
  finding->help = words("help " + hostile);
  finding->related.push_back({0, Place::value(1), words("label " + hostile)});
  finding->fix = Fix{Fix::Safety::safe, words("fix " + hostile), "[]"};
  finding->schema = SchemaPlace{"uri " + hostile, "/" + hostile};
  const std::string text = text_of(subject, {false, 80});
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    EXPECT_TRUE(value == '\n' || (value >= 0x20 && value < 0x7F)) << static_cast<int>(value);
  }
  EXPECT_NE(text.find("<U+001B>"), std::string::npos);
  EXPECT_NE(text.find("<U+202E>"), std::string::npos);
  EXPECT_NE(text.find("<FF>"), std::string::npos);
}

TEST(ReportText, SecretsAreHiddenInEveryFrame) {
  TestSubject subject("{\"token\": \"s3cr3t-value\", \"flag\": false}");
  subject.raise(Rule::doc_secret_present, "/token", "this looks like a token (12 bytes)");
  subject.raise(Rule::schema_shape, "/flag");
  const std::string text = text_of(subject);
  EXPECT_EQ(text.find("s3cr3t"), std::string::npos) << text;
  EXPECT_NE(text.find("  1 | {\"token\": [hidden], \"flag\": false}\n    |           ^~~~~~~~\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("  1 | {\"token\": [hidden], \"flag\": false}\n    |                             ^~~~~\n"),
            std::string::npos)
      << text;
}

TEST(ReportText, SecretsOverLinesAndCutLinesAreHidden) {
  TestSubject subject("{\"cookies\": [\n\"aaaa-bbbb\",\n\"cccc-dddd\"\n], \"flag\": false}");
  subject.raise(Rule::doc_secret_present, "/cookies", "cookies");
  subject.raise(Rule::schema_shape, "/flag");
  const std::string text = text_of(subject);
  EXPECT_EQ(text.find("aaaa"), std::string::npos) << text;
  EXPECT_EQ(text.find("cccc"), std::string::npos) << text;

  TestSubject wide("{\"token\": \"" + std::string(9000, 's') + "\", \"flag\": false}");
  wide.raise(Rule::doc_secret_present, "/token", "long");
  wide.raise(Rule::schema_shape, "/flag");
  EXPECT_EQ(text_of(wide, {false, 80}).find("sss"), std::string::npos);
}

TEST(ReportText, ColoursOnlyWhereAsked) {
  TestSubject subject("{\"a\": 1}");
  subject.raise(Rule::browser_owner_missing, "/a");
  const std::string plain = text_of(subject);
  subject.raise(Rule::browser_owner_missing, "/a");
  std::string colored = text_of(subject, {true, 0});
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  EXPECT_NE(colored.find("\x1b[1;31m"), std::string::npos);
  for (std::size_t at = 0; (at = colored.find('\x1b')) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  EXPECT_EQ(colored, plain);
}

TEST(ReportText, SumsUp) {
  report::Summary summary;
  EXPECT_EQ(report::summary_text(summary, {}), "No documents were checked.\n");
  for (int i = 0; i < 3; ++i) summary.count_clean(report::Verdict::valid);
  summary.count_clean(report::Verdict::unreadable);
  EXPECT_EQ(report::summary_text(summary, {}), "4 documents: 3 valid, 1 unreadable. No findings.\n");
  summary.severities[static_cast<std::size_t>(Severity::error)] = 1;
  summary.severities[static_cast<std::size_t>(Severity::info)] = 2;
  EXPECT_EQ(report::summary_text(summary, {}), "4 documents: 3 valid, 1 unreadable. 1 error, 2 infos.\n");
  EXPECT_EQ(report::summary_text(summary, {false, 53}), "4 documents: 3 valid, 1 unreadable. 1 error, 2 infos.\n");
  EXPECT_EQ(report::summary_text(summary, {false, 52}), "4 documents: 3 valid, 1 unreadable.\n1 error, 2 infos.\n");
  EXPECT_EQ(report::lines_text("a.ndjson", summary, {}),
            "unreadable    a.ndjson  4 documents: 3 valid, 1 unreadable\n");
}

TEST(Visible, EscapesWhatHidesOrCommands) {
  EXPECT_EQ(report::visible("plain \xC3\xA9\xE6\x97\xA5"), "plain \xC3\xA9\xE6\x97\xA5");
  EXPECT_EQ(report::visible("\x1b[31m\n"), "<U+001B>[31m<U+000A>");
  EXPECT_EQ(report::visible("\xED\xA0\x80\xF4\x90\x80\x80"), "<ED><A0><80><F4><90><80><80>");
  EXPECT_EQ(report::visible("\xF0\x9F\x90"), "<F0 9F 90>") << "one maximal ill-formed sequence";
  EXPECT_EQ(report::cells(report::visible("\xE6\x97\xA5"
                                          "e\xCC\x81\xF0\x9F\x90\xBB")),
            5u);
}

}  // namespace
}  // namespace bearproof
