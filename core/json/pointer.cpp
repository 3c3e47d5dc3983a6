#include "bearproof/json/pointer.h"

#include <charconv>

namespace bearproof::json {

void append_token(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

std::string pointer_to(const Document& document, NodeIndex node) {
  std::string pointer;
  std::string scratch;
  Value at = document.root();
  while (at.index() != node) {
    if (at.is_array()) {
      std::uint32_t index = 0;
      Value inside;
      for (const Value item : at.items()) {
        if (node < item.next()) {
          inside = item;
          break;
        }
        ++index;
      }
      if (!inside) break;
      char digits[10];
      const auto end = std::to_chars(digits, digits + sizeof digits, index).ptr;
      append_token(pointer, std::string_view(digits, static_cast<std::size_t>(end - digits)));
      at = inside;
    } else {
      Value inside;
      for (const Member member : at.members()) {
        if (node < member.value.next()) {
          append_token(pointer, member.key.string(scratch));
          if (node == member.key.index()) return pointer;
          inside = member.value;
          break;
        }
      }
      if (!inside) break;
      at = inside;
    }
  }
  return pointer;
}

namespace {

/// Decodes "~0" and "~1". False where a '~' stands before anything else.
bool decode_token(std::string_view token, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    if (++i == token.size()) return false;
    if (token[i] == '0') {
      out += '~';
    } else if (token[i] == '1') {
      out += '/';
    } else {
      return false;
    }
  }
  return true;
}

std::optional<std::uint32_t> array_index(std::string_view token) {
  if (token.empty() || (token[0] == '0' && token.size() > 1)) return std::nullopt;
  if (token[0] < '0' || token[0] > '9') return std::nullopt;
  std::uint32_t index = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), index);
  if (result.ec != std::errc() || result.ptr != token.data() + token.size()) return std::nullopt;
  return index;
}

}  // namespace

std::optional<Value> resolve(const Document& document, std::string_view pointer) {
  Value at = document.root();
  std::string token;
  while (!pointer.empty()) {
    if (pointer[0] != '/') return std::nullopt;
    pointer.remove_prefix(1);
    const std::size_t slash = std::min(pointer.find('/'), pointer.size());
    if (!decode_token(pointer.substr(0, slash), token)) return std::nullopt;
    pointer.remove_prefix(slash);
    Value next;
    if (at.is_object()) {
      next = at.find(token);
    } else if (at.is_array()) {
      const std::optional<std::uint32_t> index = array_index(token);
      if (!index || *index >= at.size()) return std::nullopt;
      std::uint32_t i = 0;
      for (const Value item : at.items()) {
        if (i++ == *index) {
          next = item;
          break;
        }
      }
    }
    if (!next) return std::nullopt;
    at = next;
  }
  return at;
}

}  // namespace bearproof::json
