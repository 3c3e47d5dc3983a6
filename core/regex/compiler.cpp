#include "compiler.h"

#include <algorithm>

namespace bearproof::regex {

// Emitted from the end: each instruction knows where to go on when it is made. Recursion follows the nesting of groups,
// which the parser bounds. When the program has grown too large nothing more is added, and all loops end.

bool Compiler::compile(NodeId root, Program& program) {
  program_ = &program;
  program = {};
  const std::uint32_t last = append({.op = Instruction::match});
  program.entry = emit(root, last);
  program.anchored = !settings_.backwards && only_at_start(root);
  return size_ <= settings_.max_size;
}

std::uint32_t Compiler::append(const Instruction& instruction, std::uint64_t weight) {
  size_ += weight;
  if (size_ > settings_.max_size) return 0;
  program_->code.push_back(instruction);
  return static_cast<std::uint32_t>(program_->code.size() - 1);
}

bool Compiler::only_at_start(NodeId id) const {
  const Node& node = ast_.nodes[id];
  if (node.kind == Node::start) return true;
  if (node.kind == Node::alternate) {
    return std::all_of(ast_.begin(node), ast_.end(node), [this](NodeId child) { return only_at_start(child); });
  }
  return node.kind == Node::concat && only_at_start(*ast_.begin(node));
}

std::uint32_t Compiler::emit(NodeId id, std::uint32_t next) {
  const Node& node = ast_.nodes[id];
  const auto condition = [this, next](Instruction::Op op) { return append({.op = op, .next = next}); };
  switch (node.kind) {
    case Node::empty: return next;
    case Node::set: return append({.op = Instruction::set, .next = next, .arg = node.first});
    case Node::concat:
      for (std::uint32_t i = 0; i < node.count; ++i) {
        const std::uint32_t which = settings_.backwards ? i : node.count - 1 - i;
        next = emit(ast_.children[node.first + which], next);
      }
      return next;
    case Node::alternate: {
      std::uint32_t entry = emit(ast_.children[node.first + node.count - 1], next);
      for (std::uint32_t i = node.count - 1; i-- > 0;) {
        const std::uint32_t other = emit(ast_.children[node.first + i], next);
        entry = append({.op = Instruction::split, .next = other, .arg = entry});
      }
      return entry;
    }
    case Node::repeat: return emit_repeat(node, next);
    case Node::start: return condition(Instruction::start);
    case Node::end: return condition(Instruction::end);
    case Node::boundary: program_->has_conditions = true; return condition(Instruction::boundary);
    case Node::no_boundary: program_->has_conditions = true; return condition(Instruction::no_boundary);
    case Node::look: {
      program_->has_conditions = true;
      const auto same = [id](const LookRef& look) { return look.node == id; };
      const auto known = std::find_if(looks_.begin(), looks_.end(), same);
      const auto index = static_cast<std::uint32_t>(known - looks_.begin());
      if (known == looks_.end()) looks_.push_back({id, index});
      const Instruction::Op op = node.negative ? Instruction::no_look : Instruction::look;
      return append({.op = op, .next = next, .arg = index});
    }
  }
  return next;
}

std::uint32_t Compiler::emit_repeat(const Node& node, std::uint32_t next) {
  const NodeId body = ast_.children[node.first];
  std::uint32_t min = node.min;
  std::uint32_t max = node.max;
  if (!node.consumes) {  // conditions only: to ask them again changes nothing
    if (min == 0) return next;
    min = max = 1;
  }
  if (settings_.counters && ast_.nodes[body].kind == Node::set && (min > 1 || (max > 1 && max != unbounded))) {
    // One instruction for all repetitions. Without upper bound the counter stops at its minimum.
    const std::uint64_t reach = max == unbounded ? min : max;
    const std::uint32_t count = append({.op = Instruction::count,
                                        .next = next,
                                        .arg = ast_.nodes[body].first,
                                        .min = std::max(min, 1u),
                                        .max = max,
                                        .slot = program_->counters},
                                       1 + reach / 64);
    ++program_->counters;
    return min == 0 ? append({.op = Instruction::split, .next = count, .arg = next}) : count;
  }

  std::uint32_t entry = next;
  std::uint32_t copies = min;
  if (max == unbounded) {
    const std::uint32_t loop = append({.op = Instruction::split, .arg = next});
    const std::uint32_t again = emit(body, loop);
    if (size_ > settings_.max_size) return 0;
    program_->code[loop].next = again;
    // The last copy that must be there is the loop's own.
    entry = min == 0 ? loop : again;
    copies = min == 0 ? 0 : min - 1;
  } else {
    for (std::uint32_t i = min; i < max && size_ <= settings_.max_size; ++i) {
      const std::uint32_t copy = emit(body, entry);
      entry = append({.op = Instruction::split, .next = copy, .arg = next});
    }
  }
  for (std::uint32_t i = 0; i < copies && size_ <= settings_.max_size; ++i) entry = emit(body, entry);
  return entry;
}

}  // namespace bearproof::regex
