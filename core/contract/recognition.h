// What tells dialects apart by their top-level members. The tables of these rows are generated out of the descriptors
// in core/catalogue/kinds/, which a contributor edits: recognition_tables.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/json/document.h"

namespace bearproof::contract {

/// The position of a top-level member's name in `key_names`.
using Key = std::uint8_t;

/// Members as a set: one bit for each key.
using KeySet = std::uint32_t;
constexpr KeySet members(std::initializer_list<unsigned> keys) {
  KeySet set = 0;
  for (const unsigned key : keys) set |= KeySet{1} << key;
  return set;
}

/// A string that, as the value of a member, names a dialect.
struct Mark {
  Dialect dialect;
  Key key;
  std::string_view value;
  std::string_view kind;  ///< what the member `kind` must be besides; "" for anything
};

/// A dialect named by a member whose value begins with a text.
struct PrefixMark {
  Dialect dialect;
  Key key;
  std::string_view prefix;
};

/// A dialect that has the mark of another one, and is told from it by members that are there or not.
struct Variant {
  Dialect of;  ///< whose mark it has
  Dialect dialect;
  KeySet any_of;  ///< one of these, unless the set is empty
  KeySet all_of;
  KeySet none_of;
};

/// A dialect without a mark, told by which members are there.
struct Shape {
  enum class Test : std::uint8_t {
    none,
    is_one_of,       ///< the member is one of the texts
    first_item_has,  ///< the member is an array whose first item is an object with members of these names
  };
  Dialect dialect;
  Key named_by;  ///< the member that messages point at
  KeySet all_of;
  KeySet none_of;
  Test test;
  Key tested;
  std::array<std::string_view, 4> texts;  ///< those behind the last are ""
};

/// How the versions of a kind are spelled, so that an unknown version of a known kind can be told from an unknown kind.
struct VersionFamily {
  Key key;
  std::string_view prefix;    ///< what every version's value starts with
  std::string_view kind;      ///< what the member `kind` must be besides; "" for anything
  std::string_view expected;  ///< the versions that are supported, for the message
};

/// Every mark, in the order of the dialects.
std::span<const Mark> all_marks();

/// The mark with this key and value; nullptr if there is none.
/// @param key  one that names dialects by its value
/// @pre value.is_string()
const Mark* find_mark(Key key, json::Value value);

/// The dialect whose prefix the value of this member begins with; Dialect::none if there is none.
/// @pre value.is_string()
Dialect find_prefix(Key key, json::Value value);

/// The family that a member's value belongs to; nullptr if it is no version of anything known.
const VersionFamily* find_version_family(Key key, std::string_view value);

/// Whether the value of this top-level member can name a kind.
bool names_a_kind(std::string_view key);
std::string_view name_of(Key key);

}  // namespace bearproof::contract
