#include "template.h"

#include <algorithm>

namespace bearproof::narrative {
namespace {

/// Takes the text up to one of `stops` from the front; the stop itself stays.
std::string_view take(std::string_view& text, std::string_view stops) {
  const std::size_t end = std::min(text.find_first_of(stops), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

/// Takes one word of a list separated by `separator`.
std::string_view next_word(std::string_view& list, char separator) {
  const std::size_t end = std::min(list.find(separator), list.size());
  const std::string_view word = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return word;
}

class Filling {
 public:
  Filling(std::string_view text, json::Value root, const Secrecy& secrecy)
      : rest_(text), root_(root), secrecy_(secrecy) {}

  /// Text up to the end of this alternative.
  std::string run(bool& is_complete) {
    std::string out;
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ']') {
      if (rest_[0] == '{') {
        out += slot(is_complete);
      } else if (rest_[0] == '[') {
        out += alternatives();
      } else {
        out += take(rest_, "{[|]");
      }
    }
    return out;
  }

 private:
  json::Value first_of(std::string_view paths) const {
    while (!paths.empty()) {
      const json::Value value = at_path(root_, next_word(paths, ','));
      if (value && !value.is_null()) return value;
    }
    return {};
  }

  std::string slot(bool& is_complete) {
    rest_.remove_prefix(1);
    std::string_view inside = take(rest_, "}");
    if (!rest_.empty()) rest_.remove_prefix(1);
    std::string_view paths = take(inside, "|");
    if (paths.starts_with('#')) return count(paths.substr(1));
    for (std::string_view left = paths; !left.empty();) {
      std::string words = words_of(at_path(root_, next_word(left, ',')), secrecy_);
      if (!words.empty()) return words;
    }
    if (!inside.empty()) return std::string(inside.substr(1));
    is_complete = false;
    return {};
  }

  /// "no nouns", "1 noun", "2 nouns"
  std::string count(std::string_view inside) const {
    std::string_view noun = inside;
    const json::Value value = first_of(next_word(noun, ' '));
    const std::uint32_t items = value && value.is_array() ? value.size() : 0;
    std::string out = items == 0 ? "no" : std::to_string(items);
    out.append(" ").append(noun);
    if (items == 1) return out;
    if (noun.ends_with('y')) {
      out.pop_back();
      return out + "ies";
    }
    return out + "s";
  }

  std::string alternatives() {
    std::string told;
    bool is_told = false;
    do {
      rest_.remove_prefix(1);  // '[' or '|'
      const std::string_view condition = take(rest_, ":");
      if (!rest_.empty()) rest_.remove_prefix(1);
      bool is_complete = true;
      std::string text = run(is_complete);
      if (is_told || !is_complete || !holds(condition)) continue;
      told = std::move(text);
      is_told = true;
    } while (!rest_.empty() && rest_[0] == '|');
    if (!rest_.empty()) rest_.remove_prefix(1);  // ']'
    return told;
  }

  bool holds(std::string_view condition) const {
    while (!condition.empty()) {
      if (!holds_one(next_word(condition, '&'))) return false;
    }
    return true;
  }

  bool holds_one(std::string_view condition) const {
    if (condition.starts_with('!')) return !is_there(first_of(condition.substr(1)));
    std::string_view values = condition;
    const json::Value value = first_of(next_word(values, '='));
    if (values.empty()) return is_there(value);
    if (!value) return false;
    while (!values.empty()) {
      const std::string_view wanted = next_word(values, ',');
      if (value.is_string() ? value.equals(wanted) : value.is_boolean() && value.raw() == wanted) return true;
    }
    return false;
  }

  bool is_there(json::Value value) const {
    if (!value || value.is_null() || value.is_false()) return false;
    if (value.is_array() || value.is_object()) return value.size() != 0;
    return !words_of(value, secrecy_).empty();
  }

  std::string_view rest_;
  json::Value root_;
  const Secrecy& secrecy_;
};

/// Walks a template as Filling does and notes what it could not be.
class Proof {
 public:
  explicit Proof(std::string_view text) : rest_(text) {}

  std::string run(bool is_sentence) {
    sequence(is_sentence);
    if (fault_.empty() && !rest_.empty()) fault_ = "a bracket is closed that was not opened";
    return fault_;
  }

 private:
  void sequence(bool needs_or) {
    while (fault_.empty() && !rest_.empty() && rest_[0] != '|' && rest_[0] != ']') {
      if (rest_[0] == '{') {
        slot(needs_or);
      } else if (rest_[0] == '[') {
        alternatives();
      } else if (take(rest_, "{[|]").find('}') != std::string_view::npos) {
        fault_ = "a brace is closed that was not opened";
      }
    }
  }

  void slot(bool needs_or) {
    const std::string_view inside = take(rest_, "}").substr(1);
    if (rest_.empty()) {
      fault_ = "a brace is not closed";
      return;
    }
    rest_.remove_prefix(1);
    const bool counts = inside.starts_with('#');
    if (counts && inside.find(' ') == std::string_view::npos) fault_ = "a count has no noun";
    if (counts && inside.find('|') != std::string_view::npos) fault_ = "a count has an \"or\"";
    if (needs_or && !counts && inside.find('|') == std::string_view::npos) fault_ = "a value may be missing";
    if (inside.empty() || inside.find_first_of("{[]") != std::string_view::npos) fault_ = "a place has no name";
    if (!fault_.empty()) fault_.append(": {").append(inside).append("}");
  }

  void alternatives() {
    do {
      rest_.remove_prefix(1);
      const std::string_view condition = take(rest_, ":");
      if (rest_.empty()) {
        fault_ = "an alternative has no colon";
        return;
      }
      if (condition.find_first_of(" {}[]|") != std::string_view::npos) {
        fault_ = std::string("not a condition: ").append(condition);
        return;
      }
      rest_.remove_prefix(1);
      sequence(false);
      if (!fault_.empty()) return;
    } while (!rest_.empty() && rest_[0] == '|');
    if (rest_.empty()) {
      fault_ = "a bracket is not closed";
      return;
    }
    rest_.remove_prefix(1);
  }

  std::string_view rest_;
  std::string fault_;
};

}  // namespace

std::string fill(std::string_view text, json::Value root, const Secrecy& secrecy) {
  bool is_complete = true;
  std::string out = Filling(text, root, secrecy).run(is_complete);
  if (!is_complete) return {};
  const std::size_t first = out.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : out.substr(first);
}

std::string sentence(std::string_view text, json::Value root, const Secrecy& secrecy) {
  const std::string filled = fill(text, root, secrecy);
  std::string out;
  for (const char c : filled) {
    const bool doubled = !out.empty() && out.back() == c && (c == ' ' || c == '.');
    if (!doubled) out += c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.empty()) return out;
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  if (std::string_view(".!?").find(out.back()) == std::string_view::npos) out += '.';
  return out;
}

std::string fault_of(std::string_view text, bool is_sentence) { return Proof(text).run(is_sentence); }

}  // namespace bearproof::narrative
