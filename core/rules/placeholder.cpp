#include "placeholder.h"

#include <cstddef>

namespace bearproof::rules {
namespace {

constexpr std::string_view separators = ":/@#";
constexpr std::string_view template_words[] = {"UNSET", "TODO", "REPLACE_WITH_DIGEST"};

/// `<local-id>`: letters, digits, hyphens, underscores, dots and spaces between angle brackets.
bool is_bracketed(std::string_view inside) {
  if (inside.empty()) return false;
  for (const char c : inside) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == ' ';
    if (!plain) return false;
  }
  return true;
}

}  // namespace

Placeholder find_placeholder(std::string_view identifier) {
  for (std::size_t open = identifier.find('<'); open != std::string_view::npos; open = identifier.find('<', open + 1)) {
    const std::size_t close = identifier.find('>', open);
    if (close == std::string_view::npos) break;
    if (is_bracketed(identifier.substr(open + 1, close - open - 1))) {
      return {true, identifier.substr(open, close - open + 1)};
    }
  }
  for (const std::string_view word : template_words) {
    if (!identifier.ends_with(word)) continue;
    const std::size_t before = identifier.size() - word.size();
    if (before == 0 || separators.find(identifier[before - 1]) != std::string_view::npos) return {true, word};
  }
  if (identifier.starts_with("urn:") && identifier.ends_with(':')) return {true, ""};
  return {};
}

bool names_identifier(std::string_view key) {
  if (key == "id") return true;
  for (const std::string_view suffix : {"Id", "_id", "Ref", "Refs", "_ref", "_refs"}) {
    if (key.ends_with(suffix)) return true;
  }
  return false;
}

}  // namespace bearproof::rules
