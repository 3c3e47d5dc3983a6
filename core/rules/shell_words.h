#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bearproof::rules {

/// Splits a shell text into its commands, and those into words without their quotes. Variables stay as they are
/// written. This reads what people write into steps, not all of a shell: here-documents are read as commands.
class ShellWords {
 public:
  /// @param text  has to outlive this
  explicit ShellWords(std::string_view text) : text_(text) { words_of_all_.reserve(text.size()); }

  /// @param words  the words of the next command; they live as long as this
  /// @return false at the end
  bool next(std::vector<std::string_view>& words);

 private:
  std::string_view text_;
  std::string words_of_all_;  ///< never longer than the text, so views into it hold
};

}  // namespace bearproof::rules
