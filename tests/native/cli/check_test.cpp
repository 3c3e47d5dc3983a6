#include <algorithm>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bearproof/json/reader.h"

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

const std::string bad = R"({"type":"BrowserAutomationReceipt"})";
const std::string unknown = R"({"type":"Teapot"})";

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Check, ExitsByWhatItFound) {
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  const std::string invalid = folder.write("bad.json", bad);
  const std::string teapot = folder.write("teapot.json", unknown);
  const std::string broken = folder.write("broken.json", "{");
  const std::string missing = folder.path("missing.json");
  EXPECT_EQ(run({"check", good}).exit, 0);
  EXPECT_EQ(run({"check", invalid}).exit, 1);
  EXPECT_EQ(run({"check", broken}).exit, 1) << "text that is not JSON is a finding";
  EXPECT_EQ(run({"check", teapot}).exit, 0) << "a warning";
  EXPECT_EQ(run({"check", teapot, "--fail-on", "warning"}).exit, 1);
  EXPECT_EQ(run({"check", teapot, "--mode", "strict"}).exit, 1);
  EXPECT_EQ(run({"check", teapot, "--fail-on", "warning", "--severity", "kind.unknown=info"}).exit, 0);
  EXPECT_EQ(run({"check", missing}).exit, 3);
  EXPECT_EQ(run({"check", invalid, missing}).exit, 3) << "what could not be read outweighs what was found";
  EXPECT_EQ(run({"check", "--level"}).exit, 2);
}

