#include "machine.h"

#include <algorithm>
#include <utility>

namespace bearproof::schema {
namespace {

// Failures beyond this are only counted. Far more than any report lists, so that choosing among branches sees them all.
constexpr std::size_t log_limit = 65'536;

}  // namespace

// ---- the log ----

void Machine::note(const Failure& failure) {
  if (log_.size() >= log_limit) {
    ++lost_;
    return;
  }
  log_.push_back(failure);
  Failure& noted = log_.back();
  if (noted.place == none) noted.place = code_[noted.instruction].place;
  noted.rule = program_->places[noted.place].rule;
  if (output_) noted.path = add_path(noted.place);
}

// The way through the schema to a place in the block at work: what each frame was pushed for, then the keyword.
std::uint32_t Machine::add_path(std::uint32_t place) {
  std::string path;
  for (std::size_t k = 1; k < frames_.size(); ++k) {
    const std::uint32_t outer = frames_[k - 1].block;
    const SchemaLocation& keyword = program_->places[code_[frames_[k - 1].pc].place];
    const std::string_view name = keyword.text == none ? std::string_view() : program_->text(keyword.text);
    if (name == "$ref" || name == "$dynamicRef") {
      path.append("/").append(name);
    } else {
      path += program_->block_pointers[frames_[k].block].substr(program_->block_pointers[outer].size());
    }
  }
  const std::size_t above = program_->pointer(blocks_[frames_.back().block].place).size();
  path += program_->pointer(place).substr(above);
  paths_.push_back(std::move(path));
  return static_cast<std::uint32_t>(paths_.size() - 1);
}

void Machine::note_annotation(const Frame& f) {
  // What is said of a member's name is said of no value.
  if (!output_ || f.key) return;
  annotations_.push_back({f.pc, f.node, add_path(code_[f.pc].place)});
}

void Machine::note(const Frame& f, Failure::Kind kind, NodeIndex node, bool key, std::uint32_t place,
                   std::uint32_t detail) {
  Failure failure;
  failure.kind = kind;
  failure.key = key;
  failure.instruction = f.pc;
  failure.node = node;
  failure.level = f.level + (node == f.node ? 0 : 1);
  failure.place = place;
  failure.detail = detail;
  note(failure);
}

void Machine::note_test(std::uint32_t pc, NodeIndex node, bool key, std::uint32_t level) {
  const Instruction& i = code_[pc];
  Failure failure;
  failure.key = key;
  failure.instruction = pc;
  failure.node = node;
  failure.level = level;
  if (i.op == Op::unique_items) {
    if (steps_ < 0) return;
    failure.kind = Failure::Kind::equal_items;
    failure.node = distinct_.again;
    failure.level = level + 1;
    failure.detail = distinct_.first;
  } else if (i.op == Op::dependent_required) {
    failure.kind = Failure::Kind::missing_dependent;
    const auto& names = i.as<operands::DependentNames>();
    for (const TextIndex name : program_->list(names.first, names.count)) {
      steps_ -= nodes_[node].count() / 4 + 1;
      if (steps_ < 0) return;
      if (json::Value(document_, node).find(program_->text(name))) continue;
      failure.detail = name;
      note(failure);
    }
    return;
  }
  note(failure);
}

// Failures since `from` that have no rule of their own are told under the rule of the keyword that led to them.
void Machine::retag(std::uint32_t from, std::uint32_t place) {
  if (place == none) return;
  const RuleCase rule = program_->places[place].rule;
  if (rule == Rule::schema_shape) return;
  for (std::size_t at = from; at < log_.size(); ++at) {
    if (log_[at].rule == Rule::schema_shape) log_[at].rule = rule;
  }
}

// ---- frames ----

Machine::Frame* Machine::push(std::uint32_t block, NodeIndex node) {
  if (frames_.size() >= frames_limit_) {
    stopped_ = Stop::memory;
    return nullptr;
  }
  Frame& frame = frames_.emplace_back();
  frame.pc = entry(block, node);
  frame.node = node;
  frame.block = block;
  frame.tracker = none;
  frame.outer = none;
  frame.bits = static_cast<std::uint32_t>(bits_.size());
  return &frame;
}

void Machine::push_child(std::uint32_t block, NodeIndex node) {
  const std::uint32_t level = frames_.back().level + 1;
  if (Frame* frame = push(block, node)) frame->level = level;
}

void Machine::push_in_place(const Frame& f, std::uint32_t block, Tracking tracking) {
  const std::uint32_t tracker = f.tracker;
  const std::uint32_t chain = f.chain + 1;
  const std::uint32_t level = f.level;
  const bool key = f.key;
  if (chain > chain_limit_) {
    stopped_ = Stop::steps;
    return;
  }
  Frame* frame = push(block, f.node);
  if (frame == nullptr) return;
  frame->chain = chain;
  frame->level = level;
  frame->key = key;
  if (tracking == Tracking::dropped || tracker == none) return;
  if (tracking == Tracking::shared) {
    frame->tracker = tracker;
  } else {
    open_tracker(*frame, tracker);
  }
}

void Machine::open_tracker(Frame& f, std::uint32_t outer) {
  f.outer = outer;
  f.owns = true;
  f.tracker = static_cast<std::uint32_t>(bits_.size());
  bits_.resize(bits_.size() + (nodes_[f.node].count() + 63) / 64, 0);
}

void Machine::mark_all(const Frame& f) {
  if (f.tracker == none) return;
  const std::size_t words = (nodes_[f.node].count() + 63) / 64;
  for (std::size_t word = 0; word < words; ++word) bits_[f.tracker + word] = UINT64_MAX;
}

// Explaining: every test of the list, each failure noted.
bool Machine::explain_list(std::uint32_t pc, NodeIndex node, bool key, std::uint32_t level) {
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

// ---- objects ----

Machine::Step Machine::finish_object(Frame& f, const ObjectRule& rule, std::uint64_t seen) {
  if (rule.required_count == 0) return Step::pass;
  const auto has = [&](std::uint32_t bit) {
    return rule.required_count <= 64 ? (seen >> bit & 1) != 0 : marked(static_cast<std::uint32_t>(seen), bit);
  };
  if (!explaining_ && rule.required_count <= 64) return seen == rule.required_mask ? Step::pass : Step::fail;
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

// The members in their order, each looked up once: what `properties` or else `additionalProperties` asks of it, and
// whether `required` names it.
Machine::Step Machine::step_object(Frame& f, const Instruction& i, bool resumed, bool result) {
  const std::uint32_t rule_index = i.as<operands::Members>().rule;
  const ObjectRule& rule = program_->objects[rule_index];
  if (!explaining_) {
    if (resumed && !result) return Step::fail;
    if (rule.plain && f.tracker == none) return step_plain_object(&f, f.node, rule, resumed);
  }
  if (rule.patterns_count > 0) return step_patterns(f, i, resumed, result);
  // What the loop reads stands in locals: the compiler cannot know that nothing here changes the members.
  const json::Node* const nodes = nodes_;
  const char* const text = text_;
  const Block* const blocks = blocks_;
  const Instruction* const code = code_;
  const PropertyEntry* const entries = program_->entries.data() + rule.first_entry;
  const std::uint32_t additional = rule.additional;
  const std::uint32_t tracker = f.tracker;
  const bool many_required = rule.required_count > 64;
  const NodeIndex end = nodes[f.node].extent;
  NodeIndex cursor = f.node + 1;
  std::uint32_t index = 0;
  std::uint64_t seen = 0;
  std::uint32_t guess = rule.first_guess;
  bool failed = false;
  if (resumed) {
    if (!result) {
      if (!explaining_) return Step::fail;
      failed = true;
      retag(f.log, f.aux);
    }
    cursor = f.cursor;
    index = f.index;
    seen = f.seen;
    guess = f.guess;
  } else {
    steps_ -= nodes[f.node].count();
    if (many_required) {
      seen = bits_.size();
      bits_.resize(bits_.size() + (rule.required_count + 63) / 64, 0);
    }
  }
  if (steps_ < 0) return Step::fail;
  while (cursor < end) {
    const json::Node& key = nodes[cursor];
    const NodeIndex value = cursor + 1;
    const json::Node& value_node = nodes[value];
    const NodeIndex next = value_node.tag() >= json::Node::array ? value_node.extent : value + 1;
    std::string_view name(text + key.offset, key.extent);
    if (key.tag() != json::Node::string) name = json::Value(document_, cursor).string(name_);
    // Where nothing is asked of unknown members, most of them are passed by for their length alone.
    if (additional == none && tracker == none && (rule.lengths >> std::min<std::size_t>(name.size(), 63) & 1) == 0) {
      cursor = next;
      ++index;
      continue;
    }
    const std::uint32_t known = find_entry(rule, entries, name, guess);
    std::uint32_t child = additional;
    std::uint32_t place = rule.additional_place;
    if (known != StringTable::absent) {
      const PropertyEntry& entry = entries[known];
      if (entry.required != PropertyEntry::not_required) {
        if (many_required) {
          mark(static_cast<std::uint32_t>(seen), entry.required);
        } else {
          seen |= std::uint64_t{1} << entry.required;
          if (rule.only_required && seen == rule.required_mask) return Step::pass;
        }
      }
      if (entry.declared) {
        child = entry.block;
        place = rule.properties_place;
      }
    }
    if (tracker != none && place != none) mark(tracker, index);
    cursor = next;
    ++index;
    if (child == none) continue;
    const std::uint32_t pc = blocks[child].code[class_of_tag[value_node.tag()]];
    if (pc == 0) continue;
    if (explaining_ && code[pc].op == Op::fail_false && place == rule.additional_place) {
      failed = true;
      note(f, Failure::Kind::unexpected, value - 1, true, place, rule_index);
    } else if (on_the_spot(pc, none)) {
      const std::uint32_t before = log_size();
      if (!run_list(pc, value, false, f.level + 1)) {
        if (!explaining_) return Step::fail;
        failed = true;
        retag(before, place);
      }
      if (steps_ < 0) return Step::fail;
    } else {
      f.cursor = cursor;
      f.index = index;
      f.seen = seen;
      f.guess = guess;
      if (explaining_) {
        f.aux = place;
        f.log = log_size();
        f.failed = f.failed || failed;
      }
      push_child(child, value);
      return Step::pushed;
    }
  }
  if (explaining_) f.failed = f.failed || failed;
  return finish_object(f, rule, seen);
}

// The same where patternProperties takes part: several schemas may apply to one member, one after another.
Machine::Step Machine::step_patterns(Frame& f, const Instruction& i, bool resumed, bool result) {
  const std::uint32_t rule_index = i.as<operands::Members>().rule;
  const ObjectRule& rule = program_->objects[rule_index];
  // `aux` is the stage within a member: 0 properties, then each pattern, then additionalProperties.
  const std::uint32_t last_stage = rule.patterns_count + 1;
  if (resumed) {
    const std::uint32_t place = f.aux == 0            ? rule.properties_place
                                : f.aux == last_stage ? rule.additional_place
                                                      : program_->pattern_entries[rule.first_pattern + f.aux - 1].place;
    if (!result) {
      if (!explaining_) return Step::fail;
      f.failed = true;
      retag(f.log, place);
    }
    ++f.aux;
  } else {
    f.cursor = f.node + 1;
    f.index = 0;
    f.aux = 0;
    f.seen = 0;
    f.matched = false;
    if (rule.required_count > 64) {
      f.seen = bits_.size();
      bits_.resize(bits_.size() + (rule.required_count + 63) / 64, 0);
    }
  }
  const NodeIndex end = nodes_[f.node].extent;
  while (f.cursor < end) {
    if (--steps_ < 0) return Step::fail;
    const NodeIndex value = f.cursor + 1;
    const std::string_view name = json::Value(document_, f.cursor).string(name_);
    for (; f.aux <= last_stage; ++f.aux) {
      std::uint32_t child = none;
      std::uint32_t place = none;
      if (f.aux == 0) {
        f.matched = false;
        const std::uint32_t known =
            rule.names.find(program_->slots.data(), program_->pool.data(), name.data(), name.size());
        if (known == StringTable::absent) continue;
        const PropertyEntry& entry = program_->entries[rule.first_entry + known];
        if (entry.required != PropertyEntry::not_required) {
          if (rule.required_count <= 64) {
            f.seen |= std::uint64_t{1} << entry.required;
          } else {
            mark(static_cast<std::uint32_t>(f.seen), entry.required);
          }
        }
        if (!entry.declared) continue;
        child = entry.block;
        place = rule.properties_place;
      } else if (f.aux < last_stage) {
        const PatternEntry& pattern = program_->pattern_entries[rule.first_pattern + f.aux - 1];
        --steps_;
        if (!test_pattern(pattern.pattern, name)) {
          if (steps_ < 0) return Step::fail;
          continue;
        }
        child = pattern.block;
        place = pattern.place;
      } else {
        if (f.matched || rule.additional_place == none) continue;
        child = rule.additional;
        place = rule.additional_place;
      }
      f.matched = true;
      if (f.tracker != none) mark(f.tracker, f.index);
      const std::uint32_t pc = entry(child, value);
      if (pc == 0) continue;
      if (explaining_ && code_[pc].op == Op::fail_false && f.aux == last_stage) {
        f.failed = true;
        note(f, Failure::Kind::unexpected, f.cursor, true, place, rule_index);
        continue;
      }
      f.log = log_size();
      if (!on_the_spot(pc, none)) {
        push_child(child, value);
        return Step::pushed;
      }
      if (run_list(pc, value, false, f.level + 1)) continue;
      if (!explaining_) return Step::fail;
      f.failed = true;
      retag(f.log, place);
    }
    f.aux = 0;
    ++f.index;
    f.cursor = after(value);
  }
  return finish_object(f, rule, f.seen);
}

Machine::Step Machine::step_names(Frame& f, const Instruction& i, bool resumed, bool result) {
  if (!resumed) {
    f.cursor = f.node + 1;
    f.log = log_size();
  } else if (!result) {
    if (!explaining_) return Step::fail;
    f.failed = true;
  }
  const NodeIndex end = nodes_[f.node].extent;
  while (f.cursor < end) {
    if (--steps_ < 0) return Step::fail;
    const NodeIndex key = f.cursor;
    f.cursor = after(key + 1);
    const BlockIndex block = i.as<operands::Subschema>().block;
    const CodeIndex pc = entry(block, key);
    if (pc == 0) continue;
    if (!on_the_spot(pc, none)) {
      push_child(block, key);
      if (stopped_ == Stop::no) frames_.back().key = true;
      return Step::pushed;
    }
    if (run_list(pc, key, true, f.level + 1)) continue;
    if (!explaining_) return Step::fail;
    f.failed = true;
  }
  if (explaining_) retag(f.log, i.place);
  return Step::pass;
}

// ---- arrays ----

Machine::Step Machine::step_array(Frame& f, const Instruction& i, bool resumed, bool result) {
  const auto& items = i.as<operands::Items>();
  NodeIndex cursor = f.node + 1;
  std::uint32_t index = 0;
  if (resumed) {
    if (!result) {
      if (!explaining_) return Step::fail;
      f.failed = true;
    }
    cursor = f.cursor;
    index = f.index;
  } else {
    f.log = log_size();
    if (f.tracker != none) {
      if (items.rest != none) {
        mark_all(f);
      } else {
        for (std::uint32_t k = 0; k < items.prefix_count && k < nodes_[f.node].count(); ++k) mark(f.tracker, k);
      }
    }
  }
  const NodeIndex end = nodes_[f.node].extent;
  for (; cursor < end; ++index) {
    if (--steps_ < 0) return Step::fail;
    const BlockIndex child = index < items.prefix_count ? program_->lists[items.first_prefix + index] : items.rest;
    if (child == none) break;
    const std::uint32_t pc = entry(child, cursor);
    const NodeIndex here = cursor;
    cursor = after(cursor);
    if (pc == 0) continue;
    if (!on_the_spot(pc, none)) {
      f.cursor = cursor;
      f.index = index + 1;
      push_child(child, here);
      return Step::pushed;
    }
    if (run_list(pc, here, false, f.level + 1)) continue;
    if (!explaining_) return Step::fail;
    f.failed = true;
  }
  if (explaining_) retag(f.log, i.place);
  return Step::pass;
}

Machine::Step Machine::step_contains(Frame& f, const Instruction& i, bool resumed, bool result) {
  const ContainsRule& rule = program_->contains[i.as<operands::Contained>().rule];
  // `aux` counts the items that match, `index` the items looked at.
  if (!resumed) {
    f.cursor = f.node + 1;
    f.index = 0;
    f.aux = 0;
    f.log = log_size();
  }
  const NodeIndex end = nodes_[f.node].extent;
  bool known = resumed;
  bool good = result;
  for (;;) {
    if (known) {
      cut_log(f.log);
      if (good) {
        ++f.aux;
        if (f.tracker != none) mark(f.tracker, f.index);
        if (!explaining_ && f.aux > rule.maximum) return Step::fail;
      }
      ++f.index;
      f.cursor = after(f.cursor);
    }
    const bool enough = f.aux >= rule.minimum && rule.maximum == UINT32_MAX && f.tracker == none && !output_;
    if (f.cursor >= end || enough) break;
    if (--steps_ < 0) return Step::fail;
    const std::uint32_t pc = entry(rule.block, f.cursor);
    known = true;
    if (pc == 0) {
      good = true;
    } else if (is_quick(pc, none)) {
      good = decide_list(pc, f.cursor);
    } else {
      push_child(rule.block, f.cursor);
      return Step::pushed;
    }
  }
  if (f.aux < rule.minimum) {
    if (explaining_) {
      const bool first = rule.minimum == 1 || f.aux == 0;
      note(f, Failure::Kind::too_few_matches, f.node, f.key, first ? rule.contains_place : rule.minimum_place, f.aux);
    }
    return Step::fail;
  }
  if (f.aux > rule.maximum) {
    if (explaining_) note(f, Failure::Kind::too_many_matches, f.node, f.key, rule.maximum_place, f.aux);
    return Step::fail;
  }
  return Step::pass;
}

// ---- the same instance again ----

Machine::Step Machine::step_call(Frame& f, std::uint32_t block, std::uint32_t place, bool resumed, bool result) {
  if (!resumed) {
    f.log = log_size();
    const std::uint32_t pc = entry(block, f.node);
    if (pc == 0) return Step::pass;
    if (!on_the_spot(pc, f.tracker)) {
      push_in_place(f, block, Tracking::shared);
      return Step::pushed;
    }
    result = run_list(pc, f.node, f.key, f.level);
  }
  if (result) return Step::pass;
  if (explaining_) retag(f.log, place);
  return Step::fail;
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

Machine::Step Machine::step_branches(Frame& f, const Instruction& i, bool resumed, bool result) {
  const bool one = i.op == Op::one_of;
  const auto& branches = i.as<operands::Branches>();
  // `cursor` is the branch at work, `index` counts those that match, `seen` holds the first two of them, `aux` is where
  // their beginnings are noted.
  if (!resumed) {
    f.cursor = 0;
    f.index = 0;
    f.log = log_size();
    f.aux = static_cast<std::uint32_t>(begins_.size());
  }
  bool known = resumed;
  bool good = result;
  for (;;) {
    if (known) {
      if (good) {
        ++f.index;
        if (f.index == 1) f.seen = f.cursor;
        if (f.index == 2) f.seen |= std::uint64_t{f.cursor} << 32;
        if (!one && f.tracker == none && !output_) break;
        if (!explaining_ && one && f.index > 1) return Step::fail;
      }
      ++f.cursor;
    }
    if (f.cursor == branches.count) break;
    if (--steps_ < 0) return Step::fail;
    if (explaining_) begins_.push_back(log_size());
    const BlockIndex block = program_->lists[branches.first + f.cursor];
    const std::uint32_t pc = entry(block, f.node);
    known = true;
    if (pc == 0) {
      good = true;
    } else if (on_the_spot(pc, f.tracker)) {
      good = run_list(pc, f.node, f.key, f.level);
    } else {
      push_in_place(f, block, Tracking::own);
      return Step::pushed;
    }
  }
  if (!explaining_) return f.index == 1 || (f.index > 0 && !one) ? Step::pass : Step::fail;
  Failure whole;
  whole.key = f.key;
  whole.instruction = f.pc;
  whole.node = f.node;
  whole.level = f.level;
  whole.place = i.place;
  whole.rule = program_->places[i.place].rule;
  const std::uint32_t begins = f.aux;
  Step step = Step::pass;
  if (f.index == 0) {
    step = Step::fail;
    if (output_) {
      note(f, Failure::Kind::no_branch, f.node, f.key, i.place, branches.count);
      begins_.resize(begins);
      return step;
    }
    keep_best_branch(*program_, log_, begins_.data() + begins, branches.count, whole);
    retag(f.log, i.place);
  } else {
    cut_log(f.log);
    if (one && f.index > 1) {
      step = Step::fail;
      whole.kind = Failure::Kind::many_branches;
      whole.detail = f.index;
      whole.branches = {static_cast<std::uint32_t>(f.seen), static_cast<std::uint32_t>(f.seen >> 32)};
      note(whole);
    }
  }
  begins_.resize(begins);
  return step;
}

Machine::Step Machine::step_not(Frame& f, const Instruction& i, bool resumed, bool result) {
  if (!resumed) {
    f.log = log_size();
    const BlockIndex block = i.as<operands::Subschema>().block;
    const CodeIndex pc = entry(block, f.node);
    // What it evaluates counts for nothing.
    if (pc != 0 && !is_quick(pc, none)) {
      push_in_place(f, block, Tracking::dropped);
      return Step::pushed;
    }
    result = pc == 0 || decide_list(pc, f.node);
  }
  if (explaining_) {
    cut_log(f.log);
    if (result) note(f, Failure::Kind::instruction, f.node, f.key, i.place, 0);
  }
  return result ? Step::fail : Step::pass;
}

Machine::Step Machine::step_if(Frame& f, const Instruction& i, bool resumed, bool result) {
  const auto& condition = i.as<operands::Condition>();
  // `aux` is 0 while the condition is at work, then the block that it chose.
  if (!resumed) {
    if (condition.then_block == none && condition.else_block == none && f.tracker == none && !output_)
      return Step::pass;
    f.aux = 0;
    f.log = log_size();
    const CodeIndex pc = entry(condition.condition, f.node);
    if (pc != 0 && !is_quick(pc, f.tracker)) {
      push_in_place(f, condition.condition, Tracking::own);
      return Step::pushed;
    }
    result = pc == 0 || decide_list(pc, f.node);
  } else if (f.aux != 0) {
    const std::uint32_t chosen = f.aux - 1;
    return step_call(f, chosen, blocks_[chosen].place, true, result);
  }
  if (explaining_) cut_log(f.log);
  const BlockIndex chosen = result ? condition.then_block : condition.else_block;
  if (chosen == none) return Step::pass;
  f.aux = chosen + 1;
  return step_call(f, chosen, blocks_[chosen].place, false, false);
}

Machine::Step Machine::step_unevaluated(Frame& f, const Instruction& i, bool resumed, bool result) {
  const bool members = i.op == Op::unevaluated_properties;
  const BlockIndex block = i.as<operands::Subschema>().block;
  if (!resumed) {
    // What failed may have left members unmarked that are told already.
    if (explaining_ && f.failed) {
      mark_all(f);
      return Step::pass;
    }
    f.cursor = f.node + 1;
    f.index = 0;
    f.log = log_size();
  } else if (!result) {
    if (!explaining_) return Step::fail;
    f.failed = true;
  }
  const NodeIndex end = nodes_[f.node].extent;
  while (f.cursor < end) {
    if (--steps_ < 0) return Step::fail;
    const NodeIndex key = f.cursor;
    const NodeIndex value = members ? key + 1 : key;
    const bool seen = marked(f.tracker, f.index);
    ++f.index;
    f.cursor = after(value);
    if (seen) continue;
    const CodeIndex pc = entry(block, value);
    if (pc == 0) continue;
    if (explaining_ && members && code_[pc].op == Op::fail_false) {
      f.failed = true;
      note(f, Failure::Kind::unexpected, key, true, i.place, none);
    } else if (!on_the_spot(pc, none)) {
      push_child(block, value);
      return Step::pushed;
    } else if (!run_list(pc, value, false, f.level + 1)) {
      if (!explaining_) return Step::fail;
      f.failed = true;
    }
  }
  if (explaining_) retag(f.log, i.place);
  mark_all(f);
  return Step::pass;
}

// ---- the loop ----

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

bool Machine::run(const ProgramData& program, json::Value root, const Limits& limits) {
  program_ = &program;
  code_ = program.code.data();
  pool_ = program.pool.data();
  blocks_ = program.blocks.data();
  document_ = &root.document();
  nodes_ = document_->nodes;
  text_ = document_->text.data();
  const std::uint64_t bytes = document_->text.size();
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
  push(program.root, root.index());
  bool resumed = false;
  bool result = true;
  while (stopped_ == Stop::no) {
    Frame& f = frames_.back();
    const Instruction& i = code_[f.pc];
    if (--steps_ < 0) {
      stopped_ = Stop::steps;
      break;
    }
    Step step = Step::pass;
    // Deciding, much of a schema needs no frame at all.
    if (!explaining_ && i.quick && f.tracker == none && !resumed) {
      if (!test(i, f.node)) step = Step::fail;
    } else
      switch (i.op) {
        case Op::end: step = Step::finish; break;
        case Op::object: step = step_object(f, i, resumed, result); break;
        case Op::property_names: step = step_names(f, i, resumed, result); break;
        case Op::array: step = step_array(f, i, resumed, result); break;
        case Op::contains: step = step_contains(f, i, resumed, result); break;
        case Op::call: step = step_call(f, i.as<operands::Subschema>().block, i.place, resumed, result); break;
        case Op::dynamic_call: {
          const auto& target = i.as<operands::DynamicSubschema>();
          step = step_call(f, resumed ? target.block : dynamic_target(target), i.place, resumed, result);
          break;
        }
        case Op::any_of:
        case Op::one_of: step = step_branches(f, i, resumed, result); break;
        case Op::not_: step = step_not(f, i, resumed, result); break;
        case Op::if_: step = step_if(f, i, resumed, result); break;
        case Op::dependent_schema: {
          const auto& dependent = i.as<operands::DependentSubschema>();
          if (!resumed) steps_ -= nodes_[f.node].count() / 4;
          if (resumed || json::Value(document_, f.node).find(program.text(dependent.trigger))) {
            step = step_call(f, dependent.block, i.place, resumed, result);
          }
          break;
        }
        case Op::track:
          // A frame that began with a tracker of its own has not marked anything in it yet.
          if (!f.owns) open_tracker(f, f.tracker);
          break;
        case Op::annotate:
          if (explaining_) note_annotation(f);
          break;
        case Op::unevaluated_properties:
        case Op::unevaluated_items: step = step_unevaluated(f, i, resumed, result); break;
        default:
          if (!test(i, f.node)) {
            step = Step::fail;
            if (explaining_) note_test(f.pc, f.node, f.key, f.level);
          }
          break;
      }
    resumed = false;
    if (step == Step::pushed) {
      if (explaining_) starts_.resize(frames_.size(), static_cast<std::uint32_t>(annotations_.size()));
      continue;
    }
    if (step == Step::pass) {
      ++f.pc;
      continue;
    }
    if (step == Step::fail) {
      if (explaining_) {
        f.failed = true;
        ++f.pc;
        continue;
      }
      result = false;
    } else {
      result = !f.failed;
    }
    if (f.owns && f.outer != none && result) {
      const std::size_t words = (nodes_[f.node].count() + 63) / 64;
      for (std::size_t word = 0; word < words; ++word) bits_[f.outer + word] |= bits_[f.tracker + word];
    }
    if (bits_.size() != f.bits) bits_.resize(f.bits);
    if (explaining_) {
      // What failed annotates nothing.
      if (!result) annotations_.resize(starts_.back());
      starts_.pop_back();
    }
    frames_.pop_back();
    if (frames_.empty()) {
      // The last test may have been the one that ran out.
      if (steps_ < 0) stopped_ = Stop::steps;
      return result && stopped_ == Stop::no;
    }
    resumed = true;
  }
  return false;
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
