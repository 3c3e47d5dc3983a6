#pragma once

#include <string>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::contract {

/// A text from a document as a message shows it: a JSON string literal, cut after `max` bytes (at a code point) with an
/// ellipsis.
std::string quoted(std::string_view utf8, std::size_t max = 60);

/// A value as a message shows it: a string quoted, a number, true, false or null as written, else "an array" or "an
/// object".
std::string quoted(json::Value value, std::size_t max = 60);

}  // namespace bearproof::contract
