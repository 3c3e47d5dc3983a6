// The dialect that a schema is written in: what `$schema` declares, and what its metaschema's `$vocabulary` asks for.
#pragma once

#include <cstdint>
#include <string>

#include "fault_list.h"
#include "keywords.h"
#include "resolver.h"

namespace bearproof::schema {

/// The vocabularies (Vocabulary::Bits) of the resource in which a schema stands. Of a dialect that is not supported it
/// is a fault; the schema is then read as one of the draft.
std::uint16_t vocabularies_of(const Location& location, Resolver& resolver, FaultList& faults);

}  // namespace bearproof::schema
