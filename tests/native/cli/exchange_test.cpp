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
