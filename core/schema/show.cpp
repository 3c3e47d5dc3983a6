#include "show.h"

#include "bearproof/text/hex.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/utf8.h"

namespace bearproof::schema {
void append_visible(std::string& out, std::string_view utf8, std::uint32_t most) {
  std::uint32_t shown = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    if (shown++ == most) {
      out += "\u2026";
      return;
    }
    const text::Decoded here = text::decode(utf8, at);
    if (text::is_unsafe_to_show(here.code_point)) {
      out += "\\u{";
      text::append_hex(out, here.code_point, 1);
      out += '}';
    } else {
      out += utf8.substr(at, here.length);
    }
    at += here.length;
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
