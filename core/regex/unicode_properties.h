// Unicode properties by the names that ECMA-262 allows in \p{…}.
#pragma once

#include <string_view>

#include "char_set.h"

namespace bearproof::regex {

/// Adds the code points of `\p{name}` or, with a value, of `\p{name=value}`. Names are matched exactly, as ECMA-262
/// (tables 66 to 69) asks.
/// @return false where ECMA-262 knows no such property or value
bool add_property(std::string_view name, std::string_view value, CharSet& set);

/// Properties of single code points that identifiers of group names need.
bool is_id_start(std::uint32_t code_point);
bool is_id_continue(std::uint32_t code_point);

}  // namespace bearproof::regex
