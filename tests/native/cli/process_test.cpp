// The program itself, started without a shell.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

extern char** environ;

namespace bearproof::test {
namespace {

struct Process {
  int exit = -1;  ///< exit code; -1: ended by a signal
  std::string out;
};

/// @param read_most  bytes of output to read before the reading end is closed
Process start(const std::vector<std::string>& arguments, const std::string& input = {},
              std::size_t read_most = std::size_t{1} << 30) {
  int in[2];
  int out[2];
  EXPECT_EQ(pipe2(in, O_CLOEXEC), 0);
  EXPECT_EQ(pipe2(out, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> copies = {BEARPROOF_PROGRAM};
  copies.insert(copies.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& copy : copies) pointers.push_back(copy.data());
  pointers.push_back(nullptr);
  pid_t child = -1;
  EXPECT_EQ(posix_spawn(&child, BEARPROOF_PROGRAM, &actions, nullptr, pointers.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  EXPECT_EQ(write(in[1], input.data(), input.size()), static_cast<ssize_t>(input.size()));
  close(in[1]);
  Process process;
  char block[4096];
  while (process.out.size() < read_most) {
    const ssize_t got = read(out[0], block, std::min(sizeof block, read_most - process.out.size()));
    if (got <= 0) break;
    process.out.append(block, static_cast<std::size_t>(got));
  }
  close(out[0]);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  if (WIFEXITED(status)) process.exit = WEXITSTATUS(status);
  return process;
}

TEST(Process, ExitsAsPromised) {
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  EXPECT_EQ(start({"check", good}).exit, 0);
  EXPECT_EQ(start({"check", "-"}, "{").exit, 1);
  EXPECT_EQ(start({"check", "--nonsense"}).exit, 2);
  EXPECT_EQ(start({"check", folder.path("missing.json")}).exit, 3);
  EXPECT_EQ(start({"check", folder.path("good.json") + "/x"}).exit, 3);
  EXPECT_EQ(start({"--version"}).exit, 0);
}

TEST(Process, PrintsWhatTheLibraryPrints) {
  const Folder folder;
  const std::string file = folder.write("bad.json", "{\"type\":\"BrowserAutomationReceipt\"}");
  EXPECT_EQ(start({"check", file}).out, run({"check", file}).out);
  EXPECT_EQ(start({"rules", "--format", "json"}).out, run({"rules", "--format", "json"}).out);
}

TEST(Process, LinesAreAsLongAsColumnsSays) {
  const auto longest = [](const std::string& text) {
    std::size_t most = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      most = std::max(most, end - at);
      at = end + 1;
    }
    return most;
  };
  const char* before = getenv("COLUMNS");
  const std::string kept = before == nullptr ? "" : before;
  const std::vector<std::string> help = {"check", "--help"};
  setenv("COLUMNS", "100", 1);
  EXPECT_GT(longest(start(help).out), 80u);
  EXPECT_LE(longest(start(help).out), 100u);
  for (const char* nonsense : {"", "0", "-4", "wide", "4294967296", "80x"}) {
    setenv("COLUMNS", nonsense, 1);
    EXPECT_EQ(start(help).out, run(help).out) << nonsense;
  }
  if (before == nullptr) {
    unsetenv("COLUMNS");
  } else {
    setenv("COLUMNS", kept.c_str(), 1);
  }
}

TEST(Process, AReaderThatGoesAwayIsNoCrash) {
  const Folder folder;
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += "{\"type\":\"BrowserAutomationReceipt\"}\n";
  const std::string file = folder.write("many.ndjson", lines);
  for (const std::string format : {"text", "json", "ndjson"}) {
    const Process process = start({"check", "--format", format, file}, "", 100);
    EXPECT_EQ(process.exit, 1) << format << ": not a signal, not a complaint";
    EXPECT_EQ(process.out.size(), 100u);
  }
}

TEST(Process, AFullDeviceIsASystemError) {
  if (access("/dev/full", W_OK) != 0) GTEST_SKIP() << "skipped: no /dev/full here";
  const Folder folder;
  const std::string good = folder.write("good.json", good_receipt());
  EXPECT_EQ(start({"check", "-o", "json=/dev/full", good}).exit, 3);
}

}  // namespace
}  // namespace bearproof::test
