#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "bearproof/contract/key_map.h"
#include "bearproof/json/bytes.h"

#include "recognition_tables.h"

namespace bearproof::contract {
namespace {

constexpr std::size_t count_of(std::size_t key) {
  std::size_t count = 0;
  for (const Mark& mark : marks) count += mark.key == key ? 1u : 0u;
  return count;
}

/// The marks of one key: a perfect hash over their values.
template <std::size_t key>
class MarksOfKey {
 public:
  static constexpr std::size_t size = count_of(key);

  consteval MarksOfKey() : values_(values()) {
    std::size_t count = 0;
    for (const Mark& mark : marks) {
      if (mark.key == key) marks_[count++] = &mark;
    }
  }

  const Mark* find(std::string_view value) const {
    const int index = values_.find(value);
    return index < 0 ? nullptr : marks_[static_cast<std::size_t>(index)];
  }

 private:
  static consteval std::array<std::string_view, size> values() {
    std::array<std::string_view, size> found{};
    std::size_t count = 0;
    for (const Mark& mark : marks) {
      if (mark.key == key) found[count++] = mark.value;
    }
    return found;
  }

  std::array<const Mark*, size> marks_{};
  KeyMap<size> values_;
};

template <std::size_t key>
const Mark* find_in(std::string_view value) {
  // A member may name kinds by a prefix alone.
  if constexpr (count_of(key) == 0) {
    return nullptr;
  } else {
    static constexpr MarksOfKey<key> table;
    return table.find(value);
  }
}

template <std::size_t... keys>
const Mark* find_in_one_of(std::index_sequence<keys...>, Key key, std::string_view value) {
  const Mark* found = nullptr;
  static_cast<void>(((key == keys && (found = find_in<keys>(value), true)) || ...));
  return found;
}

}  // namespace

std::span<const Mark> all_marks() { return marks; }

const Mark* find_mark(Key key, json::Value value) {
  std::string scratch;
  const std::string_view text = value.has_escapes() ? value.string(scratch) : value.raw();
  return find_in_one_of(std::make_index_sequence<marking_key_count>(), key, text);
}

Dialect find_prefix(Key key, json::Value value) {
  std::string scratch;
  for (const PrefixMark& mark : prefix_marks) {
    if (mark.key == key && json::starts_with(value.string(scratch), mark.prefix)) return mark.dialect;
  }
  return Dialect::none;
}

const VersionFamily* find_version_family(Key key, std::string_view value) {
  for (const VersionFamily& family : version_families) {
    if (family.key == key && json::starts_with(value, family.prefix)) return &family;
  }
  return nullptr;
}

bool names_a_kind(std::string_view key) {
  for (std::size_t i = 0; i < marking_key_count; ++i) {
    if (key_names[i] == key) return true;
  }
  return false;
}

std::string_view name_of(Key key) { return key_names[key]; }

}  // namespace bearproof::contract
