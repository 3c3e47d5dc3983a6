#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bearproof::json {

/// A place in a source text, counted in every way that someone may need.
struct Position {
  std::uint64_t offset = 0;  ///< bytes from the start of the file
  std::uint64_t line = 1;    ///< from 1; LF, CRLF and a lone CR end a line
  std::uint64_t column = 1;  ///< from 1, in code points; a maximal ill-formed sequence (Unicode 3.9, U+FFFD
                             ///< substitution of maximal subparts) counts as one
  std::uint64_t utf16 = 0;   ///< UTF-16 code units from the start of the file; an ill-formed sequence counts one
  friend bool operator==(const Position&, const Position&) = default;
};

/// Turns byte offsets into positions. Ascending questions about one text cost one walk in all.
class Locator {
 public:
  /// @param text  the text; positions are relative to its start unless `origin` says where it starts in its file
  explicit Locator(std::string_view text, Position origin = {});

  /// @param offset  from the start of `text`; offsets past its end mean its end, offsets inside a code point its start
  Position at(std::uint64_t offset);

 private:
  std::string_view text_;
  Position origin_;
  Position here_;
};

}  // namespace bearproof::json
