// `bearproof sessions`: what it prints, and how it exits.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string example(const std::string& name) {
  return read_file(source_path("schemas/browser/examples/" + name + ".json")).value_or("");
}

TEST(SessionsCommand, ExitsByStanding) {
  const Folder folder;
  const std::string good = folder.write("a.json", example("bearbrowser-v1-active"));
  EXPECT_EQ(run({"sessions", good}).exit, 0);
  EXPECT_EQ(run({"sessions", folder.path()}).exit, 0);
  EXPECT_EQ(run({"sessions", "-"}, example("bearbrowser-v1-active")).exit, 0);
  EXPECT_EQ(run({"sessions", "-"}, "{").exit, 1);
  folder.write("b.json", example("bearbrowser-v1-denied"));
  EXPECT_EQ(run({"sessions", folder.path()}).exit, 1);
  EXPECT_EQ(run({"sessions", good, folder.path("missing.json")}).exit, 3);
}

TEST(SessionsCommand, UsageIsChecked) {
  const Folder folder;
  const std::string good = folder.write("a.json", example("bearbrowser-v1-active"));
  for (const auto& arguments : {std::vector<std::string>{"sessions"},
                                {"sessions", good, "--format", "text"},
                                {"sessions", good, "--now", "soon"},
                                {"sessions", good, "--ttl", "0"},
                                {"sessions", good, "--ttl", "1.5"},
                                {"sessions", good, "--ttl", "99999999999999999999"},
                                {"sessions", good, "--color", "green"},
                                {"sessions", good, "--severity", "browser.owner.missing=off"},
                                {"sessions", "-", "--watch"}}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit, 2) << arguments.back();
    EXPECT_EQ(outcome.out, "");
  }
}

TEST(SessionsCommand, TimeCountsOnlyWhenAskedFor) {
  const Folder folder;
  const std::string good = folder.write("a.json", example("bearbrowser-v1-active"));
  EXPECT_FALSE(has(run({"sessions", good}).out, "browser.ttl.exceeded"));
  EXPECT_TRUE(has(run({"sessions", good, "--now", "2026-05-06T15:00:00Z"}).out, "browser.ttl.exceeded"));
  EXPECT_FALSE(
      has(run({"sessions", good, "--now", "2026-05-06T15:00:00Z", "--ttl", "181"}).out, "browser.ttl.exceeded"));
  EXPECT_TRUE(has(run({"sessions", good, "--now", "2026-05-06T15:00:00Z", "--format", "json"}).out,
                  R"("now":"2026-05-06T15:00:00Z")"));
}

TEST(SessionsCommand, TheTableFitsTheTerminal) {
  const Folder folder;
  for (const char* name : {"bearbrowser-v1-active", "sourceos-v2-active", "bearbrowser-v1-denied", "seed-remote"}) {
    folder.write(std::string(name) + ".json", example(name));
  }
  const Outcome outcome = run({"sessions", folder.path()}, {}, {true, 80, true});
  std::size_t words = 0;
  for (std::size_t at = 0; at < outcome.out.size();) {
    const std::size_t end = std::min(outcome.out.find('\n', at), outcome.out.size());
    const std::string line = outcome.out.substr(at, end - at);
    // Paths are not broken.
    if (!has(line, folder.path())) {
      EXPECT_LE(line.size(), 80u) << line;
    }
    if (line.starts_with("consistent") || line.starts_with("not admitted")) ++words;
    at = end + 1;
  }
  EXPECT_EQ(words, 4u);
  EXPECT_TRUE(has(outcome.out, "policy denied this session (browser.session.denied)"));
}

TEST(SessionsCommand, ReadsOnlyFilesInFolders) {
  const Folder folder;
  folder.write("a.json", example("bearbrowser-v1-active"));
  ASSERT_EQ(mkfifo(folder.path("pipe.json").c_str(), 0600), 0);
  EXPECT_EQ(run({"sessions", folder.path()}).exit, 0);
}

TEST(SessionsCommand, LogsAreReadByLine) {
  const Folder folder;
  const std::string log = folder.write("receipts.jsonl", good_receipt() + "\n{\n" + good_receipt() + "\n");
  const Outcome outcome = run({"sessions", log, "--format", "json"});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_TRUE(has(outcome.out, R"("line":2,"verdict":"unreadable","standing":"not-admitted")"));
  EXPECT_TRUE(outcome.out.ends_with("\n"));
}

}  // namespace
}  // namespace bearproof::test
