// Characters of ASCII, whatever the locale. Bytes beyond ASCII are none of them, and differ from each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bearproof::text {

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
constexpr bool is_upper(char c) { return static_cast<unsigned char>(c - 'A') < 26; }
constexpr bool is_lower(char c) { return static_cast<unsigned char>(c - 'a') < 26; }
constexpr bool is_letter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || static_cast<unsigned char>((c | 0x20) - 'a') < 6; }

constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; }
/// The text with its capitals as small letters.
std::string lower_case(std::string_view text);

/// @pre is_hex_digit(c)
constexpr std::uint32_t hex_value(char c) {
  return static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// @param lower  in small letters
bool equal_ignoring_case(std::string_view text, std::string_view lower);
bool starts_with_ignoring_case(std::string_view text, std::string_view lower);
bool contains_ignoring_case(std::string_view text, std::string_view lower);

/// A name in small letters and without what separates words ('-', '_', '.', ' '): equal for two ways to write it.
std::string normalised_name(std::string_view name);

/// Whether two texts are the same but for the case of letters.
bool same_but_case(std::string_view a, std::string_view b);

/// Without spaces, tabs and line ends at either end.
std::string_view trimmed(std::string_view text);

}  // namespace bearproof::text
