// Text from a document inside a message: shortened, and with what could deceive a reader made visible.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::schema {

/// Appends text in which what is unsafe to show (text/invisible.h) stands as \u{…}.
/// @param most  code points shown at most; what is cut away is an ellipsis
void append_visible(std::string& out, std::string_view utf8, std::uint32_t most = 40);

/// The same between quotation marks.
void append_quoted(std::string& out, std::string_view utf8, std::uint32_t most = 40);

/// A value in a few words: a short scalar as it is written, a container by its kind and size.
void append_value(std::string& out, json::Value value);

/// "a string", "an object" …
std::string_view kind_of(json::Value value);

}  // namespace bearproof::schema
