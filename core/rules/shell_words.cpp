#include "shell_words.h"

#include <cstddef>

#include "bearproof/text/ascii.h"

namespace bearproof::rules {

bool ShellWords::next(std::vector<std::string_view>& words) {
  constexpr std::string_view ends_of_commands = ";&|()`\n";
  constexpr std::string_view blanks = " \t\r";
  words.clear();
  std::size_t begin = words_of_all_.size();
  bool in_word = false;
  char quote = 0;
  const auto end_word = [&] {
    if (in_word) words.push_back(std::string_view(words_of_all_).substr(begin));
    begin = words_of_all_.size();
    in_word = false;
  };
  while (!text_.empty()) {
    const char c = text_.front();
    text_.remove_prefix(1);
    const char after = text_.empty() ? '\0' : text_.front();
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
        continue;
      }
      if (c == '\\' && quote == '"' && (after == '"' || after == '\\')) {
        words_of_all_ += after;
        text_.remove_prefix(1);
        continue;
      }
      words_of_all_ += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (c == '\\' && (after == '\n' || after == '\r')) {
      text_.remove_prefix(1);
      if (after == '\r' && text_.starts_with('\n')) text_.remove_prefix(1);
    } else if (c == '\\' && after != '\0' && !text::is_letter_or_digit(after)) {
      // Before a letter it is kept: that is how a path of Windows looks.
      words_of_all_ += after;
      text_.remove_prefix(1);
      in_word = true;
    } else if (c == '#' && !in_word) {
      const std::size_t line = text_.find('\n');
      text_.remove_prefix(line == std::string_view::npos ? text_.size() : line);
    } else if (ends_of_commands.find(c) != std::string_view::npos) {
      end_word();
      if (!words.empty()) return true;
    } else if (blanks.find(c) != std::string_view::npos) {
      end_word();
    } else {
      words_of_all_ += c;
      in_word = true;
    }
  }
  end_word();
  return !words.empty();
}

}  // namespace bearproof::rules
