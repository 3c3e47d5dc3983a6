#include "words.h"

#include <algorithm>

#include "bearproof/report/visible.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/utf8.h"

namespace bearproof::narrative {
namespace {

constexpr std::size_t longest_value = 400;  // bytes
constexpr std::uint32_t items_told = 3;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// "2026-05-06T12:06:30.5+02:00" → "2026-05-06 12:06 +02:00"
std::string instant(std::string_view text) {
  std::string out(text.substr(0, 10));
  out.append(" ").append(text.substr(11, 5));
  const char last = text.back();
  if (last == 'Z' || last == 'z') return out + " UTC";
  return out + " " + std::string(text.substr(text.size() - 6));
}

bool is_instant(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() <= shape.size() || text.size() > 40) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool fits =
        shape[i] == '0' ? text::is_digit(text[i]) : shape[i] == text[i] || (shape[i] == 'T' && text[i] == 't');
    if (!fits) return false;
  }
  const std::string_view zone = text.substr(text.size() - 6);
  return text.back() == 'Z' || text.back() == 'z' || ((zone[0] == '+' || zone[0] == '-') && zone[3] == ':');
}

/// An identifier in lower case with underscores, as enumerations are written.
bool is_word_list(std::string_view text) {
  bool has_underscore = false;
  for (const char c : text) {
    has_underscore = has_underscore || c == '_';
    if (!(text::is_lower(c) || text::is_digit(c) || c == '_')) return false;
  }
  return has_underscore;
}

std::string humane(std::string_view text) {
  if (is_instant(text)) return instant(text);
  if (text.starts_with("sha256:")) return "a digest";
  std::string out(text);
  if (text.starts_with("urn:")) {
    out = text.substr(text.rfind(':') + 1);
    if (out.empty()) out = text;
    for (char& c : out) c = c == '@' ? ' ' : c;
  } else if (is_word_list(text)) {
    for (char& c : out) c = c == '_' ? ' ' : c;
  }
  if (out.size() > longest_value) {
    out.resize(text::beginning(out, longest_value).size());
    out += "…";
  }
  return report::visible(out);
}

bool is_hidden(json::Value value, const Secrecy& secrecy) {
  if (secrecy.everything) return true;
  const json::Value::Span span = value.span();
  for (const auto& hidden : secrecy.hidden) {
    if (hidden.begin < span.end + secrecy.offset && span.begin + secrecy.offset < hidden.end) return true;
  }
  return false;
}

std::string scalar(json::Value value, const Secrecy& secrecy) {
  switch (value.type()) {
    case json::Type::string: {
      std::string scratch;
      const std::string_view text = value.string(scratch);
      if (is_blank(text)) return {};
      return is_hidden(value, secrecy) ? "[hidden]" : humane(text);
    }
    case json::Type::number: return is_hidden(value, secrecy) ? "[hidden]" : std::string(value.raw().substr(0, 30));
    case json::Type::boolean: return value.is_true() ? "yes" : "no";
    default: return {};
  }
}

}  // namespace

std::string words_of(json::Value value, const Secrecy& secrecy) {
  if (!value) return {};
  if (!value.is_array()) return scalar(value, secrecy);
  std::string out;
  std::uint32_t told = 0;
  std::uint32_t sayable = 0;
  for (const json::Value item : value.items()) sayable += item.is_string() || item.is_number() ? 1u : 0u;
  for (const json::Value item : value.items()) {
    if (!item.is_string() && !item.is_number()) continue;
    const std::string word = scalar(item, secrecy);
    if (word.empty()) continue;
    // Of four, four are told; of more, three and how many more.
    const bool is_last = told + 1 == sayable;
    if (told == items_told && !is_last) return out + " and " + std::to_string(sayable - told) + " more";
    if (told != 0) out += is_last ? " and " : ", ";
    out += word;
    ++told;
  }
  return out;
}

json::Value at_path(json::Value root, std::string_view path) {
  json::Value at = root;
  while (at && !path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    at = at.find(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return at;
}

}  // namespace bearproof::narrative
