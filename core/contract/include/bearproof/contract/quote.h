#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::contract {

/// A text as what is no finding quotes it, an error about options, say: a JSON string literal, cut after `max` bytes
/// (at a code point) with an ellipsis. Findings quote by finding/message.h, so that secrets are kept out of them.
std::string quoted(std::string_view utf8, std::uint16_t max = 60);

/// A value: a string quoted, a number, true, false or null as written, else "an array" or "an
/// object".
std::string quoted(json::Value value, std::uint16_t max = 60);

}  // namespace bearproof::contract
