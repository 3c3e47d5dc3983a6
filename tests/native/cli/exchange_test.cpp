#include <gtest/gtest.h>

#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

const std::string bad = R"({"type":"BrowserAutomationReceipt"})";

TEST(Exchange, EveryFormatTakesFilesLinesAndUnreadableText) {
  const Folder folder;
  folder.write("a.json", bad);
  folder.write("b.json", good_receipt());
  folder.write("c.json", "{");
  folder.write("d.ndjson", bad + "\n" + good_receipt() + "\n" + good_receipt() + "\n{\n");
  const std::string sarif = folder.path("out.sarif");
  const std::string junit = folder.path("out.xml");
  const std::string markdown = folder.path("out.md");
  const Outcome outcome = run({"check", "--format", "github", "-o", "sarif=" + sarif, "-o", "junit=" + junit, "-o",
                               "markdown=" + markdown, folder.path()});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_NE(outcome.out.find("a.json,line=1,"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("d.ndjson,line=4,"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("7 documents: 3 valid, 2 invalid, 2 unreadable."), std::string::npos) << outcome.out;

  const std::string log = read_file(sarif).value_or("");
  json::Reader reader;
  const json::Document* document = reader.read(log);
  ASSERT_NE(document, nullptr) << reader.fault().message;
  const auto counted = json::resolve(*document, "/runs/0/properties/documents");
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->raw(), "7");
  const auto results = json::resolve(*document, "/runs/0/results");
  ASSERT_TRUE(results);
  EXPECT_GT(results->size(), 4u);

  // Three files, two lines with findings, one case for the lines without, and one for all of them together.
  EXPECT_NE(read_file(junit).value_or("").find("tests=\"7\" failures=\"4\""), std::string::npos)
      << read_file(junit).value_or("");
  EXPECT_EQ(read_file(markdown).value_or("").find("## Bearproof\n\n7 documents: "), 0u);
}

// More cases than are kept in memory before their number is known; the last is that of all documents together.
TEST(Exchange, JunitCountsAndHoldsEveryCaseOfALongLog) {
  const Folder folder;
  constexpr std::size_t lines = 4'000;
  std::string log;
  for (std::size_t i = 0; i < lines; ++i) log += std::to_string(i) + "\n";
  const std::string xml = run({"check", "--format", "junit", folder.write("log.ndjson", log)}).out;
  const std::string opening = "<testsuites name=\"bearproof\" tests=\"4001\" failures=\"4000\" errors=\"0\">";
  EXPECT_NE(xml.find(opening), std::string::npos) << xml.substr(0, 300);
  std::size_t at = 0;
  for (std::size_t i = 1; i <= lines; ++i) {
    at = xml.find("log.ndjson:" + std::to_string(i) + "\" classname=\"invalid\">", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_TRUE(xml.ends_with("classname=\"collection\"/>\n  </testsuite>\n</testsuites>\n"));
}

TEST(Exchange, PrettySarifIsTheSameLog) {
  const Folder folder;
  const std::string file = folder.write("a.json", bad);
  const std::string compact = run({"check", "--format", "sarif", file}).out;
  const std::string pretty = run({"check", "--format", "sarif", "--pretty", file}).out;
  EXPECT_LT(compact.size(), pretty.size());
  json::Reader one;
  json::Reader other;
  const json::Document* a = one.read(compact);
  const json::Document* b = other.read(pretty);
  ASSERT_NE(a, nullptr);
  ASSERT_NE(b, nullptr);
  EXPECT_TRUE(json::equal_values(a->root(), b->root()));
}

TEST(Exchange, NoFindingsIsAReportToo) {
  const Folder folder;
  const std::string file = folder.write("a.json", good_receipt());
  EXPECT_NE(run({"check", "--level", "error", "--format", "sarif", file}).out.find("\"results\":[]"),
            std::string::npos);
  EXPECT_EQ(run({"check", "--level", "error", "--format", "github", file}).out, "1 document: 1 valid. No findings.\n");
  EXPECT_NE(run({"check", "--level", "error", "--format", "junit", file}).out.find("tests=\"1\" failures=\"0\""),
            std::string::npos);
}

}  // namespace
}  // namespace bearproof::test
