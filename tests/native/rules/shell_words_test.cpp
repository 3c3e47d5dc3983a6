#include "../../../core/rules/shell_words.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bearproof::rules {
namespace {

using Command = std::vector<std::string>;

std::vector<Command> commands(std::string_view text) {
  ShellWords shell(text);
  std::vector<std::string_view> words;
  std::vector<Command> out;
  while (shell.next(words)) out.emplace_back(words.begin(), words.end());
  return out;
}

using Commands = std::vector<Command>;

TEST(ShellWords, SplitsAtBlanks) {
  EXPECT_EQ(commands(""), Commands{});
  EXPECT_EQ(commands("  \t\r\n ; & "), Commands{});
  EXPECT_EQ(commands(" ls  -l\t/tmp "), (Commands{{"ls", "-l", "/tmp"}}));
}

TEST(ShellWords, EndsCommandsWhereAShellDoes) {
  EXPECT_EQ(commands("a 1; b 2 && c || d | e & f\ng"),
            (Commands{{"a", "1"}, {"b", "2"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}}));
  EXPECT_EQ(commands("a $(b c) `d`"), (Commands{{"a", "$"}, {"b", "c"}, {"d"}}));
}

TEST(ShellWords, TakesQuotesAway) {
  EXPECT_EQ(commands(R"(a "b c" 'd "e"' f"g"h '')"), (Commands{{"a", "b c", "d \"e\"", "fgh", ""}}));
  EXPECT_EQ(commands(R"("a;b" 'c&&d' "e\"f" "g\h")"), (Commands{{"a;b", "c&&d", "e\"f", "g\\h"}}));
  EXPECT_EQ(commands("a 'never closed ; b"), (Commands{{"a", "never closed ; b"}}));
}

TEST(ShellWords, KnowsBackslashesAndComments) {
  EXPECT_EQ(commands("Voice\\ Memos"), (Commands{{"Voice Memos"}}));
  EXPECT_EQ(commands("a \\\n  b\\\r\nc"), (Commands{{"a", "bc"}}));
  EXPECT_EQ(commands("C:\\Users\\name"), (Commands{{"C:\\Users\\name"}})) << "before a letter it stays";
  EXPECT_EQ(commands("a # b ; c\nd#e"), (Commands{{"a"}, {"d#e"}}));
  EXPECT_EQ(commands("a\\"), (Commands{{"a\\"}}));
}

}  // namespace
}  // namespace bearproof::rules
