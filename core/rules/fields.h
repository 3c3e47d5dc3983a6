// Members of nested objects, asked for without fear of what is not there.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::rules {

/// The value of the first member with this name; false if `object` is nothing or no object, or has no such member.
json::Value at(json::Value object, std::string_view key);

/// Whether `value` is there and a string with exactly this value.
bool is(json::Value value, std::string_view word);

/// Whether `value` is there and not null.
inline bool is_set(json::Value value) { return value && !value.is_null(); }

/// Whether `value` is there and true.
bool is_true(json::Value value);

/// The index of a string among `words`; -1 for anything else.
int index_of(json::Value value, std::initializer_list<std::string_view> words);

/// Whether `value` is absent, null, no string, or a string of nothing but white space.
bool is_blank(json::Value value);

/// Whether `value` is no array, or an array without items; also if it is absent.
bool is_empty_list(json::Value value);

/// Whether `value` is an array without items.
bool is_empty_array(json::Value value);

/// Whether an array holds this string.
bool holds(json::Value array, std::string_view word);

/// A number that is an integer and fits int64; `otherwise` for anything else.
std::int64_t integer(json::Value value, std::int64_t otherwise);

/// The place of a member's value or, where it is absent, of the object that lacks it.
Place place_of(json::Value value, json::Value object);

}  // namespace bearproof::rules
