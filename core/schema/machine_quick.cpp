// The machine deciding, where no frame is needed: what nearly every document spends its time in.
#include <algorithm>

#include "bearproof/json/bytes.h"
#include "bearproof/json/number.h"
#include "bearproof/schema/format.h"

#include "format_time.h"
#include "machine.h"

namespace bearproof::schema {
namespace {

// Code points of well-formed UTF-8.
std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

// Integers of at most 18 digits, which is nearly all of them.
bool small_integer(const json::Node& node, const char* text, std::int64_t& value) {
  if (node.tag() != json::Node::integer || node.extent > 18) return false;
  const char* at = text + node.offset;
  const char* end = at + node.extent;
  const bool negative = *at == '-';
  if (negative) ++at;
  std::int64_t sum = 0;
  for (; at != end; ++at) sum = sum * 10 + (*at - '0');
  value = negative ? -sum : sum;
  return true;
}

}  // namespace

std::string_view Machine::text_of(const json::Node& node) {
  if (node.tag() == json::Node::string) return {text_ + node.offset, node.extent};
  const auto index = static_cast<NodeIndex>(&node - nodes_);
  return json::Value(document_, index).string(scratch_);
}

bool Machine::test_pattern(std::uint32_t pattern, std::string_view text) {
  if (steps_ < 0) return false;
  const std::uint64_t budget = static_cast<std::uint64_t>(steps_) * 64;
  std::uint64_t left = budget;
  const regex::Outcome outcome = program_->patterns[pattern].search(text, regex_, left);
  steps_ -= static_cast<std::int64_t>((budget - left) / 64);
  if (outcome == regex::Outcome::undecided) steps_ = -1;
  return outcome == regex::Outcome::match;
}

int Machine::compare_number(const json::Node& node, const NumberConstant& constant) const {
  std::int64_t value = 0;
  if (constant.small && small_integer(node, text_, value)) {
    return value < constant.value ? -1 : value > constant.value ? 1 : 0;
  }
  const json::Number number(std::string_view(text_ + node.offset, node.extent));
  const auto order = number <=> json::Number(program_->constant(constant.node).raw());
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

bool Machine::test_enum(const EnumRule& rule, NodeIndex node) {
  const json::Value value(document_, node);
  steps_ -= (value.next() - node) / 16;
  if (rule.count <= 4) {
    for (std::uint32_t i = 0; i < rule.count; ++i) {
      if (json::equal_values(value, program_->constant(program_->enum_values[rule.first + i]))) return true;
    }
    return false;
  }
  const HashedConstant* begin = program_->enum_hashes.data() + rule.sorted;
  const HashedConstant* end = begin + rule.count;
  const std::uint64_t hash = hash_value(value, scratch_);
  const HashedConstant* at =
      std::lower_bound(begin, end, hash, [](const HashedConstant& c, std::uint64_t h) { return c.hash < h; });
  for (; at != end && at->hash == hash; ++at) {
    --steps_;
    if (json::equal_values(value, program_->constant(at->node))) return true;
  }
  return false;
}

bool Machine::test_multiple(const json::Node& node, const NumberConstant& divisor) {
  std::int64_t value = 0;
  if (divisor.small && small_integer(node, text_, value)) return value % divisor.value == 0;
  const std::string_view by = program_->constant(divisor.node).raw();
  steps_ -= node.extent / 16;
  // Long divisors are divided by in limbs of nine digits, once for each digit.
  if (by.size() > 18) {
    const std::uint64_t limbs = (node.extent + 5 * std::uint64_t{by.size()}) * (by.size() / 9);
    steps_ -= static_cast<std::int64_t>(limbs / 16);
    if (steps_ < 0) return false;
  }
  return json::Number(std::string_view(text_ + node.offset, node.extent)).is_multiple_of(json::Number(by));
}

// Whether a text has at least so many code points. Bytes tell most often: a code point takes one to four.
bool Machine::has_code_points(std::string_view text, std::uint32_t least) {
  if (text.size() < least) return false;
  if (text.size() / 4 >= least) return true;
  steps_ -= static_cast<std::int64_t>(text.size() / 64);
  return count_code_points(text) >= least;
}

inline bool Machine::is_among(const operands::SomeStrings& allowed, std::string_view text) const {
  return program_->tables[allowed.table].find(program_->slots.data(), pool_, text.data(), text.size()) !=
         StringTable::absent;
}

// dependentRequired for one trigger.
bool Machine::has_required(const operands::DependentNames& names, NodeIndex node) {
  const json::Value object(document_, node);
  steps_ -= object.size() / 4;
  if (!object.find(program_->text(names.trigger))) return true;
  for (const TextIndex name : program_->list(names.first, names.count)) {
    steps_ -= object.size() / 4 + 1;
    if (steps_ < 0 || !object.find(program_->text(name))) return false;
  }
  return true;
}

// Deciding: the tests that nearly every document meets, small enough to stand in the loops.
[[gnu::always_inline]] inline bool Machine::test_quickly(const Instruction& i, NodeIndex index) {
  const json::Node& node = nodes_[index];
  const char* const text = text_ + node.offset;
  const bool plain = node.tag() == json::Node::string;
  switch (i.op) {
    case Op::const_string: {
      const auto& expected = i.as<operands::OneString>();
      if (plain) return node.extent == expected.length && json::equal_bytes(text, pool_ + expected.offset, node.extent);
      break;
    }
    case Op::pattern_start: {
      const auto& prefix = i.as<operands::Prefix>();
      if (plain) return node.extent >= prefix.length && json::equal_bytes(text, pool_ + prefix.offset, prefix.length);
      break;
    }
    case Op::enum_string:
      if (plain) return is_among(i.as<operands::SomeStrings>(), {text, node.extent});
      break;
    case Op::pattern:
      if (plain && node.extent != 0 && *text > ' ' && *text < 0x7F &&
          i.as<operands::Pattern>().shortcut == operands::Pattern::Shortcut::graphic_character) {
        return true;
      }
      break;
    case Op::format:
      if (plain && i.as<operands::KnownFormat>().format == Format::date_time &&
          format_rules::is_plain_instant(text, node.extent)) {
        return true;
      }
      break;
    case Op::min_length:
      if (plain && node.extent / 4 >= i.as<operands::Count>().limit) return true;
      break;
    case Op::boolean_is: return (node.tag() == json::Node::true_) == (i.as<operands::Boolean>().expected == 1);
    case Op::min_items: return node.count() >= i.as<operands::Count>().limit;
    case Op::object: return test_object(program_->objects[i.as<operands::Members>().rule], index);
    case Op::array: return test_items(i.as<operands::Items>(), index);
    case Op::call:
    case Op::not_:
    case Op::if_:
    case Op::any_of:
    case Op::one_of:
    case Op::dependent_schema: return test_in_place(i, index);
    default: break;
  }
  return test(i, index);
}

bool Machine::decide_list(std::uint32_t pc, NodeIndex node) {
  for (const Instruction* i = code_ + pc;; ++i) {
    --steps_;
    if (!test_quickly(*i, node)) return false;
    if (i->last) return true;
  }
}

bool Machine::test_items(const operands::Items& items, NodeIndex index) {
  const json::Node* const nodes = nodes_;
  steps_ -= nodes[index].count();
  if (steps_ < 0) return false;
  const NodeIndex end = nodes[index].extent;
  std::uint32_t number = 0;
  for (NodeIndex at = index + 1; at < end; ++number) {
    const BlockIndex block = number < items.prefix_count ? program_->lists[items.first_prefix + number] : items.rest;
    if (block == none) break;
    const NodeIndex item = at;
    const json::Node::Tag tag = nodes[item].tag();
    at = tag >= json::Node::array ? nodes[item].extent : item + 1;
    const std::uint32_t pc = blocks_[block].code[class_of_tag[tag]];
    if (pc != 0 && (!decide_list(pc, item) || steps_ < 0)) return false;
  }
  return true;
}

// Deciding, where nothing that these lead to needs a frame.
bool Machine::test_in_place(const Instruction& i, NodeIndex index) {
  switch (i.op) {
    case Op::call: return run_quick(i.as<operands::Subschema>().block, index);
    case Op::not_: return !run_quick(i.as<operands::Subschema>().block, index);
    case Op::if_: {
      const auto& condition = i.as<operands::Condition>();
      const BlockIndex chosen = run_quick(condition.condition, index) ? condition.then_block : condition.else_block;
      return chosen == none || run_quick(chosen, index);
    }
    case Op::any_of:
    case Op::one_of: {
      const auto& branches = i.as<operands::Branches>();
      std::uint32_t matching = 0;
      for (std::uint32_t k = 0; k < branches.count && steps_ >= 0; ++k) {
        if (!run_quick(program_->lists[branches.first + k], index)) continue;
        ++matching;
        if (i.op == Op::any_of || matching > 1) break;
      }
      return matching == 1;
    }
    case Op::dependent_schema: {
      const auto& dependent = i.as<operands::DependentSubschema>();
      steps_ -= nodes_[index].count() / 4;
      return !json::Value(document_, index).find(program_->text(dependent.trigger)) ||
             run_quick(dependent.block, index);
    }
    default: return true;
  }
}

bool Machine::test(const Instruction& i, NodeIndex index) {
  const json::Node& node = nodes_[index];
  const auto limit = [&i] { return i.as<operands::Count>().limit; };
  const auto order = [&] { return compare_number(node, program_->numbers[i.as<operands::Number>().number]); };
  switch (i.op) {
    case Op::fail_type:
    case Op::fail_false:
    case Op::fail_enum: return false;
    case Op::integral: return json::Number(std::string_view(text_ + node.offset, node.extent)).is_integer();
    case Op::boolean_is: return (node.tag() == json::Node::true_) == (i.as<operands::Boolean>().expected == 1);
    case Op::const_string: {
      const auto& expected = i.as<operands::OneString>();
      return json::equal(text_of(node), std::string_view(pool_ + expected.offset, expected.length));
    }
    case Op::enum_string: return is_among(i.as<operands::SomeStrings>(), text_of(node));
    case Op::enum_values: return test_enum(program_->enums[i.as<operands::Values>().values], index);
    case Op::min_length: return has_code_points(text_of(node), limit());
    case Op::max_length: return limit() == UINT32_MAX || !has_code_points(text_of(node), limit() + 1);
    case Op::pattern_start: {
      const auto& prefix = i.as<operands::Prefix>();
      return json::starts_with(text_of(node), std::string_view(pool_ + prefix.offset, prefix.length));
    }
    case Op::pattern: return test_pattern(i.as<operands::Pattern>().pattern, text_of(node));
    case Op::format: {
      const std::string_view text = text_of(node);
      steps_ -= static_cast<std::int64_t>(text.size() / 64);
      return matches_format(i.as<operands::KnownFormat>().format, text);
    }
    case Op::minimum: return order() >= 0;
    case Op::maximum: return order() <= 0;
    case Op::exclusive_minimum: return order() > 0;
    case Op::exclusive_maximum: return order() < 0;
    case Op::multiple_of: return test_multiple(node, program_->numbers[i.as<operands::Number>().number]);
    case Op::min_items:
    case Op::min_properties: return node.count() >= limit();
    case Op::max_items:
    case Op::max_properties: return node.count() <= limit();
    case Op::unique_items: return distinct_.distinct(json::Value(document_, index), steps_);
    case Op::dependent_required: return has_required(i.as<operands::DependentNames>(), index);
    case Op::object: return test_object(program_->objects[i.as<operands::Members>().rule], index);
    case Op::array: return test_items(i.as<operands::Items>(), index);
    default: return test_in_place(i, index);
  }
}

// The entry of a name, or StringTable::absent. `guess` is where the guess for this member stands, and then that for the
// next.
std::uint32_t Machine::find_entry(const ObjectRule& rule, const PropertyEntry* entries, std::string_view name,
                                  std::uint32_t& guess) {
  const std::uint32_t guessed = guesses_[guess];
  if (guessed < rule.names_count && entries[guessed].length == name.size() &&
      json::equal_bytes(pool_ + entries[guessed].offset, name.data(), name.size())) {
    guess = rule.first_guess + 1 + guessed;
    return guessed;
  }
  // Most names that a rule does not know are passed by for their length alone.
  if (!rule.has_name_of_length(name.size())) return StringTable::absent;
  return look_up(rule, name, guess);
}

// The same where the guess was wrong.
std::uint32_t Machine::look_up(const ObjectRule& rule, std::string_view name, std::uint32_t& guess) {
  const std::uint32_t found = rule.names.find(program_->slots.data(), pool_, name.data(), name.size());
  if (found == StringTable::absent) return found;
  guesses_[guess] = found;
  guess = rule.first_guess + 1 + found;
  return found;
}

// The same, deciding, where nobody asks which members were evaluated: the loop that nearly every document spends its
// time in.
Machine::Step Machine::step_plain_object(Frame* f, NodeIndex object, const ObjectRule& rule, bool resumed) {
  const json::Node* const nodes = nodes_;
  const char* const text = text_;
  const PropertyEntry* const entries = program_->entries.data() + rule.first_entry;
  const NodeIndex end = nodes[object].extent;
  NodeIndex cursor = object + 1;
  std::uint64_t seen = 0;
  std::uint32_t guess = rule.first_guess;
  Walk* const walk = f == nullptr && rule.walk != none ? walks_ + rule.walk : nullptr;
  std::uint64_t present = 0;
  if (resumed) {
    const auto& at = f->at<progress::Members>();
    cursor = at.next;
    seen = at.seen;
    guess = at.guess;
  } else {
    steps_ -= nodes[object].count();
  }
  if (walk != nullptr) walk->run = 0;
  while (cursor < end) {
    const json::Node& key = nodes[cursor];
    const NodeIndex value = cursor + 1;
    const json::Node::Tag tag = nodes[value].tag();
    cursor = tag >= json::Node::array ? nodes[value].extent : value + 1;
    std::string_view name(text + key.offset, key.extent);
    if (key.tag() != json::Node::string) [[unlikely]]
      name = name_of(value - 1);
    const std::uint32_t known = find_entry(rule, entries, name, guess);
    std::uint32_t pc;
    if (known != StringTable::absent) {
      const PropertyEntry& entry = entries[known];
      seen |= entry.mask;
      pc = entry.code[tag];
      if (walk != nullptr) {
        present |= std::uint64_t{1} << known;
        walk->values[known] = value;
      }
      if (rule.only_required && seen == rule.required_mask) return Step::pass;
    } else {
      pc = rule.additional_code[tag];
    }
    if (pc == 0) continue;
    const Instruction& i = code_[pc];
    if (!i.quick_list) {
      f->begin(progress::Members{.seen = seen, .next = cursor, .guess = guess});
      push_part(known != StringTable::absent ? entries[known].block : rule.additional, value, false);
      return Step::pushed;
    }
    --steps_;
    if (!test_quickly(i, value)) return Step::fail;
    if (!i.last && !decide_list(pc + 1, value)) return Step::fail;
    if (steps_ < 0) return Step::fail;
  }
  if (seen != rule.required_mask || steps_ < 0) return Step::fail;
  if (walk != nullptr && nodes[object].tag() == json::Node::object) {
    walk->run = run_;
    walk->node = object;
    walk->present = present;
  }
  return Step::pass;
}

// The same without walking the members: another rule just did.
bool Machine::test_shared(const ObjectRule& rule, const Walk& walk) {
  const PropertyEntry* const entries = program_->entries.data() + rule.first_entry;
  steps_ -= rule.names_count;
  std::uint64_t seen = 0;
  for (std::uint32_t k = 0; k < rule.names_count; ++k) {
    const PropertyEntry& entry = entries[k];
    if ((walk.present >> entry.slot & 1) == 0) continue;
    seen |= entry.mask;
    const NodeIndex value = walk.values[entry.slot];
    const std::uint32_t pc = entry.code[nodes_[value].tag()];
    if (pc != 0 && !decide_list(pc, value)) return false;
  }
  return seen == rule.required_mask && steps_ >= 0;
}

bool Machine::test_object(const ObjectRule& rule, NodeIndex node) {
  if (rule.shared != none) {
    const Walk& walk = walks_[program_->objects[rule.shared].walk];
    if (walk.run == run_ && walk.node == node) return test_shared(rule, walk);
  }
  return step_plain_object(nullptr, node, rule, false) == Step::pass;
}

}  // namespace bearproof::schema
