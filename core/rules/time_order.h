#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::rules {

/// Whether `earlier` is a point in time before `later`, whatever their offsets. False where either is no RFC 3339
/// date-time: that is another rule's finding.
bool is_before(json::Value earlier, json::Value later);

/// Nanoseconds from one point in time to the other, as Instant::nanoseconds_between counts them; nothing where either
/// is no RFC 3339 date-time.
std::optional<std::int64_t> nanoseconds_between(json::Value from, json::Value to);

/// Raises `rule` at `then` where it is a point in time before `first`, which should not be later. The names are those
/// of the two members.
void check_order(json::Value first, std::string_view first_name, json::Value then, std::string_view then_name,
                 RuleCase rule, FindingSink& sink);

}  // namespace bearproof::rules
