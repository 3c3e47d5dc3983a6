// An automaton as instructions: Thompson's construction, with counters in place of copies for single characters.
#pragma once

#include <cstdint>
#include <vector>

#include "ast.h"

namespace bearproof::regex {

struct Instruction {
  enum Op : std::uint8_t {
    match,
    set,    ///< a code point of set `arg`, then `next`
    count,  ///< `min` to `max` code points of set `arg`, min ≥ 1, then `next`; its counter has number `slot`
    split,  ///< `next` and `arg`
    start,  ///< conditions: then `next`
    end,
    boundary,
    no_boundary,
    look,     ///< lookaround number `arg` holds here
    no_look,  ///< or does not
  };
  Op op = match;
  std::uint32_t next = 0;
  std::uint32_t arg = 0;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::uint32_t slot = 0;
};

struct Program {
  std::vector<Instruction> code;
  std::uint32_t entry = 0;
  std::uint32_t counters = 0;
  bool anchored = false;        ///< no match begins anywhere but at the start of the text
  bool has_conditions = false;  ///< \b or \B occur, or lookarounds
};

}  // namespace bearproof::regex
