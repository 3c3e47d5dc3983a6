#include "owner.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"

#include "placeholder.h"

namespace bearproof::rules {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// How many parts that are not blank stand between the given separators, two at most.
std::size_t parts(std::string_view text, std::string_view separators) {
  std::size_t count = 0;
  while (count < 2) {
    const std::size_t end = text.find_first_of(separators);
    if (!text::trimmed(text.substr(0, end)).empty()) ++count;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return count;
}

/// "agent-a agent-b", but not "Travel helper": in a list every part looks like an identifier.
bool is_spaced_list(std::string_view text) {
  std::size_t count = 0;
  while (true) {
    text = text::trimmed(text);
    if (text.empty()) return count >= 2;
    const std::string_view part = text.substr(0, text.find_first_of(blanks));
    if (part.find_first_of(":-_") == std::string_view::npos) return false;
    ++count;
    text.remove_prefix(part.size());
  }
}

bool is_anyone(std::string_view name) {
  return name == "*" || text::equal_ignoring_case(name, "any") || text::equal_ignoring_case(name, "unknown");
}

/// Separators of lists and what starts a template.
constexpr auto is_special = [] {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\r', '\n', ',', ';', '|', '<'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

}  // namespace

Ambiguity owner_ambiguity(json::Value owner) {
  if (owner.is_array()) return owner.size() == 0 ? Ambiguity::none : Ambiguity::several;
  if (!owner.is_string()) return Ambiguity::none;
  std::string scratch;
  const std::string_view text = text::trimmed(owner.string(scratch));
  if (text.empty()) return Ambiguity::none;
  if (text.back() == ':' && text.starts_with("urn:")) return Ambiguity::unnamed;
  // One look at each byte: where the last part begins, and whether anything needs the questions at the end.
  std::size_t name_at = 0;
  bool special = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ':') name_at = i + 1;
    special = special || is_special[static_cast<unsigned char>(text[i])];
  }
  const std::string_view name = text.substr(name_at);
  if (name.size() <= 7 && is_anyone(name)) return Ambiguity::anyone;
  if (find_placeholder(text).found) return Ambiguity::template_;
  if (special && (parts(text, ",;|") >= 2 || is_spaced_list(text))) return Ambiguity::several;
  return Ambiguity::none;
}

Message describe(Ambiguity ambiguity, json::Value owner) {
  switch (ambiguity) {
    case Ambiguity::several:
      return owner.is_array() ? Message::of("a session has one owner, not a list of ", owner.size())
                              : Message::of(quote(owner), " names more than one owner");
    case Ambiguity::unnamed: return Message::of(quote(owner), " is a URN without a name");
    case Ambiguity::template_: return Message::of(quote(owner), " is still a template");
    case Ambiguity::anyone: return Message::of(quote(owner), " names nobody in particular");
    case Ambiguity::none: break;
  }
  return {};
}

}  // namespace bearproof::rules
