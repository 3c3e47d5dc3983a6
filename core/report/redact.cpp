#include "bearproof/report/redact.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"

namespace bearproof::report {
namespace {

constexpr std::size_t shortest = 3;         // bytes
constexpr std::size_t shortest_piece = 12;  // of less, ordinary words are made
constexpr std::size_t most_values = 1000;
constexpr std::string_view replacement = "[hidden]";

/// So much of a value is left wherever a message cuts it.
constexpr std::size_t beginning = 24;

/// Whether everybody who quotes a text writes this byte as it is.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

bool Secrets::too_many() const { return values_.size() > most_values; }

void Secrets::remember(std::string_view text, bool is_piece) {
  if (text.size() >= (is_piece ? shortest_piece : shortest) && !too_many()) {
    values_.push_back({std::string(text), is_piece});
  }
}

void Secrets::add(json::Value value) {
  std::string scratch;
  const NodeIndex end = value.next();
  for (NodeIndex index = value.index(); index < end && !too_many(); ++index) {
    const json::Value node(&value.document(), index);
    if (node.is_number()) remember(node.raw(), false);
    if (!node.is_string()) continue;
    const std::string_view text = node.string(scratch);
    remember(text, false);
    if (node.has_escapes()) remember(node.raw(), false);
    if (std::all_of(text.begin(), text.end(), is_plain)) continue;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t stop = at;
      while (stop < text.size() && is_plain(text[stop])) ++stop;
      remember(text.substr(at, stop - at), true);
      at = stop + 1;
    }
  }
  // The longest first, so that a value within another does not leave the rest of it standing.
  stable_sort(values_, [](const Quotable& a, const Quotable& b) { return a.text.size() > b.text.size(); });
}

bool Secrets::in(std::string_view text) const {
  std::string struck(text);
  strike(struck);
  return struck != text;
}

void Secrets::strike(std::string& text) const {
  for (const Quotable& value : values_) {
    const std::string_view start = std::string_view(value.text).substr(0, beginning);
    for (std::size_t at = 0; (at = text.find(start, at)) != std::string::npos; at += replacement.size()) {
      std::size_t size = value.text.size();
      if (value.is_piece || text.compare(at, size, value.text) != 0) {
        // Nobody knows how it goes on: to the end of what is quoted.
        const std::size_t quote = text.rfind('"');
        size = quote != std::string::npos && quote > at ? quote - at : text.size() - at;
      }
      text.replace(at, size, replacement);
    }
  }
}

}  // namespace bearproof::report
