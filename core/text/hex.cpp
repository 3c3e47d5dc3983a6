#include "bearproof/text/hex.h"

#include "bearproof/text/ascii.h"

namespace bearproof::text {
namespace {

constexpr char capital(std::uint32_t digit) { return "0123456789ABCDEF"[digit & 15u]; }
constexpr char small(std::uint32_t digit) { return "0123456789abcdef"[digit & 15u]; }

}  // namespace

void append_hex(std::string& out, std::uint32_t value, unsigned digits) {
  constexpr unsigned most = 8;
  for (unsigned left = most; left > 0; --left) {
    const std::uint32_t rest = value >> 4 * (left - 1);
    if (rest != 0 || left <= digits || left == 1) out += capital(rest);
  }
}

void append_unicode_escape(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += small(unit >> shift);
}

void append_hex_bytes(std::string& out, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) {
    out += small(byte >> 4u);
    out += small(byte);
  }
}

void append_percent_encoded(std::string& out, char byte) {
  out += '%';
  append_hex(out, static_cast<unsigned char>(byte), 2);
}

int percent_decoded(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '%' || !is_hex_digit(text[at + 1]) || !is_hex_digit(text[at + 2])) return -1;
  return static_cast<int>(hex_value(text[at + 1]) << 4 | hex_value(text[at + 2]));
}

std::string name_of_code_point(std::uint32_t code_point) {
  std::string out = "U+";
  append_hex(out, code_point, 4);
  return out;
}

}  // namespace bearproof::text
