// JSON Pointers (RFC 6901), both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::json {

/// The pointer of a node; for a key's node the pointer of its member's value.
std::string pointer_to(const Document& document, NodeIndex node);

/// The value that a pointer names; nothing if there is none or the pointer is malformed. Array indexes follow RFC 6901
/// (no leading zeros, no "-").
std::optional<Value> resolve(const Document& document, std::string_view pointer);

/// Appends a reference token, `~` and `/` escaped, with a '/' before it.
void append_token(std::string& pointer, std::string_view token);

}  // namespace bearproof::json
