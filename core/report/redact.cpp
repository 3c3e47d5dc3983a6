#include "bearproof/report/redact.h"

#include <algorithm>

#include "bearproof/finding/message.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/report/report.h"
#include "bearproof/text/utf8.h"

namespace bearproof::report {
namespace {

constexpr std::size_t shortest = 3;         // bytes
constexpr std::size_t shortest_piece = 12;  // of less, ordinary words are made
constexpr std::size_t most_values = 1000;
constexpr std::string_view replacement = "[hidden]";

/// So many bytes of a value are looked for: what shares them is taken for it.
constexpr std::size_t beginning = 24;

/// Whether every spelling of a text has this byte as it is.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

Secrets Secrets::of(const json::Document& document, const DocumentReport& report, std::uint64_t origin) {
  Secrets secrets;
  std::size_t next = 0;
  for (NodeIndex index = 0; index < document.size && next < report.hidden.size(); ++index) {
    const json::Value value(&document, index);
    const std::uint64_t begin = origin + value.span().begin;
    while (next < report.hidden.size() && report.hidden[next].begin < begin) ++next;
    if (next == report.hidden.size() || report.hidden[next].begin != begin) continue;
    if (report.hidden[next].end == origin + value.span().end) secrets.add(value);
  }
  return secrets;
}

bool Secrets::too_many() const { return values_.size() > most_values; }

void Secrets::remember(std::string_view text, bool is_piece) {
  if (text.size() >= (is_piece ? shortest_piece : shortest) && !too_many()) {
    values_.push_back({std::string(text), is_piece});
  }
}

void Secrets::add(json::Value value) {
  std::string scratch;
  const NodeIndex end = value.next();
  nodes_.push_back({value.index(), end});
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

bool Secrets::redact(NodeIndex node, std::string_view text, std::size_t most, std::string& instead) const {
  const bool is_named = node != Quotation::no_node && std::any_of(nodes_.begin(), nodes_.end(), [node](Nodes secret) {
                          return node >= secret.first && node < secret.end;
                        });
  if (is_named) {
    instead = replacement;
    return true;
  }
  // Of a value that begins within what is quoted, the beginning lies within this, however long both are: work does not
  // grow with them.
  const std::string_view seen = text::beginning(text, most + beginning);
  instead = seen;
  bool is_hidden = false;
  for (const Quotable& value : values_) {
    const std::string_view start = std::string_view(value.text).substr(0, beginning);
    for (std::size_t at = 0; (at = instead.find(start, at)) != std::string::npos; at += replacement.size()) {
      // Where the value is not there as a whole, nobody knows how it goes on: to the end.
      const bool is_whole = !value.is_piece && instead.compare(at, value.text.size(), value.text) == 0;
      instead.replace(at, is_whole ? value.text.size() : std::string::npos, replacement);
      is_hidden = true;
    }
  }
  if (is_hidden && seen.size() < text.size() && !instead.ends_with(replacement)) instead += "…";
  return is_hidden;
}

bool Secrets::has(std::string_view text) const {
  return std::any_of(values_.begin(), values_.end(),
                     [text](const Quotable& value) { return !value.is_piece && value.text == text; });
}

bool Secrets::in(std::string_view text) const {
  return std::any_of(values_.begin(), values_.end(), [&](const Quotable& value) {
    return text.find(std::string_view(value.text).substr(0, beginning)) != std::string_view::npos;
  });
}

}  // namespace bearproof::report
