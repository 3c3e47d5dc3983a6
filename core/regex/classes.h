// The coarsest partition of the code points that no set of a pattern can tell apart: automata step on classes, so that
// the size of sets costs nothing while searching.
#pragma once

#include <cstdint>
#include <vector>

#include "ast.h"

namespace bearproof::regex {

using ClassId = std::uint16_t;

class Classes {
 public:
  /// @param with_words  tell the characters of \w from all others too, for \b and \B
  /// @return false if there are too many sets and classes
  bool build(const std::vector<CharSet>& sets, bool with_words);

  std::uint32_t count() const { return static_cast<std::uint32_t>(words_.size()); }

  ClassId of(std::uint32_t code_point) const { return code_point < 128 ? ascii_[code_point] : find(code_point); }
  ClassId of_ascii(std::uint32_t c) const { return ascii_[c]; }

  /// Whether the class lies within the set. Sets are numbered as in the Ast.
  bool in_set(std::uint32_t set, ClassId id) const {
    return (members_[set * row_ + (id >> 6)] >> (id & 63u) & 1u) != 0;
  }
  bool in_words(ClassId id) const { return words_[id]; }

  /// All code points beyond ASCII are of one class.
  bool uniform_beyond_ascii() const { return starts_.back().first <= 128; }

 private:
  ClassId find(std::uint32_t code_point) const;

  struct Start {
    std::uint32_t first;
    ClassId id;
  };
  ClassId ascii_[128] = {};
  std::vector<Start> starts_;  ///< where each run of one class begins, ascending, from 0
  std::vector<std::uint64_t> members_;
  std::size_t row_ = 1;
  std::vector<bool> words_;
};

}  // namespace bearproof::regex
