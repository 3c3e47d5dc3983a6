#include "placeholder.h"

#include <cstddef>

#include "bearproof/text/ascii.h"

namespace bearproof::rules {
namespace {

constexpr std::string_view separators = ":/@#";
constexpr std::string_view template_words[] = {"UNSET", "TODO", "REPLACE_WITH_DIGEST"};

/// What may stand between the brackets of a template.
bool is_inside(char c) { return text::is_letter_or_digit(c) || c == '-' || c == '_' || c == '.' || c == ' '; }

}  // namespace

Placeholder find_placeholder(std::string_view identifier) {
  // `<local-id>`: what may stand inside holds no bracket, so no byte is looked at twice, however many are opened.
  for (std::size_t open = identifier.find('<'); open != std::string_view::npos; open = identifier.find('<', open + 1)) {
    std::size_t close = open + 1;
    while (close < identifier.size() && is_inside(identifier[close])) ++close;
    if (close == identifier.size()) break;
    if (identifier[close] == '>' && close > open + 1) return {true, identifier.substr(open, close - open + 1)};
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
