// The discriminators of kinds.def, ready to be looked up.
#pragma once

#include <span>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/json/document.h"

namespace bearproof::contract {

/// A string that, as the value of the top-level member `key`, names a dialect.
struct Mark {
  Dialect dialect;
  std::string_view key;
  std::string_view value;
  std::string_view kind;  ///< what the member `kind` must be besides; "" for anything
};

/// Every mark, in the order of kinds.def.
std::span<const Mark> all_marks();

/// The mark with this key and value; nullptr if there is none.
/// @pre value.is_string()
const Mark* find_mark(std::string_view key, json::Value value);

/// How the versions of a kind are spelled, so that an unknown version of a known kind can be told from an unknown kind.
struct VersionFamily {
  std::string_view key;
  std::string_view prefix;    ///< what every version's value starts with
  std::string_view kind;      ///< what the member `kind` must be besides; "" for anything
  std::string_view expected;  ///< the versions that are supported, for the message
};

/// The family that a member's value belongs to; nullptr if it is no version of anything known.
const VersionFamily* find_version_family(std::string_view key, std::string_view value);

}  // namespace bearproof::contract
