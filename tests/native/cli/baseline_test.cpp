#include <gtest/gtest.h>

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

const std::string bad = R"({"type":"BrowserAutomationReceipt"})";

TEST(Baseline, KnownFindingsAreNotToldAgain) {
  const Folder folder;
  const std::string first = folder.write("a.json", bad);
  folder.write("lines.ndjson", bad + "\n" + good_receipt() + "\n");
  const std::string baseline = folder.path("baseline");
  EXPECT_EQ(run({"check", folder.path()}).exit, 1);
  const Outcome kept = run({"check", "--baseline", baseline, "--update-baseline", folder.path()});
  EXPECT_EQ(kept.exit, 0) << kept.out << kept.err;
  EXPECT_NE(kept.out.find("3 documents: 1 valid, 2 invalid. No findings."), std::string::npos) << kept.out;

  const Outcome again = run({"check", "--baseline", baseline, folder.path()});
  EXPECT_EQ(again.exit, 0) << again.out;
  EXPECT_EQ(again.out, kept.out) << "a verdict is not changed by what is known";

  // Other lines, the same findings; one new finding.
  folder.write("a.json", "\n\n" + bad);
  EXPECT_EQ(run({"check", "--baseline", baseline, folder.path()}).exit, 0);
  folder.write("a.json", R"({"type":"BrowserAutomationReceipt","transport":"telepathy"})");
  const Outcome changed = run({"check", "--baseline", baseline, "--format", "github", folder.path()});
  EXPECT_EQ(changed.exit, 1);
  EXPECT_EQ(changed.out.find("browser.owner.missing"), std::string::npos) << changed.out;
  EXPECT_NE(changed.out.find("browser.transport.unknown"), std::string::npos) << changed.out;
  EXPECT_NE(changed.out.find("1 error."), std::string::npos) << changed.out;
}

TEST(Baseline, IsAFileThatPeopleCanRead) {
  const Folder folder;
  folder.write("a.json", "{");
  const std::string baseline = folder.path("baseline");
  run({"check", "--baseline", baseline, "--update-baseline", folder.path()});
  EXPECT_EQ(read_file(baseline).value_or(""),
            "{\n  \"baseline\": 1,\n  \"findings\": [\n    { \"rule\": \"parse.text.invalid\", \"source\": \"" +
                folder.path("a.json") + "\", \"pointer\": \"\" }\n  ]\n}\n");
}

TEST(Baseline, WhatIsNoBaselineIsWrongUsage) {
  const Folder folder;
  const std::string file = folder.write("a.json", bad);
  for (const char* wrong : {"{", "[]", "{\"baseline\":2,\"findings\":[]}", R"({"baseline":1,"findings":[{}]})",
                            R"({"baseline":1,"findings":[{"rule":1}]})", R"({"baseline":1,"findings":{}})"}) {
    const Outcome outcome = run({"check", "--baseline", folder.write("baseline", wrong), file});
    EXPECT_EQ(outcome.exit, 2) << wrong;
    EXPECT_NE(outcome.err.find("--baseline "), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(run({"check", "--baseline", folder.path("missing"), file}).exit, 3);
  EXPECT_EQ(run({"check", "--update-baseline", file}).exit, 2) << "which file?";
}

}  // namespace
}  // namespace bearproof::test
