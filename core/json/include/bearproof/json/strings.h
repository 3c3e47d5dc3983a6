// The strings of a list in order, for asking which of many it holds.
#pragma once

#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::json {

/// The strings of an array, or those at the member `key` of its items, by their UTF-8 bytes, equal ones in the order of
/// the text. Everything else is passed over. Sorted, not hashed: no choice of strings makes this slow.
/// @param list  may be absent, or no array: then there are none
std::vector<Value> sorted_strings(Value list, std::string_view key = {});

/// Whether one of them has exactly this value; time is logarithmic in their number.
/// @param sorted  as sorted_strings returns them
bool holds(const std::vector<Value>& sorted, std::string_view utf8);

}  // namespace bearproof::json
