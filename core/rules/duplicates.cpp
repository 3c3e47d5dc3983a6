#include "duplicates.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/contract/quote.h"

namespace bearproof::rules {
namespace {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash ^ hash >> 32;
}

}  // namespace

void check_duplicates(json::Value list, std::string_view key, std::string_view what, RuleCase rule, FindingSink& sink) {
  if (!list || list.size() < 2 || !sink.wants(rule)) return;
  std::size_t slot_count = 8;
  while (slot_count < std::size_t{list.size()} * 2) slot_count *= 2;
  std::vector<NodeIndex> slots(slot_count);  // 0, the root, is nobody's name
  std::string scratch;
  for (const json::Value item : list.items()) {
    const json::Value name = key.empty() ? item : item.find(key);
    if (!name || !name.is_string()) continue;
    const std::string_view text = name.string(scratch);
    std::size_t slot = static_cast<std::size_t>(hash_of(text)) & (slot_count - 1);
    while (slots[slot] != 0 && !json::Value(&name.document(), slots[slot]).equals(text)) {
      slot = (slot + 1) & (slot_count - 1);
    }
    if (slots[slot] == 0) {
      slots[slot] = name.index();
    } else if (Finding* found = sink.raise(rule, Place::value(name.index()))) {
      found->message = "another " + std::string(what) + " is called " + contract::quoted(text);
      found->related.push_back({0, Place::value(slots[slot]), "the earlier " + std::string(what)});
    }
  }
}

}  // namespace bearproof::rules
