// The command revoke: what it prints, and how it exits.
#include <string>

#include <gtest/gtest.h>

#include "program.h"

namespace bearproof::test {
namespace {

TEST(RevokeCommand, PrintsTheReceiptOrItsEvent) {
  const Folder folder;
  const std::string file = folder.write("a.json", good_receipt() + "\n");
  const Outcome receipt = run({"revoke", file, "--now", "2026-11-27T12:00:00Z"});
  EXPECT_EQ(receipt.exit, 0) << receipt.err;
  EXPECT_NE(receipt.out.find("2026-11-27T12:00:00Z"), std::string::npos);
  EXPECT_TRUE(receipt.out.ends_with("}\n")) << receipt.out;
  EXPECT_EQ(run({"revoke", "-", "--now", "2026-11-27T12:00:00Z"}, good_receipt() + "\n").out, receipt.out);
  // What was printed is revoked already.
  const std::string again = folder.write("b.json", receipt.out);
  EXPECT_EQ(run({"revoke", again, "--now", "system"}).out, receipt.out);
  const Outcome event = run({"revoke", file, "--event", "--now", "2026-11-27T12:00:00Z"});
  EXPECT_EQ(event.exit, 0) << event.err;
  EXPECT_NE(event.out.find("automation.action_denied"), std::string::npos);
  EXPECT_EQ(event.out.find('\n'), event.out.size() - 1);
  EXPECT_EQ(run({"revoke", again, "--event", "--now", "system"}).out, event.out);
}

TEST(RevokeCommand, SaysWhatIsWrong) {
  const Folder folder;
  const std::string file = folder.write("a.json", "{}");
  EXPECT_EQ(run({"revoke", file}).exit, 2);
  EXPECT_EQ(run({"revoke", file, "--now", "yesterday"}).exit, 2);
  EXPECT_EQ(run({"revoke", "--now", "system"}).exit, 2);
  EXPECT_EQ(run({"revoke", folder.path("none"), "--now", "system"}).exit, 3);
  const Outcome refused = run({"revoke", file, "--now", "system"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err, "bearproof: " + file +
                             ": the document is of no known kind, not a receipt of a browser automation session\n");
}

}  // namespace
}  // namespace bearproof::test
