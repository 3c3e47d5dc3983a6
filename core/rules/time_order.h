#pragma once

#include "bearproof/json/document.h"

namespace bearproof::rules {

/// Whether `earlier` is a point in time before `later`, whatever their offsets. False where either is no RFC 3339
/// date-time: that is another rule's finding.
bool is_before(json::Value earlier, json::Value later);

}  // namespace bearproof::rules
