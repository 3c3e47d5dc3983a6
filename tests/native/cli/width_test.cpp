// Prose keeps to the terminal's width, whichever command tells it.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

/// Lines that are wider than `width` although they have a space to be broken at, behind their indentation. Names of
/// files and places, and examples, stay in one piece: whoever clicks or copies them wants them whole.
std::vector<std::string> too_wide(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (line.size() > width && line.find('/') == std::string::npos && line.find('{') == std::string::npos) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    most = std::max(most, end - at);
    at = end + 1;
  }
  return most;
}

TEST(Width, ProseOfEveryCommandKeepsToIt) {
  const std::string services = source_path("schemas/service/examples");
  const std::vector<std::vector<std::string>> commands = {
      {"--help"},
      {"check", "--help"},
      {"store", "--help"},
      {"release", "--help"},
      {"explain", "browser.owner.ambiguous"},
      {"explain", "doc.secret.present"},
      {"graph", services},
      {"release", services},
      {"release", source_path("conformance/service/bad")},
      {"narrate", services, source_path("schemas/agentplane/examples")},
      {"check", "--color", "never", source_path("conformance/service/bad")},
  };
  for (const auto& command : commands) {
    for (const unsigned columns : {60u, 80u, 120u}) {
      std::vector<std::string> arguments = command;
      if (command.front() == "narrate" || command.front() == "explain" || command.front() == "release") {
        if (command.back() != "--help") arguments.insert(arguments.begin() + 1, "--color=never");
      }
      const Outcome outcome = run(arguments, "", {true, columns, true});
      EXPECT_FALSE(outcome.out.empty()) << command.front();
      for (const std::string& line : too_wide(outcome.out, columns)) {
        ADD_FAILURE() << command.front() << " at " << columns << " columns: " << line;
      }
    }
  }
}

TEST(Width, WithoutOneOnlyWhatTheProgramSaysOfItselfIsWrapped) {
  const std::string services = source_path("schemas/service/examples");
  EXPECT_LE(widest(run({"check", "--help"}).out), 80u);
  EXPECT_LE(widest(run({"explain", "doc.secret.present"}).out), 80u);
  EXPECT_GT(widest(run({"narrate", services}).out), 100u) << "a story is in the reader's hands: one line for each part";
}

TEST(Width, NothingIsLostByWrapping) {
  const std::string services = source_path("schemas/service/examples");
  const auto words = [](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::string out;
    for (const char letter : text) {
      if (letter != ' ' || (!out.empty() && out.back() != ' ')) out += letter;
    }
    return out;
  };
  for (const std::string command : {"narrate", "graph", "release"}) {
    const std::string whole = words(run({command, services}).out);
    for (const unsigned columns : {1u, 20u, 60u}) {
      EXPECT_EQ(words(run({command, services}, "", {false, columns, true}).out), whole) << command << columns;
    }
  }
}

}  // namespace
}  // namespace bearproof::test
