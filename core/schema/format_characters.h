// Character tests that several formats share. ASCII only: no locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bearproof::schema::format_rules {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// The code point at `at` of well-formed UTF-8, moving past it. Ill-formed bytes count as U+FFFD, one each.
inline std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const std::uint32_t lead = byte(0);
  std::uint32_t value = 0xFFFD;
  std::size_t length = 1;
  if (lead < 0x80) {
    value = lead;
  } else if (lead < 0xE0 && tail(1)) {
    value = (lead & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
    length = 2;
  } else if (lead < 0xF0 && tail(1) && tail(2)) {
    value = (lead & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    length = 3;
  } else if (tail(1) && tail(2) && tail(3)) {
    value = (lead & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
    length = 4;
  }
  at += length;
  return value;
}

}  // namespace bearproof::schema::format_rules
