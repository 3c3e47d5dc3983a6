// All threads of an automaton at once, one code point at a time: what serves every pattern, in time
// O(instructions × text).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bearproof/regex/regex.h"

#include "classes.h"
#include "program.h"

namespace bearproof::regex {

/// One bit for each byte offset of a text, the end included.
using Positions = std::vector<std::uint64_t>;

/// The threads and counters of a run. Grown when needed, never shrunk.
struct Threads {
  std::vector<std::uint32_t> awaiting;  ///< characters
  std::vector<std::uint32_t> seeds;     ///< where to go on after the current character
  std::vector<std::uint32_t> stack;
  std::vector<std::uint32_t> mark;  ///< by instruction: the last stamp with which it was visited
  std::uint32_t stamp = 0;

  // For each counter a queue of the places at which it was entered, oldest first, in a ring.
  struct Counter {
    std::vector<std::uint64_t> ring;
    std::uint32_t head = 0;
    std::uint32_t size = 0;
    bool listed = false;
  };
  std::vector<Counter> counters;
  std::vector<std::uint32_t> counting;  ///< instructions whose counters are not empty
};

struct Run {
  const Program& program;
  const Classes& classes;
  std::string_view text;
  bool backwards = false;
  /// By lookaround: where it holds (its body, that is; `no_look` asks for the contrary).
  const Positions* looks = nullptr;
  /// Set: record every place at which a match ends, instead of stopping at the first.
  Positions* record = nullptr;
};

/// @param budget  lowered by one for each instruction visited
Outcome simulate(const Run& run, Threads& threads, std::uint64_t& budget);

}  // namespace bearproof::regex
