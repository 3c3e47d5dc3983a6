// Words for what recognition found. Only used where something is wrong.
#pragma once

#include <string>
#include <string_view>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::contract {

/// "array", "string", …
std::string_view describe_type(json::Value value);

/// A top-level member as a message shows it: `schema_version "sourceos.event.v9"`.
/// @param value  index of the member's value
Message describe_member(json::Value root, NodeIndex value);

/// Names the top-level keys of a document that no row of the table matches and, where one of its members comes close to
/// a discriminator, which.
void describe_unknown(json::Value root, Finding& finding);

}  // namespace bearproof::contract
