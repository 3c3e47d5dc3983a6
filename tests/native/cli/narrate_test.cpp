#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

#include "program.h"

namespace bearproof::test {
namespace {

TEST(Narrate, TellsFilesLinesAndStandardInput) {
  const Folder folder;
  folder.write("a.json", good_receipt());
  folder.write("b.ndjson", good_receipt() + "\n{\n");
  const Outcome text = run({"narrate", folder.path(), "-"}, R"({"type":"PolicyDecision","decision":"deny"})");
  EXPECT_EQ(text.exit, 0) << text.err;
  EXPECT_NE(text.out.find("info  " + folder.path("a.json") + "  BrowserAutomationReceipt\n  What happened  "),
            std::string::npos)
      << text.out;
  EXPECT_NE(text.out.find("b.ndjson:2"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("notice  -  PolicyDecision"), std::string::npos) << text.out;

  const Outcome json = run({"narrate", "--format", "json", folder.path()});
  json::Reader reader;
  const json::Document* document = reader.read(json.out);
  ASSERT_NE(document, nullptr) << reader.fault().message << json.out;
  EXPECT_EQ(document->root().size(), 3u);
}

TEST(Narrate, SaysWhatItCouldNotRead) {
  const Folder folder;
  const Outcome outcome = run({"narrate", "--format", "json", folder.path("missing.json")});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_EQ(outcome.out, "[]\n");
  EXPECT_NE(outcome.err.find("No such file"), std::string::npos);
  EXPECT_EQ(run({"narrate"}).exit, 2);
  EXPECT_EQ(run({"narrate", "--format", "sarif", folder.path()}).exit, 2);
}

}  // namespace
}  // namespace bearproof::test
