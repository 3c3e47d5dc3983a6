#include "machine.h"

#include <utility>

namespace bearproof::schema {

// ---- frames ----

inline Frame* Machine::push(BlockIndex block, NodeIndex node) {
  if (frames_.size() >= frames_limit_) {
    stopped_ = Stop::memory;
    return nullptr;
  }
  Frame& frame = frames_.emplace_back();
  frame.pc = entry(block, node);
  frame.node = node;
  frame.block = block;
  frame.bits = static_cast<std::uint32_t>(bits_.size());
  return &frame;
}

void Machine::push_part(BlockIndex block, NodeIndex node, bool key) {
  const std::uint32_t level = frames_.back().level + 1;
  if (Frame* frame = push(block, node)) {
    frame->level = level;
    frame->key = key;
  }
}

void Machine::push_in_place(const Frame& f, BlockIndex block, Tracking tracking) {
  // Pushing may move the frames.
  const std::uint32_t tracker = tracking == Tracking::dropped ? none : f.tracker;
  const std::uint32_t chain = f.chain + 1;
  const std::uint32_t level = f.level;
  const bool key = f.key;
  if (chain > chain_limit_) {
    stopped_ = Stop::steps;
    return;
  }
  Frame* const frame = push(block, f.node);
  if (frame == nullptr) return;
  frame->chain = chain;
  frame->level = level;
  frame->key = key;
  if (tracking == Tracking::shared) {
    frame->tracker = tracker;
  } else if (tracker != none) {
    open_tracker(*frame, tracker);
  }
}

inline Result Machine::pop(bool failed) {
  const Frame& f = frames_.back();
  const Result result = failed ? Result::fail : Result::pass;
  if (!failed) close_tracker(f);
  if (bits_.size() != f.bits) bits_.resize(f.bits);
  if (explaining_) {
    // What failed annotates nothing.
    if (failed) annotations_.resize(starts_.back());
    starts_.pop_back();
  }
  frames_.pop_back();
  return result;
}

// ---- applying a subschema ----

Result Machine::probe_part(BlockIndex block, NodeIndex part) {
  const CodeIndex pc = entry(block, part);
  if (pc == 0) return Result::pass;
  if (is_quick(pc, none)) return result_of(decide_list(pc, part));
  push_part(block, part, false);
  return Result::pending;
}

Result Machine::probe(const Frame& f, BlockIndex block, Tracking tracking) {
  const CodeIndex pc = entry(block, f.node);
  if (pc == 0) return Result::pass;
  if (is_quick(pc, tracking == Tracking::dropped ? none : f.tracker)) return result_of(decide_list(pc, f.node));
  push_in_place(f, block, tracking);
  return Result::pending;
}

// Explaining: every test of the list, each failure noted.
bool Machine::explain_list(CodeIndex pc, NodeIndex node, bool key, std::uint32_t level) {
  bool good = true;
  for (;; ++pc) {
    --steps_;
    if (!test(code_[pc], node)) {
      good = false;
      note_test(pc, node, key, level);
    }
    if (code_[pc].last) return good;
  }
}

// ---- the loop ----

Machine::Step Machine::step_test(const Frame& f, const Instruction& i) {
  if (test(i, f.node)) return Step::pass;
  if (explaining_) note_test(f.pc, f.node, f.key, f.level);
  return Step::fail;
}

inline Machine::Step Machine::step(Frame& f, const Instruction& i, Result child) {
  // Deciding, much of a schema needs no frame at all.
  if (!explaining_ && i.quick && f.tracker == none && child == Result::pending) return step_test(f, i);
  switch (i.op) {
    case Op::end: return Step::finish;
    case Op::object: return step_object(f, i.as<operands::Members>(), child);
    case Op::property_names: return step_names(f, i, child);
    case Op::array: return step_array(f, i, child);
    case Op::contains: return step_contains(f, i, child);
    case Op::call: return step_call(f, i.as<operands::Subschema>().block, i.place, child);
    case Op::dynamic_call: return step_dynamic_call(f, i, child);
    case Op::any_of:
    case Op::one_of: return step_branches(f, i, child);
    case Op::not_: return step_not(f, i, child);
    case Op::if_: return step_if(f, i, child);
    case Op::dependent_schema: return step_dependent(f, i, child);
    case Op::track:
      // A frame that began with a tracker of its own has not marked anything in it yet.
      if (!f.owns) open_tracker(f, f.tracker);
      return Step::pass;
    case Op::unevaluated_properties:
    case Op::unevaluated_items: return step_unevaluated(f, i, child);
    case Op::annotate: return step_annotate(f);
    default: return step_test(f, i);
  }
}

bool Machine::run(const ProgramData& program, json::Value root, const Limits& limits) {
  prepare(program, root.document(), limits);
  push(program.root, root.index());
  Result child = Result::pending;
  while (stopped_ == Stop::no) {
    Frame& f = frames_.back();
    if (--steps_ < 0) {
      stopped_ = Stop::steps;
      break;
    }
    const Step done = step(f, code_[f.pc], child);
    child = Result::pending;
    if (done == Step::pushed) {
      if (explaining_) starts_.resize(frames_.size(), static_cast<std::uint32_t>(annotations_.size()));
    } else if (done == Step::pass) {
      ++f.pc;
    } else if (done == Step::fail && explaining_) {
      f.failed = true;
      ++f.pc;
    } else {
      child = pop(done == Step::fail || f.failed);
      if (frames_.empty()) break;
    }
  }
  // The last test may have been the one that ran out.
  if (stopped_ == Stop::no && steps_ < 0) stopped_ = Stop::steps;
  return stopped_ == Stop::no && child == Result::pass;
}

void Machine::prepare(const ProgramData& program, const json::Document& document, const Limits& limits) {
  program_ = &program;
  code_ = program.code.data();
  pool_ = program.pool.data();
  blocks_ = program.blocks.data();
  document_ = &document;
  nodes_ = document.nodes;
  text_ = document.text.data();
  const std::uint64_t bytes = document.text.size();
  const std::uint64_t steps = limits.steps_base + limits.steps_factor * bytes;
  steps_ = steps < (std::uint64_t{1} << 56) ? static_cast<std::int64_t>(steps) : std::int64_t{1} << 56;
  frames_limit_ = (limits.arena_base + limits.arena_factor * bytes) / sizeof(Frame);
  chain_limit_ = limits.references;
  stopped_ = Stop::no;
  remember(program);
  frames_.clear();
  bits_.clear();
  begins_.clear();
  log_.clear();
  lost_ = 0;
  starts_.assign(1, 0);
  annotations_.clear();
  paths_.clear();
}

// Makes what is kept for this program the first of the memories.
void Machine::remember(const ProgramData& program) {
  std::size_t at = 0;
  while (at < memories_.size() && memories_[at].program != &program) ++at;
  if (at == memories_.size()) {
    memories_.emplace_back();
    memories_[at].program = &program;
  }
  if (at != 0) std::swap(memories_[at], memories_[0]);
  Memory& memory = memories_[0];
  if (memory.guesses.size() < program.guesses) memory.guesses.resize(program.guesses, none);
  if (memory.walks.size() < program.walks) memory.walks.resize(program.walks);
  guesses_ = memory.guesses.data();
  walks_ = memory.walks.data();
  ++run_;
}

bool Machine::decide(const ProgramData& program, json::Value root, const Limits& limits) {
  explaining_ = false;
  return run(program, root, limits);
}

bool Machine::explain(const ProgramData& program, json::Value root, const Limits& limits) {
  explaining_ = true;
  return run(program, root, limits);
}

bool Machine::annotate(const ProgramData& program, json::Value root, const Limits& limits) {
  output_ = true;
  const bool valid = explain(program, root, limits);
  output_ = false;
  return valid;
}

}  // namespace bearproof::schema
