// Unicode properties by the names that ECMA-262 allows in \p{…}, and those that internationalised domain names need.
#pragma once

#include <string_view>

#include "char_set.h"

namespace bearproof::regex {

/// Adds the code points of `\p{name}` or, with a value, of `\p{name=value}`. Names are matched exactly, as ECMA-262
/// (tables 66 to 69) asks.
/// @return false where ECMA-262 knows no such property or value
bool add_property(std::string_view name, std::string_view value, CharSet& set);

/// The same for the names with a colon that are not for patterns (see bearproof/regex/properties.h).
bool add_internal_property(std::string_view name, CharSet& set);

}  // namespace bearproof::regex
