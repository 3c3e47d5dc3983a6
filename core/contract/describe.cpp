#include "describe.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/edit_distance.h"

#include "recognition.h"

namespace bearproof::contract {
namespace {

constexpr std::size_t keys_shown = 8;
constexpr std::uint16_t key_bytes_shown = 32;

/// The mark that a member nearly is: its value under another key, or misspelt by two letters at most.
const Mark* nearest_mark(std::string_view key, std::string_view value) {
  const Mark* best = nullptr;
  constexpr std::uint32_t most = 4;  // two letters
  std::uint32_t best_distance = most + 1;
  const std::string lower_value = text::lower_case(value);
  for (const Mark& mark : all_marks()) {
    const std::size_t longer = std::max(mark.value.size(), value.size());
    const std::size_t shorter = std::min(mark.value.size(), value.size());
    // A version is no spelling mistake, and of short names two letters are too much.
    if (longer - shorter > 2 || shorter < 6) continue;
    const std::uint32_t edits = text::edit_distance(text::lower_case(mark.value), lower_value, most);
    if (edits > 0 && (mark.value.find('.') != std::string_view::npos || name_of(mark.key) != key)) continue;
    if (edits < best_distance) {
      best = &mark;
      best_distance = edits;
    }
  }
  return best;
}

}  // namespace

std::string_view describe_type(json::Value value) {
  switch (value.type()) {
    case json::Type::null: return "null";
    case json::Type::boolean: return "boolean";
    case json::Type::number: return "number";
    case json::Type::string: return "string";
    case json::Type::array: return "array";
    case json::Type::object: return "object";
  }
  return "value";
}

Message describe_member(json::Value root, NodeIndex value) {
  for (const json::Member member : root.members()) {
    if (member.value.index() != value) continue;
    Message out = Message::of(show_bare(member.key));
    if (member.value.is_string()) out << " " << quote(member.value);
    return out;
  }
  return "the document";
}

void describe_unknown(json::Value root, Finding& finding) {
  if (root.size() == 0) {
    finding.message = "no known kind of contract: the object is empty";
    return;
  }
  std::string scratch;
  finding.message << "no known kind of contract; its keys are ";
  std::size_t shown = 0;
  const Mark* near = nullptr;
  for (const json::Member member : root.members()) {
    const std::string_view key = member.key.string(scratch);
    if (shown < keys_shown) {
      if (shown != 0) finding.message << ", ";
      finding.message << quote(member.key, key_bytes_shown);
      ++shown;
    }
    if (near == nullptr && names_a_kind(key) && member.value.is_string()) {
      std::string value_scratch;
      near = nearest_mark(key, member.value.string(value_scratch));
    }
  }
  if (root.size() > shown) finding.message << " and " << root.size() - shown << " more";
  if (near == nullptr) return;
  finding.help << "Did you mean \"" << words(name_of(near->key)) << "\": " << quote(near->value);
  if (!near->kind.empty()) finding.help << ", with \"kind\": " << quote(near->kind);
  finding.help << "?";
}

}  // namespace bearproof::contract
