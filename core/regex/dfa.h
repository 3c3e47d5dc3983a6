// A table of states for the patterns that contracts are made of: one load and one add for each byte of text. Built when
// the pattern is compiled, so that a compiled pattern never changes; where the table would grow too large there is
// none, and the simulation serves.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "classes.h"
#include "program.h"

namespace bearproof::regex {

class Dfa {
 public:
  /// @param program  without counters and lookarounds
  /// @return false if the table would grow beyond its bounds
  bool build(const Program& program, const Classes& classes);

  bool search(std::string_view text, const Classes& classes) const;

 private:
  friend class DfaBuilder;

  // Rows of the table that are not states but answers.
  enum Row : std::uint32_t { dead, accept, undecoded, first_state };

  std::uint8_t column_of_[256] = {};  ///< by byte
  std::vector<std::uint8_t> column_of_class_;
  std::vector<std::uint16_t> next_;   ///< row × stride + column → row × stride
  std::vector<bool> accepts_at_end_;  ///< by row
  std::uint32_t stride_ = 0;
  std::uint32_t initial_ = 0;  ///< row × stride
};

}  // namespace bearproof::regex
