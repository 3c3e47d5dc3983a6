// Which members and items were evaluated, for `unevaluatedProperties` and `unevaluatedItems`.
#include "machine.h"

namespace bearproof::schema {

void Machine::open_tracker(Frame& f, std::uint32_t outer) {
  f.outer = outer;
  f.owns = true;
  f.tracker = static_cast<std::uint32_t>(bits_.size());
  bits_.resize(bits_.size() + words_of(f), 0);
}

void Machine::close_tracker(const Frame& f) {
  if (!f.owns || f.outer == none) return;
  for (std::size_t word = 0; word < words_of(f); ++word) bits_[f.outer + word] |= bits_[f.tracker + word];
}

void Machine::mark_all(const Frame& f) {
  if (f.tracker == none) return;
  for (std::size_t word = 0; word < words_of(f); ++word) bits_[f.tracker + word] = UINT64_MAX;
}

Machine::Step Machine::step_unevaluated(Frame& f, const Instruction& i, Result child) {
  const bool members = i.op == Op::unevaluated_properties;
  const BlockIndex block = i.as<operands::Subschema>().block;
  if (child == Result::pending) {
    // What failed may have left members unmarked that are told already.
    if (explaining_ && f.failed) {
      mark_all(f);
      return Step::pass;
    }
    f.begin(progress::Parts{.next = f.node + 1});
    f.log = log_size();
  }
  auto& at = f.at<progress::Parts>();
  if (child == Result::fail && fails(f)) return Step::fail;
  const NodeIndex end = nodes_[f.node].extent;
  while (at.next < end) {
    if (--steps_ < 0) return Step::fail;
    const NodeIndex part = at.next;
    const NodeIndex value = members ? part + 1 : part;
    at.next = after(value);
    if (marked(f.tracker, at.index++)) continue;
    if (explaining_ && members && code_[entry(block, value)].op == Op::fail_false) {
      f.failed = true;
      note(f, Failure::Kind::unexpected, part, true, i.place, none);
      continue;
    }
    const Result result = apply_to_part(f, block, value);
    if (result == Result::pending) return Step::pushed;
    if (result == Result::fail && fails(f)) return Step::fail;
  }
  if (explaining_) retag(f.log, i.place);
  mark_all(f);
  return Step::pass;
}

}  // namespace bearproof::schema
