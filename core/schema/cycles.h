// References that lead back to where they started.
#pragma once

#include "blocks.h"

namespace bearproof::schema {

/// Adds a fault for each reference that leads back to its own schema without going into the instance: evaluation would
/// never end.
void check_cycles(const Blocks& blocks, const ProgramData& program, FaultList& faults);

}  // namespace bearproof::schema