TEST(Check, AnUnreadableFileDoesNotKeepTheOthersFromBeingChecked) {
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  const std::string missing = folder.path("missing\x1b.json");
  const Outcome outcome = run({"check", missing, good});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_NE(outcome.err.find("missing<U+001B>.json: No such file or directory"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.out.find("valid         " + good), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("1 document: 1 valid"), std::string::npos);
}

TEST(Check, AsksHowLongASessionMayBeActive) {
  const Folder folder;
  const std::string record =
      test::read_file(test::source_path("schemas/browser/examples/bearbrowser-v1-active.json")).value_or("");
  const std::string file = folder.write("receipt.json", record);
  const auto tells = [](const Outcome& outcome) {
    return outcome.out.find("browser.ttl.exceeded") != std::string::npos;
  };
  EXPECT_FALSE(tells(run({"check", file})));
  EXPECT_FALSE(tells(run({"check", file, "--now", "2026-05-06T14:00:00Z"})));
  EXPECT_TRUE(tells(run({"check", file, "--now", "2026-05-06T14:00:01Z"})));
  EXPECT_FALSE(tells(run({"check", file, "--now", "2026-05-06T14:00:01Z", "--ttl", "121"})));
  EXPECT_TRUE(tells(run({"check", file, "--now", "2026-05-06T12:10:01Z", "--ttl", "10"})));
  // Beside its log the file says what holds; in the log the last record does.
  std::string line;
  for (const char c : record) line += c == '\n' ? ' ' : c;
  const std::size_t at = line.find("\"active\"");
  ASSERT_NE(at, std::string::npos);
  const std::string ended = std::string(line).replace(at, 8, "\"ended\"");
  const std::string over = folder.write("over.jsonl", line + "\n" + ended + "\n");
  const std::string running = folder.write("running.jsonl", line + "\n" + line + "\n");
  EXPECT_FALSE(tells(run({"check", over, "--now", "2026-05-06T14:00:01Z"})));
  EXPECT_TRUE(tells(run({"check", running, "--now", "2026-05-06T14:00:01Z"})));
  for (const char* wrong : {"0", "-1", "525601", "2h", "1.5", "99999999999999999999"}) {
    EXPECT_EQ(run({"check", file, "--ttl", wrong}).exit, 2) << wrong;
  }
}

TEST(Check, SearchesFoldersInOrder) {
  const Folder folder;
  folder.write("b.json", unknown);
  folder.write("a/z.json", unknown);
  folder.write("a/deep/er/x.jsonl", unknown + "\n");
  folder.write("c.ndjson", unknown + "\n" + unknown);
  folder.write("ignored.txt", "not looked at");
  folder.write("a.json.bak", "nor this");
  const Outcome outcome = run({"check", "--format", "ndjson", folder.path()});
  std::vector<std::string> sources;
  for (std::size_t at = 0; (at = outcome.out.find("{\"source\":\"", at)) != std::string::npos; ++at) {
    const std::size_t begin = at + 11 + folder.path().size() + 1;
    sources.push_back(outcome.out.substr(begin, outcome.out.find('"', begin) - begin));
  }
  EXPECT_EQ(sources, (std::vector<std::string>{"a/deep/er/x.jsonl", "a/z.json", "b.json", "c.ndjson", "c.ndjson"}));
}

// A pipe or a device keeps its reader waiting, and a link can show files of others.
TEST(Check, ReadsOnlyRegularFilesOfAFolder) {
  const Folder elsewhere;
  const std::string secret = elsewhere.write("elsewhere.json", "{ SENTINEL");
  const Folder folder;
  folder.write("in/a.json", good_receipt());
  ASSERT_EQ(mkfifo(folder.path("pipe.json").c_str(), 0600), 0);
  ASSERT_EQ(symlink("in/a.json", folder.path("within.json").c_str()), 0);
  ASSERT_EQ(symlink(secret.c_str(), folder.path("out.json").c_str()), 0);
  ASSERT_EQ(symlink("/dev/zero", folder.path("zero.ndjson").c_str()), 0);
  ASSERT_EQ(symlink("pipe.json", folder.path("to-pipe.json").c_str()), 0);
  const std::string schema = elsewhere.write("schema.json", "{}");
  const std::vector<std::vector<std::string>> commands = {
      {"check", folder.path()},
      {"check", "--schema", schema, "--schemas", folder.path(), schema},
      {"sessions", folder.path()},
      {"graph", folder.path()},
      {"check", "--jobs", "2", folder.path()},
  };
  for (const auto& command : commands) {
    const Outcome outcome = run(command);
    EXPECT_EQ(outcome.out.find("SENTINEL"), std::string::npos) << outcome.out;
    for (const std::string_view told :
         {"pipe.json: it is no regular file, and not read", "to-pipe.json: it is no regular file, and not read",
          "out.json: the link leads out of the folder, and is not followed",
          "zero.ndjson: the link leads out of the folder, and is not followed"}) {
      EXPECT_NE(outcome.err.find(told), std::string::npos) << command[0] << "\n" << outcome.err;
    }
  }
  EXPECT_NE(run({"check", folder.path()}).out.find("2 documents: 2 valid."), std::string::npos);
  // What a person names is read.
  EXPECT_NE(run({"check", folder.path("out.json")}).out.find("1 document: 1 unreadable."), std::string::npos);
}

TEST(Check, SaysWhenAFolderHoldsNothing) {
  const Folder folder;
  const Outcome outcome = run({"check", folder.path()});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_NE(outcome.err.find("no *.json, *.ndjson or *.jsonl below this folder"), std::string::npos);
}

TEST(Check, ThreadsMakeNoDifference) {
  const Folder folder;
  for (int i = 0; i < 60; ++i) {
    const std::string text = i % 7 == 0 ? "{" : i % 3 == 0 ? bad : i % 5 == 0 ? unknown : good_receipt();
    folder.write("d" + std::to_string(i) + (i % 13 == 0 ? ".ndjson" : ".json"), text);
  }
  for (const std::string format : {"text", "json", "ndjson"}) {
    const Outcome one = run({"check", "--jobs", "1", "--format", format, folder.path()});
    EXPECT_EQ(one.exit, 1);
    for (const std::string jobs : {"2", "3", "16"}) {
      const Outcome many = run({"check", "--jobs", jobs, "--format", format, folder.path()});
      EXPECT_EQ(many.out, one.out) << format << " with " << jobs;
      EXPECT_EQ(many.exit, one.exit);
    }
  }
}

TEST(Check, ReadsStandardInput) {
  const Outcome outcome = run({"check", "-", "--format", "json", "--stdin-name", "here.json"}, bad);
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_NE(outcome.out.find(R"("source":"here.json","kind":"BrowserAutomationReceipt")"), std::string::npos);
  EXPECT_NE(run({"check", "-"}, "").out.find("parse.text.invalid"), std::string::npos) << "nothing is no document";
  EXPECT_NE(run({"check", "-"}, bad).out.find("--> -:1:1"), std::string::npos);
}

TEST(Check, ReadsLinesFromStandardInputAsTheyCome) {
  const std::string stream = good_receipt() + "\n" + bad + "\n\n{\n" + unknown;
  for (const std::size_t portion : {1u, 7u, 1000000u}) {
    const Outcome outcome = run({"check", "--format", "ndjson", "-"}, stream, {}, portion);
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_EQ(lines_in(outcome.out), 4u) << outcome.out;
    EXPECT_TRUE(outcome.out.starts_with(R"({"source":"-","line":1,"kind":"BrowserAutomationReceipt")"));
    EXPECT_NE(outcome.out.find(R"({"source":"-","line":4,"verdict":"unreadable")"), std::string::npos);
    EXPECT_NE(outcome.out.find(R"({"source":"-","line":5,"verdict":"unrecognised")"), std::string::npos);
  }
  EXPECT_EQ(run({"check", "--format", "ndjson", "-"}, "").out, "");
}

TEST(Check, TellsADocumentOverSeveralLinesFromLines) {
  const std::string spread = "{\n  \"type\": \"Teapot\"\n}\n";
  for (const std::size_t portion : {1u, 1000000u}) {
    const Outcome outcome = run({"check", "--format", "ndjson", "-"}, spread, {}, portion);
    EXPECT_EQ(lines_in(outcome.out), 1u);
    EXPECT_TRUE(outcome.out.starts_with(R"({"source":"-","verdict":"unrecognised")")) << outcome.out;
  }
  // The first line is broken off; the second stands by itself: two lines.
  const Outcome broken = run({"check", "--format", "ndjson", "-"}, "{\"type\":\n" + unknown + "\n");
  EXPECT_EQ(lines_in(broken.out), 2u) << broken.out;
  // An array of documents over lines.
  EXPECT_EQ(lines_in(run({"check", "--format", "ndjson", "-"}, "[\n{}\n]\n").out), 1u);
}

TEST(Check, ABadLineCostsOnlyItselfWhereverItIs) {
  const Folder folder;
  for (const std::size_t at : {0u, 2u, 4u}) {
    std::string stream;
    for (std::size_t i = 0; i < 5; ++i) stream += (i == at ? "{\"cut\":" : good_receipt()) + "\n";
    const std::string file = folder.write("lines.ndjson", stream);
    const Outcome outcome = run({"check", file});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_NE(outcome.out.find("unreadable    " + file + ":" + std::to_string(at + 1) + "\n"), std::string::npos)
        << outcome.out;
    EXPECT_NE(outcome.out.find("5 documents: 4 valid, 1 unreadable"), std::string::npos) << outcome.out;
  }
}

TEST(Check, LinesAreListedFromWarningsUpUnlessAsked) {
  const Folder folder;
  const std::string bom = "\xEF\xBB\xBF";
  const std::string file = folder.write("lines.ndjson", bom + good_receipt() + "\n");
  EXPECT_NE(run({"check", "--format", "json", file}).out.find("\"level\":\"warning\""), std::string::npos);
  EXPECT_NE(run({"check", "--format", "json", "--level", "info", file}).out.find("\"level\":\"info\""),
            std::string::npos);
  EXPECT_EQ(run({"check", "--level", "error", "--format", "json", file}).out.find("parse.encoding.bom"),
            std::string::npos);
}

TEST(Check, WritesSeveralReports) {
  const Folder folder;
  const std::string file = folder.write("bad.json", bad);
  const std::string json = folder.path("report.json");
  const std::string ndjson = folder.path("report.ndjson");
  const Outcome outcome = run({"check", "-o", "json=" + json, "-o", "ndjson=" + ndjson, "--digest", file});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_NE(outcome.out.find("error[browser.owner.missing]"), std::string::npos);
  EXPECT_EQ(read_file(json), run({"check", "--format", "json", "--digest", file}).out);
  EXPECT_EQ(read_file(ndjson), run({"check", "--format", "ndjson", "--digest", file}).out);
  EXPECT_NE(read_file(json)->find("\"digest\":\"sha256:"), std::string::npos);
  EXPECT_EQ(run({"check", "-o", "json=" + folder.path("no/such/folder"), file}).exit, 2);
}

TEST(Check, EveryJsonReportIsJson) {
  const Folder folder;
  folder.write("a.json", bad);
  folder.write("b.json", "{\"\xff\xe2\x80\xae\":");
  folder.write("c.ndjson", bad + "\n{\"a\x01\":1}\n\xff\n");
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--pretty"}}) {
    std::vector<std::string> arguments = {"check", "--format", "json", folder.path()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run(arguments);
    json::Reader reader;
    ASSERT_NE(reader.read(outcome.out), nullptr) << reader.fault().message << outcome.out;
    EXPECT_TRUE(outcome.out.ends_with("}\n"));
  }
}

TEST(Check, ColoursForTerminalsOnly) {
  const Folder folder;
  const std::string file = folder.write("bad.json", bad);
  const auto has_color = [](const Outcome& outcome) { return outcome.out.find('\x1b') != std::string::npos; };
  EXPECT_FALSE(has_color(run({"check", file})));
  EXPECT_TRUE(has_color(run({"check", file}, "", {true, 80, false})));
  EXPECT_FALSE(has_color(run({"check", file}, "", {true, 80, true}))) << "NO_COLOR";
  EXPECT_TRUE(has_color(run({"check", "--color", "always", file}, "", {false, 0, true})));
  EXPECT_FALSE(has_color(run({"check", "--color=never", file}, "", {true, 80, false})));
  EXPECT_FALSE(has_color(run({"check", "--format", "json", file}, "", {true, 80, false})));
}

TEST(Check, NothingInADocumentReachesTheTerminalAsACommand) {
  const Folder folder;
  const std::string file = folder.write(
      "evil\x1b]0;title\x07.json",
      "{\"type\":\"\\u001b[2J\xE2\x80\xAE\",\"\xE2\x81\xA6key\xE2\x81\xA9\":1,\"k\":\"\xF3\xA0\x81\x81\"}");
  const std::string broken = folder.write("b.json", "{\"a\x1b[31m\": \x9b }");
  for (const unsigned columns : {0u, 30u, 80u}) {
    const Outcome outcome = run({"check", "--color", "never", file, broken}, "", {true, columns, false});
    for (const char byte : outcome.out) {
      const auto value = static_cast<unsigned char>(byte);
      ASSERT_TRUE(value == '\n' || (value >= 0x20 && value != 0x7F)) << static_cast<int>(value);
    }
    EXPECT_EQ(outcome.out.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_EQ(outcome.out.find("\xE2\x81\xA6"), std::string::npos);
    EXPECT_EQ(outcome.out.find("\xF3\xA0\x81\x81"), std::string::npos);
  }
}

TEST(Check, QuietPrintsOnlyWhatWasFound) {
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  EXPECT_EQ(run({"check", "--quiet", "--level", "warning", good}).out, "");
  const std::string file = folder.write("bad.json", bad);
  const Outcome outcome = run({"check", "-q", good, file});
  EXPECT_EQ(outcome.out.find("document:"), std::string::npos);
  EXPECT_NE(outcome.out.find("error["), std::string::npos);
}

TEST(Check, StatisticsGoToStandardError) {
  const Folder folder;
  const std::string file = folder.write("bad.json", bad);
  const Outcome outcome = run({"check", "--statistics", "--format", "json", file});
  EXPECT_NE(outcome.err.find("       1  browser.owner.missing "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("1 document, "), std::string::npos);
  EXPECT_EQ(outcome.out, run({"check", "--format", "json", file}).out);
}

TEST(Check, TheClockIsAskedOnlyOnRequest) {
  const Folder folder;
  const std::string file = folder.write("good.json", good_receipt());
  EXPECT_EQ(run({"check", "--format", "json", file}).out.find("\"now\""), std::string::npos);
  EXPECT_NE(run({"check", "--format", "json", "--now", "system", file}).out.find("\"now\":\"2026-01-31T12:00:00Z\""),
            std::string::npos);
}

TEST(Check, LimitsAreKept) {
  const Folder folder;
  const std::string file = folder.write("deep.json", "[[[[]]]]");
  EXPECT_NE(run({"check", "--limits", "nesting=3", file}).out.find("limit.nesting"), std::string::npos);
  EXPECT_EQ(run({"check", "--limits", "nesting=4", file}).out.find("limit.nesting"), std::string::npos);
  const std::string large = folder.write("large.json", "\"" + std::string(100, 'x') + "\"");
  EXPECT_NE(run({"check", "--limits", "document=101", large}).out.find("limit.document"), std::string::npos);
  EXPECT_EQ(run({"check", "--limits", "document=102", large}).out.find("limit.document"), std::string::npos);
  EXPECT_NE(
      run({"check", "--limits", "document=10", "-"}, "\"" + std::string(100, 'x') + "\"").out.find("limit.document"),
      std::string::npos);
  // Those of schemas, too.
  const std::string schema =
      folder.write("schema.json", R"({"$id":"https://example.test/)" + std::string(2'000, 'a') + "\"}");
  EXPECT_NE(run({"check", "--limits", "uri=2020", "--schema", schema, file}).out.find("limit.string"),
            std::string::npos);
  EXPECT_EQ(run({"check", "--limits", "uri=2021", "--schema", schema, file}).out.find("limit.string"),
            std::string::npos);
}

TEST(Check, AskedOfBothEngines) {
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  const std::string invalid = folder.write("bad.json", bad);
  const Outcome outcome = run({"check", "--engine", "valijson", "--format", "json", good, invalid});
  if (outcome.exit == 2) GTEST_SKIP() << "skipped: " << outcome.err;
  EXPECT_NE(outcome.out.find("\"valid\":1,\"invalid\":1"), std::string::npos) << outcome.out;
}

TEST(Check, FoldersThatCannotBeReadAreNamed) {
  if (geteuid() == 0) GTEST_SKIP() << "skipped: root may read everything";
  const Folder folder;
  folder.write("closed/a.json", "{}");
  chmod(folder.path("closed").c_str(), 0);
  const Outcome outcome = run({"check", folder.path()});
  chmod(folder.path("closed").c_str(), 0700);
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_NE(outcome.err.find("Permission denied"), std::string::npos);
}

}  // namespace
}  // namespace bearproof::test
