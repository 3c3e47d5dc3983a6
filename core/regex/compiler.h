// From tree to instructions.
#pragma once

#include <cstdint>
#include <vector>

#include "ast.h"
#include "program.h"

namespace bearproof::regex {

struct CompileSettings {
  bool backwards = false;  ///< read the text from its end: for lookaheads
  bool counters = true;    ///< false: copies throughout, as a table of states wants
  std::uint64_t max_size = 0;
};

/// A lookaround met while compiling: its body wants a program of its own, and results for it are known by its index.
struct LookRef {
  NodeId node = 0;
  std::uint32_t index = 0;
};

class Compiler {
 public:
  /// @param looks  the lookarounds met so far; those of this program are appended, each node once
  Compiler(const Ast& ast, const CompileSettings& settings, std::vector<LookRef>& looks)
      : ast_(ast), settings_(settings), looks_(looks) {}

  /// @return false if the program is larger than allowed
  bool compile(NodeId root, Program& program);

  /// Size of the program, counters included, as `Options::max_instructions` counts.
  std::uint64_t size() const { return size_; }

 private:
  std::uint32_t emit(NodeId node, std::uint32_t next);
  std::uint32_t emit_repeat(const Node& node, std::uint32_t next);
  std::uint32_t append(const Instruction& instruction, std::uint64_t weight = 1);
  bool only_at_start(NodeId node) const;

  const Ast& ast_;
  CompileSettings settings_;
  std::vector<LookRef>& looks_;
  Program* program_ = nullptr;
  std::uint64_t size_ = 0;
};

}  // namespace bearproof::regex
