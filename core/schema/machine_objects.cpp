// The machine at the members of objects.
#include <algorithm>

#include "machine.h"

namespace bearproof::schema {
namespace {

/// Whether the names that were met are kept in one word.
bool fits_mask(const ObjectRule& rule) { return rule.required_count <= 64; }

}  // namespace

// A place for the required names that are met.
inline std::uint64_t Machine::begin_required(const ObjectRule& rule) {
  if (fits_mask(rule)) return 0;
  const std::uint64_t offset = bits_.size();
  bits_.resize(bits_.size() + (rule.required_count + 63) / 64, 0);
  return offset;
}

inline void Machine::note_required(const ObjectRule& rule, const PropertyEntry& entry, std::uint64_t& seen) {
  if (fits_mask(rule)) {
    seen |= entry.mask;
  } else if (entry.required != PropertyEntry::not_required) {
    mark(static_cast<std::uint32_t>(seen), entry.required);
  }
}

inline Machine::Step Machine::finish_required(const Frame& f, const ObjectRule& rule, std::uint64_t seen) {
  if (!explaining_ && fits_mask(rule)) return seen == rule.required_mask ? Step::pass : Step::fail;
  const auto has = [&](std::uint32_t bit) {
    return fits_mask(rule) ? (seen >> bit & 1) != 0 : marked(static_cast<std::uint32_t>(seen), bit);
  };
  Step step = Step::pass;
  for (std::uint32_t bit = 0; bit < rule.required_count; ++bit) {
    if (has(bit)) continue;
    step = Step::fail;
    if (!explaining_) break;
    const std::uint32_t required = rule.first_required + bit;
    note(f, Failure::Kind::missing, f.node, f.key, program_->required[required].place, required);
  }
  return step;
}

// Applies to a member's value what the keyword at `place` asks of it. Explaining, failures are noted here.
inline Result Machine::apply_to_member(Frame& f, const operands::Members& object, BlockIndex block, NodeIndex key,
                                       PlaceIndex place) {
  const NodeIndex value = key + 1;
  if (explaining_ && code_[entry(block, value)].op == Op::fail_false &&
      place == program_->objects[object.rule].additional_place) {
    f.failed = true;
    note(f, Failure::Kind::unexpected, key, true, place, object.rule);
    return Result::pass;
  }
  f.log = log_size();
  const Result result = apply_to_part(f, block, value);
  if (!explaining_ || result != Result::fail) return result;
  f.failed = true;
  retag(f.log, place);
  return Result::pass;
}

Machine::Step Machine::step_object(Frame& f, const operands::Members& object, Result child) {
  const ObjectRule& rule = program_->objects[object.rule];
  if (!explaining_) {
    if (child == Result::fail) return Step::fail;
    if (rule.plain && f.tracker == none) return step_plain_object(&f, f.node, rule, child != Result::pending);
  }
  return rule.patterns_count > 0 ? step_patterns(f, object, child) : step_members(f, object, child);
}

// The members in their order, each looked up once: what `properties` or else `additionalProperties` asks of it, and
// whether `required` names it.
Machine::Step Machine::step_members(Frame& f, const operands::Members& object, Result child) {
  const ObjectRule& rule = program_->objects[object.rule];
  const PropertyEntry* const entries = program_->entries.data() + rule.first_entry;
  if (child == Result::pending) {
    steps_ -= nodes_[f.node].count();
    f.begin(progress::Members{.seen = begin_required(rule), .next = f.node + 1, .guess = rule.first_guess});
  }
  auto& at = f.at<progress::Members>();
  if (child == Result::fail) {
    f.failed = true;
    retag(f.log, at.place);
  }
  const NodeIndex end = nodes_[f.node].extent;
  while (at.next < end) {
    if (steps_ < 0) return Step::fail;
    const NodeIndex key = at.next;
    at.next = after(key + 1);
    const std::uint32_t index = at.index++;
    const std::string_view name = name_of(key);
    // Where nothing is asked of unknown members, most of them are passed by for their length alone.
    if (rule.additional == none && f.tracker == none && !rule.has_name_of_length(name.size())) continue;
    const std::uint32_t known = find_entry(rule, entries, name, at.guess);
    BlockIndex block = rule.additional;
    at.place = rule.additional_place;
    if (known != StringTable::absent) {
      const PropertyEntry& entry = entries[known];
      note_required(rule, entry, at.seen);
      if (rule.only_required && fits_mask(rule) && at.seen == rule.required_mask) return Step::pass;
      if (entry.declared) {
        block = entry.block;
        at.place = rule.properties_place;
      }
    }
    if (f.tracker != none && at.place != none) mark(f.tracker, index);
    if (block == none) continue;
    const Result result = apply_to_member(f, object, block, key, at.place);
    if (result != Result::pass) return result == Result::pending ? Step::pushed : Step::fail;
  }
  return finish_required(f, rule, at.seen);
}

// What the stage at hand applies to the member at work; the block is `none` where it applies nothing.
inline Machine::Applied Machine::applied_at(const ObjectRule& rule, progress::Patterns& at) {
  // Read anew for each stage: applying a subschema may have read other names.
  const std::string_view name = name_of(at.member);
  if (at.stage == 0) {
    const std::uint32_t known = rule.names.find(program_->slots.data(), pool_, name.data(), name.size());
    if (known == StringTable::absent) return {};
    const PropertyEntry& entry = program_->entries[rule.first_entry + known];
    note_required(rule, entry, at.seen);
    if (!entry.declared) return {};
    return {entry.block, rule.properties_place};
  }
  if (at.stage <= rule.patterns_count) {
    const PatternEntry& pattern = program_->pattern_entries[rule.first_pattern + at.stage - 1];
    --steps_;
    if (!test_pattern(pattern.pattern, name)) return {};
    return {pattern.block, pattern.place};
  }
  if (at.evaluated != 0 || rule.additional_place == none) return {};
  return {rule.additional, rule.additional_place};
}

Machine::Step Machine::step_patterns(Frame& f, const operands::Members& object, Result child) {
  const ObjectRule& rule = program_->objects[object.rule];
  const std::uint32_t last_stage = rule.patterns_count + 1;
  if (child == Result::pending) {
    f.begin(progress::Patterns{.seen = begin_required(rule), .member = f.node + 1});
  }
  auto& at = f.at<progress::Patterns>();
  if (child == Result::fail) {
    f.failed = true;
    retag(f.log, at.place);
  }
  const NodeIndex end = nodes_[f.node].extent;
  for (; at.member < end; at.member = after(at.member + 1), ++at.index, at.stage = 0, at.evaluated = 0) {
    if (--steps_ < 0) return Step::fail;
    while (at.stage <= last_stage) {
      const Applied applied = applied_at(rule, at);
      ++at.stage;
      if (steps_ < 0) return Step::fail;
      if (applied.block == none) continue;
      at.evaluated = 1;
      at.place = applied.place;
      if (f.tracker != none) mark(f.tracker, at.index);
      const Result result = apply_to_member(f, object, applied.block, at.member, applied.place);
      if (result != Result::pass) return result == Result::pending ? Step::pushed : Step::fail;
    }
  }
  return finish_required(f, rule, at.seen);
}

Machine::Step Machine::step_names(Frame& f, const Instruction& i, Result child) {
  if (child == Result::pending) {
    f.begin(progress::Parts{.next = f.node + 1});
    f.log = log_size();
  }
  auto& at = f.at<progress::Parts>();
  if (child == Result::fail && fails(f)) return Step::fail;
  const NodeIndex end = nodes_[f.node].extent;
  while (at.next < end) {
    if (--steps_ < 0) return Step::fail;
    const NodeIndex key = at.next;
    at.next = after(key + 1);
    const Result result = apply_to_part(f, i.as<operands::Subschema>().block, key, true);
    if (result == Result::pending) return Step::pushed;
    if (result == Result::fail && fails(f)) return Step::fail;
  }
  if (explaining_) retag(f.log, i.place);
  return Step::pass;
}

}  // namespace bearproof::schema
