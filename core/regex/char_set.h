// What a pattern's atoms match.
#pragma once

#include "bearproof/text/code_point_set.h"

namespace bearproof::regex {

using CharSet = text::CodePointSet;

/// The escapes \d, \s, \w and the dot.
const CharSet& digits();
const CharSet& spaces();
const CharSet& word_characters();
const CharSet& line_ends();

/// A character of `\w`.
constexpr bool is_word(std::uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace bearproof::regex
