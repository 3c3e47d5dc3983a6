#pragma once

#include <cstdint>

namespace bearproof {

/// What a check may spend. The defaults are the same in every build; a host may lower them, never raise them.
/// Going past a limit is a finding, never a crash and never silence. Units and meaning of each: limits.def.
struct Limits {
#define LIMIT(field, value, unit, rule, what) std::uint64_t field = value;
#include "bearproof/catalogue/limits.def"
#undef LIMIT
};

}  // namespace bearproof
