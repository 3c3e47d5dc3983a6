// The machine at the items of arrays.
#include "machine.h"

namespace bearproof::schema {

void Machine::begin_items(Frame& f, const operands::Items& items) {
  f.begin(progress::Parts{.next = f.node + 1});
  f.log = log_size();
  if (f.tracker == none) return;
  if (items.rest != none) return mark_all(f);
  for (std::uint32_t k = 0; k < items.prefix_count && k < nodes_[f.node].count(); ++k) mark(f.tracker, k);
}

Machine::Step Machine::step_array(Frame& f, const Instruction& i, Result child) {
  const auto& items = i.as<operands::Items>();
  if (child == Result::pending) begin_items(f, items);
  auto& at = f.at<progress::Parts>();
  if (child == Result::fail && fails(f)) return Step::fail;
  const NodeIndex end = nodes_[f.node].extent;
  while (at.next < end) {
    if (--steps_ < 0) return Step::fail;
    const BlockIndex block =
        at.index < items.prefix_count ? program_->lists[items.first_prefix + at.index] : items.rest;
    if (block == none) break;
    const NodeIndex item = at.next;
    at.next = after(item);
    ++at.index;
    const Result result = apply_to_part(f, block, item);
    if (result == Result::pending) return Step::pushed;
    if (result == Result::fail && fails(f)) return Step::fail;
  }
  if (explaining_) retag(f.log, i.place);
  return Step::pass;
}

Machine::Step Machine::step_contains(Frame& f, const Instruction& i, Result child) {
  const ContainsRule& rule = program_->contains[i.as<operands::Contained>().rule];
  if (child == Result::pending) {
    f.begin(progress::Contains{.item = f.node + 1});
    f.log = log_size();
  }
  auto& at = f.at<progress::Contains>();
  // Without an upper bound, further matches change nothing but what counts as evaluated.
  const bool minimum_settles = rule.maximum == UINT32_MAX && f.tracker == none && !output_;
  const NodeIndex end = nodes_[f.node].extent;
  for (Result result = child;;) {
    if (result != Result::pending) {
      cut_log(f.log);
      if (result == Result::pass) {
        ++at.matching;
        if (f.tracker != none) mark(f.tracker, at.index);
        if (!explaining_ && at.matching > rule.maximum) return Step::fail;
      }
      ++at.index;
      at.item = after(at.item);
    }
    if (at.item >= end || (minimum_settles && at.matching >= rule.minimum)) break;
    if (--steps_ < 0) return Step::fail;
    result = probe_part(rule.block, at.item);
    if (result == Result::pending) return Step::pushed;
  }
  return finish_contains(f, rule, at.matching);
}

Machine::Step Machine::finish_contains(const Frame& f, const ContainsRule& rule, std::uint32_t matching) {
  if (matching < rule.minimum) {
    if (explaining_) {
      const bool any = rule.minimum == 1 || matching == 0;
      note(f, Failure::Kind::too_few_matches, f.node, f.key, any ? rule.contains_place : rule.minimum_place, matching);
    }
    return Step::fail;
  }
  if (matching > rule.maximum) {
    if (explaining_) note(f, Failure::Kind::too_many_matches, f.node, f.key, rule.maximum_place, matching);
    return Step::fail;
  }
  return Step::pass;
}

}  // namespace bearproof::schema
