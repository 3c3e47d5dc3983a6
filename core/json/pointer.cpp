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

const std::string& Pointers::of(NodeIndex node) {
  // What of the way to the last node leads to this one too, unless the walk has passed it.
  const auto leads_there = [&](const Step& step) {
    return node >= step.child && node < Value(document_, step.holder).next();
  };
  while (!steps_.empty() && !leads_there(steps_.back())) steps_.pop_back();
  const NodeIndex root = document_->root().index();
  if (steps_.empty()) {
    pointer_.clear();
    if (node <= root || node >= document_->root().next()) return pointer_;
    steps_.push_back({root, root + 1, 0, 0});
  }
  for (;;) {
    Step& step = steps_.back();
    const bool named = Value(document_, step.holder).is_object();
    Value value(document_, step.child + (named ? 1 : 0));
    while (node >= value.next()) {
      step.child = value.next();
      ++step.index;
      value = Value(document_, step.child + (named ? 1 : 0));
    }
    pointer_.resize(step.length);
    if (named) {
      append_token(pointer_, Value(document_, step.child).string(scratch_));
    } else {
      char digits[10];
      const auto end = std::to_chars(digits, digits + sizeof digits, step.index).ptr;
      append_token(pointer_, std::string_view(digits, static_cast<std::size_t>(end - digits)));
    }
    if (node <= value.index()) return pointer_;
    steps_.push_back({value.index(), value.index() + 1, 0, pointer_.size()});
  }
}

std::string pointer_to(const Document& document, NodeIndex node) { return Pointers(document).of(node); }

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
