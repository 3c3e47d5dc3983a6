#include "duplicates.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/reader.h"

#include "escapes.h"

namespace bearproof::json {

namespace {

bool equal_keys(Value a, Value b) {
  if (!a.has_escapes()) return b.equals(a.raw());
  if (!b.has_escapes()) return a.equals(b.raw());
  return compare_decoded(a.raw(), b.raw()) == 0;
}

/// Up to this many members, every key is compared with every other.
constexpr std::uint32_t few_members = 8;

/// The first eight bytes of a key's value, big-endian, so that comparing them orders as the bytes do.
std::uint64_t prefix_of(Value key) {
  std::uint64_t prefix = 0;
  std::uint32_t bytes = 0;
  DecodedRuns runs(key.raw());
  for (std::string_view run = runs.next(); !run.empty() && bytes < 8; run = runs.next()) {
    for (std::size_t i = 0; i < run.size() && bytes < 8; ++i, ++bytes) {
      prefix |= static_cast<std::uint64_t>(static_cast<unsigned char>(run[i])) << (56 - 8 * bytes);
    }
  }
  return prefix;
}

}  // namespace

bool DuplicateFinder::few(Value object) {
  for (const Member member : object.members()) {
    for (const Member earlier : object.members()) {
      if (earlier.key.index() == member.key.index()) break;
      if (equal_keys(earlier.key, member.key)) return true;
    }
  }
  return false;
}

bool DuplicateFinder::many(Value object) {
  keys_.clear();
  for (const Member member : object.members()) keys_.push_back({prefix_of(member.key), member.key});
  // Sorted, not hashed: no choice of keys makes this slow.
  std::sort(keys_.begin(), keys_.end(), [](const Key& a, const Key& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : compare_decoded(a.value.raw(), b.value.raw()) < 0;
  });
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    if (keys_[i].prefix == keys_[i - 1].prefix && equal_keys(keys_[i].value, keys_[i - 1].value)) return true;
  }
  return false;
}

bool DuplicateFinder::has_duplicates(Value object) { return object.size() <= few_members ? few(object) : many(object); }

bool DuplicateFinder::mark(const Document& document, Node* nodes) {
  bool found = false;
  for (NodeIndex i = 0; i < document.size; ++i) {
    if (nodes[i].tag() != Node::object || !has_duplicates(Value(&document, i))) continue;
    nodes[i].bits = Node::pack(Node::object_with_duplicates, nodes[i].count());
    found = true;
  }
  return found;
}

std::vector<DuplicateKey> duplicate_keys(const Document& document) {
  std::vector<DuplicateKey> pairs;
  for (NodeIndex i = 0; i < document.size; ++i) {
    if (document.nodes[i].tag() != Node::object_with_duplicates) continue;
    std::vector<Value> keys;
    for (const Member member : Value(&document, i).members()) keys.push_back(member.key);
    stable_sort(keys, [](Value a, Value b) {
      const int order = compare_decoded(a.raw(), b.raw());
      return order != 0 ? order < 0 : a.index() < b.index();
    });
    std::size_t first = 0;
    for (std::size_t k = 1; k < keys.size(); ++k) {
      if (equal_keys(keys[first], keys[k])) {
        pairs.push_back({keys[first].index(), keys[k].index()});
      } else {
        first = k;
      }
    }
  }
  stable_sort(pairs, [](const DuplicateKey& a, const DuplicateKey& b) { return a.again < b.again; });
  return pairs;
}

}  // namespace bearproof::json
