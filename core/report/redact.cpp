#include "redact.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"

namespace bearproof::report {
namespace {

constexpr std::size_t shortest = 3;
constexpr std::string_view replacement = "[hidden]";

}  // namespace

void Secrets::remember(std::string_view value) {
  if (value.size() < shortest) return;
  if (std::find(values_.begin(), values_.end(), value) == values_.end()) values_.emplace_back(value);
}

void Secrets::add(json::Value value) {
  std::string scratch;
  const NodeIndex end = value.next();
  for (NodeIndex index = value.index(); index < end; ++index) {
    const json::Value node(&value.document(), index);
    if (node.is_number()) remember(node.raw());
    if (!node.is_string()) continue;
    remember(node.raw());
    if (node.has_escapes()) remember(node.string(scratch));
  }
  // The longest first, so that a value within another does not leave the rest of it standing.
  stable_sort(values_, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

bool Secrets::in(std::string_view text) const {
  return std::any_of(values_.begin(), values_.end(),
                     [&](const std::string& value) { return text.find(value) != std::string_view::npos; });
}

void Secrets::strike(std::string& text) const {
  for (const std::string& value : values_) {
    for (std::size_t at = 0; (at = text.find(value, at)) != std::string::npos; at += replacement.size()) {
      text.replace(at, value.size(), replacement);
    }
  }
}

}  // namespace bearproof::report
