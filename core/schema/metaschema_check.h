// Schemas are documents too: each text that was reached is evaluated against the metaschema of its dialect, by the same
// machine as any other document. What a metaschema cannot say (references, patterns, anchors) is the compiler's to say.
#pragma once

#include "blocks.h"

namespace bearproof::schema {

/// Adds what is wrong with the registered texts that blocks are in; takes out what the compiler has told of the same
/// places. A built-in metaschema is not checked.
void check_against_metaschemas(const Registry& registry, const Resources& registered, const Blocks& blocks,
                               const Limits& limits, FaultList& faults);

}  // namespace bearproof::schema
