#pragma once

#include <string_view>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::rules {

/// Whether `earlier` is a point in time before `later`, whatever their offsets. False where either is no RFC 3339
/// date-time: that is another rule's finding.
bool is_before(json::Value earlier, json::Value later);

/// Raises `rule` at `then` where it is a point in time before `first`, which should not be later. The names are those
/// of the two members.
void check_order(json::Value first, std::string_view first_name, json::Value then, std::string_view then_name,
                 RuleCase rule, FindingSink& sink);

}  // namespace bearproof::rules
