// The rules of each kind that no schema can state. Every function looks at one document and raises what is wrong with
// it.
#pragma once

#include "bearproof/finding/finding.h"
#include "bearproof/rules/rules.h"

// Declares those that the descriptors in core/catalogue/kinds/ name as a kind's "code".
#include "kind_checks.h"

namespace bearproof::rules {

/// Rules that hold for every document, of whatever kind: doc.* and format.*.
void check_document(const Context& context, FindingSink& sink);

}  // namespace bearproof::rules
