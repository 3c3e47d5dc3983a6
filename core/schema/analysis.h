// What can be known of written lists before any document: which need no frame, which walks over members can be shared.
#pragma once

#include <span>

#include "writer.h"

namespace bearproof::schema {

/// Marks the instructions and lists that need no frame when deciding (Instruction::quick, quick_list).
void mark_quick(ProgramData& program, std::span<const WrittenList> lists);

/// Finds, behind each object rule that is at work without a frame, the rules that ask for names of the same object, and
/// has them look in its walk (ObjectRule::shared).
/// @pre mark_quick was called
void share_walks(ProgramData& program, std::span<const WrittenList> lists);

}  // namespace bearproof::schema
