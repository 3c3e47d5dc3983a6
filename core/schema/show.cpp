#include "show.h"

namespace bearproof::schema {
namespace {

bool is_deceptive(std::uint32_t c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
  if (c == 0xAD || c == 0x61C || c == 0x180E || c == 0x2028 || c == 0x2029 || c == 0xFEFF) return true;
  if (c >= 0x200B && c <= 0x200F) return true;
  if (c >= 0x202A && c <= 0x202E) return true;
  if (c >= 0x2060 && c <= 0x206F) return true;
  if (c >= 0xFFF9 && c <= 0xFFFB) return true;
  return c >= 0xE0000 && c <= 0xE0FFF;
}

// Decodes one code point of well-formed UTF-8.
std::uint32_t decode(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(i < text.size() ? text[i] : 0)};
  };
  const std::uint32_t first = byte(at);
  if (first < 0x80) {
    at += 1;
    return first;
  }
  if (first < 0xE0) {
    const std::uint32_t c = (first & 31u) << 6 | (byte(at + 1) & 63u);
    at += 2;
    return c;
  }
  if (first < 0xF0) {
    const std::uint32_t c = (first & 15u) << 12 | (byte(at + 1) & 63u) << 6 | (byte(at + 2) & 63u);
    at += 3;
    return c;
  }
  const std::uint32_t c =
      (first & 7u) << 18 | (byte(at + 1) & 63u) << 12 | (byte(at + 2) & 63u) << 6 | (byte(at + 3) & 63u);
  at += 4;
  return c;
}

void append_hex(std::string& out, std::uint32_t c) {
  char digits[8];
  int count = 0;
  do {
    digits[count++] = "0123456789ABCDEF"[c & 15u];
    c >>= 4;
  } while (c != 0);
  out += "\\u{";
  while (count > 0) out += digits[--count];
  out += '}';
}

}  // namespace

void append_visible(std::string& out, std::string_view utf8, std::uint32_t most) {
  std::uint32_t shown = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    if (shown++ == most) {
      out += "\u2026";
      return;
    }
    const std::size_t begin = at;
    const std::uint32_t c = decode(utf8, at);
    if (is_deceptive(c)) {
      append_hex(out, c);
    } else {
      out += utf8.substr(begin, at - begin);
    }
  }
}

void append_quoted(std::string& out, std::string_view utf8, std::uint32_t most) {
  out += '"';
  append_visible(out, utf8, most);
  out += '"';
}

void append_value(std::string& out, json::Value value) {
  std::string scratch;
  switch (value.type()) {
    case json::Type::null: out += "null"; break;
    case json::Type::boolean: out += value.is_true() ? "true" : "false"; break;
    case json::Type::number: append_visible(out, value.raw()); break;
    case json::Type::string: append_quoted(out, value.string(scratch)); break;
    case json::Type::array:
    case json::Type::object:
      if (value.size() == 0) {
        out += value.is_array() ? "[]" : "{}";
      } else {
        out += kind_of(value);
      }
      break;
  }
}

std::string_view kind_of(json::Value value) {
  switch (value.type()) {
    case json::Type::null: return "null";
    case json::Type::boolean: return "a boolean";
    case json::Type::number: return "a number";
    case json::Type::string: return "a string";
    case json::Type::array: return "an array";
    case json::Type::object: return "an object";
  }
  return "a value";
}

}  // namespace bearproof::schema
