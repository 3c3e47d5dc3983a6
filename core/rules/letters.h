// ASCII, whatever the locale.
#pragma once

#include <cstddef>
#include <string_view>

namespace bearproof::rules {

constexpr bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// @param lower  in small letters
bool equal_ignoring_case(std::string_view text, std::string_view lower);
bool starts_with_ignoring_case(std::string_view text, std::string_view lower);
bool contains_ignoring_case(std::string_view text, std::string_view lower);

/// Without spaces, tabs and line ends at either end.
std::string_view trimmed(std::string_view text);

}  // namespace bearproof::rules
