// The machine where a keyword applies subschemas to the same instance again.
#include "machine.h"

namespace bearproof::schema {

Machine::Step Machine::step_call(Frame& f, BlockIndex block, PlaceIndex place, Result child) {
  if (child == Result::pending) {
    f.log = log_size();
    child = apply(f, block, Tracking::shared);
    if (child == Result::pending) return Step::pushed;
  }
  if (child == Result::pass) return Step::pass;
  if (explaining_) retag(f.log, place);
  return Step::fail;
}

Machine::Step Machine::step_dynamic_call(Frame& f, const Instruction& i, Result child) {
  const auto& target = i.as<operands::DynamicSubschema>();
  return step_call(f, child == Result::pending ? dynamic_target(target) : target.block, i.place, child);
}

// The outermost resource in the dynamic scope that has the anchor: the frames are that scope.
BlockIndex Machine::dynamic_target(const operands::DynamicSubschema& target) {
  std::uint32_t last = none;
  for (const Frame& frame : frames_) {
    const std::uint32_t resource = blocks_[frame.block].resource;
    if (resource == last) continue;
    last = resource;
    for (const DynamicAnchor& anchor : program_->dynamic_anchors) {
      --steps_;
      if (anchor.anchor == target.anchor && anchor.resource == resource) return anchor.block;
    }
  }
  return target.block;
}

Machine::Step Machine::step_dependent(Frame& f, const Instruction& i, Result child) {
  const auto& dependent = i.as<operands::DependentSubschema>();
  if (child == Result::pending) {
    steps_ -= nodes_[f.node].count() / 4;
    if (!json::Value(document_, f.node).find(program_->text(dependent.trigger))) return Step::pass;
  }
  return step_call(f, dependent.block, i.place, child);
}

Machine::Step Machine::step_branches(Frame& f, const Instruction& i, Result child) {
  const auto& branches = i.as<operands::Branches>();
  const bool one = i.op == Op::one_of;
  if (child == Result::pending) {
    f.begin(progress::Branches{.begins = static_cast<std::uint32_t>(begins_.size())});
    f.log = log_size();
  }
  auto& at = f.at<progress::Branches>();
  // Further matches of anyOf change nothing but what counts as evaluated, and annotations.
  const bool first_settles = !one && f.tracker == none && !output_;
  for (Result result = child;;) {
    if (result != Result::pending) {
      if (result == Result::pass) {
        if (at.matching < 2) at.first_matching[at.matching] = at.branch;
        ++at.matching;
        if (first_settles) break;
        if (one && !explaining_ && at.matching > 1) return Step::fail;
      }
      ++at.branch;
    }
    if (at.branch == branches.count) break;
    if (--steps_ < 0) return Step::fail;
    if (explaining_) begins_.push_back(log_size());
    result = apply(f, program_->lists[branches.first + at.branch], Tracking::own);
    if (result == Result::pending) return Step::pushed;
  }
  if (explaining_) return explain_branches(f, i, at);
  return at.matching == 1 || (at.matching > 0 && !one) ? Step::pass : Step::fail;
}

Machine::Step Machine::explain_branches(const Frame& f, const Instruction& i, const progress::Branches& at) {
  const auto& branches = i.as<operands::Branches>();
  Failure whole = failure_of(f, Failure::Kind::instruction, f.node, i.place);
  whole.rule = program_->places[i.place].rule;
  Step step = Step::pass;
  if (at.matching > 0) {
    cut_log(f.log);
    if (i.op == Op::one_of && at.matching > 1) {
      step = Step::fail;
      whole.kind = Failure::Kind::many_branches;
      whole.detail = at.matching;
      whole.branches = at.first_matching;
      note(whole);
    }
  } else {
    step = Step::fail;
    if (output_) {
      whole.kind = Failure::Kind::no_branch;
      whole.detail = branches.count;
      note(whole);
    } else {
      keep_best_branch(*program_, log_, begins_.data() + at.begins, branches.count, whole);
      retag(f.log, i.place);
    }
  }
  begins_.resize(at.begins);
  return step;
}

Machine::Step Machine::step_not(Frame& f, const Instruction& i, Result child) {
  if (child == Result::pending) {
    f.log = log_size();
    // What it evaluates counts for nothing.
    child = probe(f, i.as<operands::Subschema>().block, Tracking::dropped);
    if (child == Result::pending) return Step::pushed;
  }
  if (explaining_) {
    cut_log(f.log);
    if (child == Result::pass) note(f, Failure::Kind::instruction, f.node, f.key, i.place, 0);
  }
  return child == Result::pass ? Step::fail : Step::pass;
}

Machine::Step Machine::step_if(Frame& f, const Instruction& i, Result child) {
  const auto& condition = i.as<operands::Condition>();
  if (child == Result::pending) {
    if (condition.then_block == none && condition.else_block == none && f.tracker == none && !output_) {
      return Step::pass;
    }
    f.begin<progress::Condition>();
    f.log = log_size();
    child = probe(f, condition.condition, Tracking::own);
    if (child == Result::pending) return Step::pushed;
  }
  auto& at = f.at<progress::Condition>();
  if (at.chosen != none) return step_call(f, at.chosen, blocks_[at.chosen].place, child);
  if (explaining_) cut_log(f.log);
  at.chosen = child == Result::pass ? condition.then_block : condition.else_block;
  if (at.chosen == none) return Step::pass;
  return step_call(f, at.chosen, blocks_[at.chosen].place, Result::pending);
}

}  // namespace bearproof::schema
