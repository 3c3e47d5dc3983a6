// Writes blocks out: for each class of instances the list of instructions that apply to it, ended by Op::end.
#pragma once

#include <cstdint>
#include <vector>

#include "blocks.h"

namespace bearproof::schema {

/// A list as it was written.
struct WrittenList {
  CodeIndex first = 0;
  std::uint32_t size = 0;    ///< without Op::end
  std::uint8_t classes = 0;  ///< of instances that it is for
};

class Writer {
 public:
  /// @param blocks   compiled, dynamic references settled; they outlive the writer
  /// @param program  takes blocks and code; its other tables are filled already
  /// @param output   whether it is for JSON Schema's own output: every call stays one
  Writer(const Blocks& blocks, ProgramData& program, bool output)
      : blocks_(blocks.all()), program_(program), output_(output) {}

  /// Writes the root's block and every block that one of those leads to.
  std::vector<WrittenList> run();

 private:
  void write_block(BlockIndex index);
  void append_instructions(BlockIndex block, Class::Index of, std::vector<BlockIndex>& inside);
  bool copyable(const RawBlock& caller, const RawInstruction& call, Class::Index of) const;
  void close_list();
  CodeIndex same_list(const Block& block, Class::Index of) const;
  void reach(const Block& block);
  void write_entries();
  void write_pointers();

  const std::vector<RawBlock>& blocks_;
  ProgramData& program_;
  const bool output_;
  std::vector<Instruction> list_;  ///< at work
  std::vector<BlockIndex> reached_;
  std::vector<WrittenList> written_;
};

}  // namespace bearproof::schema
