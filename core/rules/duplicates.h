#pragma once

#include <string_view>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::rules {

/// Raises `rule` at each item of `list` whose string member `key` says what that of an earlier item says: at the
/// member (at the item itself, where `key` is empty), with the first one beside it. In n log n of the list.
/// @param what  "lane": the message says `another lane is called "x"`
void check_duplicates(json::Value list, std::string_view key, std::string_view what, RuleCase rule, FindingSink& sink);

}  // namespace bearproof::rules
