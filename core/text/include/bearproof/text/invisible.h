// Characters that a reader would not see, or that change how others are seen.
#pragma once

#include <cstdint>

namespace bearproof::text {

/// Whether a character commands whoever shows it: controls, separators of lines and paragraphs, marks of annotations.
constexpr bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c >= 0xFFF9 && c <= 0xFFFB);
}

/// Whether a character is meant to show nothing (Default_Ignorable_Code_Point of Unicode 17): zero-width characters,
/// marks, embeddings, overrides and isolates of direction, variation selectors, fillers, tags.
bool is_default_ignorable(std::uint32_t code_point);

/// Whether text from elsewhere must not be shown with this character as it is: the two above, what only private
/// agreement gives a meaning to, and what is no character.
bool is_unsafe_to_show(std::uint32_t code_point);

}  // namespace bearproof::text
