// From raw blocks to the final arrays.
#include <algorithm>
#include <span>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/pointer.h"

#include "compiler.h"
#include "subschemas.h"
#include "values.h"

namespace bearproof::schema {
namespace {

// Lists longer than this are called, not copied; so are calls nested deeper than this.
constexpr std::size_t longest_copy = 64;
constexpr std::size_t deepest_copy = 8;

}  // namespace

// The constants become a document of their own. Until here they were known by their position in it.
bool Compiler::read_constants() {
  program_->constants_text = "[" + program_->constants_text + "]";
  // Constants stand one level deeper at most than in the schema's text, which was within the limits.
  Limits limits = options_.limits;
  limits.nesting = UINT32_MAX;
  limits.document = UINT64_MAX;
  limits.arena_base = UINT64_MAX / 8;
  program_->constants_reader = json::Reader(limits);
  program_->constants = program_->constants_reader.read(program_->constants_text);
  if (program_->constants == nullptr) {
    faults_.add_without_place(program_->constants_reader.fault().rule, {},
                              "the constants of this schema are too large");
    return false;
  }
  std::vector<NodeIndex> nodes;
  for (const json::Value item : program_->constants->root().items()) nodes.push_back(item.index());
  for (NodeIndex& value : program_->enum_values) value = nodes[value];
  for (NumberConstant& number : program_->numbers) number.node = nodes[number.node];
  for (AnnotationRule& rule : program_->annotations) rule.value = nodes[rule.value];
  std::string scratch;
  for (EnumRule& rule : program_->enums) {
    rule.sorted = static_cast<std::uint32_t>(program_->enum_hashes.size());
    for (std::uint32_t i = 0; i < rule.count; ++i) {
      const NodeIndex node = program_->enum_values[rule.first + i];
      program_->enum_hashes.push_back({hash_value(program_->constant(node), scratch), node});
    }
    stable_sort(std::span(program_->enum_hashes).subspan(rule.sorted),
                [](const HashedConstant& a, const HashedConstant& b) { return a.hash < b.hash; });
  }
  return true;
}

bool Compiler::copyable(const RawBlock& caller, const RawInstruction& call, Class::Index of, std::size_t room) const {
  if (call.instruction.op != Op::call || options_.output) return false;
  // Failures inside are told under the rule of the call, which only a call can do.
  if (program_->places[call.instruction.place].rule != Rule::schema_shape) return false;
  const RawBlock& target = raw_[call.instruction.as<operands::Subschema>().block];
  if (of == Class::object && target.tracks_members) return false;
  if (of == Class::array && target.tracks_items) return false;
  // A dynamic reference looks at the resources that evaluation has entered.
  if (!program_->dynamic_anchors.empty() && target.resource != caller.resource) return false;
  return target.code.size() <= room;
}

void Compiler::write_list(std::vector<Instruction>& list, std::uint32_t block, Class::Index of,
                          std::vector<std::uint32_t>& inside) {
  const RawBlock& raw = raw_[block];
  const auto bit = static_cast<std::uint8_t>(1u << of);
  if (raw.is_false) {
    list.emplace_back(Op::fail_false, operands::Nothing{}, raw.place);
    return;
  }
  const operands::Types types{raw.type_names};
  if ((raw.allowed & bit) == 0) {
    list.emplace_back(Op::fail_type, types, raw.type_place);
    return;
  }
  if (of == Class::decimal && raw.integers_only) list.emplace_back(Op::integral, types, raw.type_place);
  if ((of == Class::object && raw.tracks_members) || (of == Class::array && raw.tracks_items)) {
    list.emplace_back(Op::track, operands::Nothing{}, raw.place);
  }
  inside.push_back(block);
  for (const RawInstruction& each : raw.code) {
    if ((each.classes & bit) == 0) continue;
    const std::size_t room = list.size() < longest_copy ? longest_copy - list.size() : 0;
    if (inside.size() < deepest_copy && copyable(raw_[inside.front()], each, of, room)) {
      const BlockIndex called = each.instruction.as<operands::Subschema>().block;
      if (std::find(inside.begin(), inside.end(), called) == inside.end()) {
        write_list(list, called, of, inside);
        continue;
      }
    }
    list.push_back(each.instruction);
  }
  inside.pop_back();
}

void Compiler::write_block(std::uint32_t index, std::vector<std::uint32_t>& reached) {
  Block& block = program_->blocks[index];
  block.resource = raw_[index].resource;
  block.place = raw_[index].place;
  std::vector<Instruction> list;
  std::vector<std::uint32_t> inside;
  const std::size_t first_list = written_lists_.size();
  for (std::uint32_t of = 0; of < Class::count; ++of) {
    list.clear();
    write_list(list, index, static_cast<Class::Index>(of), inside);
    if (list.empty()) continue;
    list.back().last = true;
    list.emplace_back();
    bool leaf = true;
    for (auto at = list.rbegin(); at != list.rend(); ++at)
      at->leaf = leaf = leaf && at->op < Op::first_deep && !options_.output;
    // Classes often share a list.
    for (std::uint32_t earlier = 0; earlier < of && block.code[of] == 0; ++earlier) {
      const std::uint32_t first = block.code[earlier];
      if (first == 0 || first + list.size() > program_->code.size()) continue;
      const auto there = program_->code.begin() + static_cast<std::ptrdiff_t>(first);
      const auto same = [](const Instruction& x, const Instruction& y) { return x.same_as(y); };
      if (std::equal(list.begin(), list.end(), there, same)) block.code[of] = first;
    }
    const auto bit = static_cast<std::uint8_t>(1u << of);
    if (block.code[of] != 0) {
      for (WrittenList& list_of_block : std::span(written_lists_).subspan(first_list)) {
        if (list_of_block.first == block.code[of]) list_of_block.classes |= bit;
      }
      continue;
    }
    block.code[of] = static_cast<std::uint32_t>(program_->code.size());
    written_lists_.push_back({block.code[of], static_cast<std::uint32_t>(list.size()) - 1, bit});
    program_->code.insert(program_->code.end(), list.begin(), list.end());
  }
  // What the instructions lead to is written in its turn.
  const auto reach = [&](BlockIndex to, AppliedTo) { reached.push_back(to); };
  for (const CodeIndex first : block.code) {
    for (std::size_t at = first; program_->code[at].op != Op::end; ++at) {
      const Instruction& i = program_->code[at];
      for_each_subschema(*program_, i, reach);
      if (i.op != Op::dynamic_call) continue;
      for (const DynamicAnchor& anchor : program_->dynamic_anchors) {
        if (anchor.anchor == i.as<operands::DynamicSubschema>().anchor) reached.push_back(anchor.block);
      }
    }
  }
}

void Compiler::write_code() {
  // Where one resource only defines an anchor, a dynamic reference to it is a plain one.
  std::vector<std::uint32_t> candidates(dynamic_names_.size(), 0);
  for (const DynamicAnchor& anchor : program_->dynamic_anchors) ++candidates[anchor.anchor];
  bool dynamic = false;
  for (RawBlock& raw : raw_) {
    for (RawInstruction& each : raw.code) {
      if (each.instruction.op != Op::dynamic_call) continue;
      const auto target = each.instruction.as<operands::DynamicSubschema>();
      if (candidates[target.anchor] <= 1) {
        each.instruction = {Op::call, operands::Subschema{target.block}, each.instruction.place};
      } else {
        dynamic = true;
      }
    }
  }
  if (!dynamic) program_->dynamic_anchors.clear();
  stable_sort(program_->dynamic_anchors, [](const DynamicAnchor& a, const DynamicAnchor& b) {
    return a.anchor != b.anchor ? a.anchor < b.anchor : a.resource < b.resource;
  });
  program_->blocks.resize(raw_.size());
  std::vector<bool> written(raw_.size(), false);
  std::vector<std::uint32_t> reached = {program_->root};
  while (!reached.empty()) {
    const std::uint32_t block = reached.back();
    reached.pop_back();
    if (written[block]) continue;
    written[block] = true;
    write_block(block, reached);
  }
  write_entries();
  if (!options_.output) {
    mark_quick();
    share_walks();
    return;
  }
  for (const RawBlock& raw : raw_) {
    program_->block_pointers.push_back(json::pointer_to(*raw.location.source().document, raw.location.node));
  }
}

void Compiler::write_entries() {
  const auto code_of = [this](std::uint32_t block) {
    CodeByTag code{};
    if (block == none) return code;
    for (std::size_t tag = 0; tag < code.size(); ++tag) code[tag] = program_->blocks[block].code[class_of_tag[tag]];
    return code;
  };
  for (PropertyEntry& entry : program_->entries) entry.code = code_of(entry.block);
  for (ObjectRule& rule : program_->objects) rule.additional_code = code_of(rule.additional);
}

// Finds, behind each object rule that is at work without a frame, the rules that ask for names of the same object.
void Compiler::share_walks() {
  for (const WrittenList& list : written_lists_) {
    if (list.classes != Classes::object) continue;
    std::uint32_t walker = none;
    for (std::uint32_t at = list.first; at < list.first + list.size; ++at) {
      const Instruction& i = program_->code[at];
      if (!i.quick) continue;
      if (walker != none) {
        share_walk(walker, i, Class::object);
      } else if (i.op == Op::object) {
        const std::uint32_t rule = i.as<operands::Members>().rule;
        if (program_->objects[rule].names_count <= PropertyEntry::no_slot) walker = rule;
      }
    }
  }
}

void Compiler::share_walk_in(std::uint32_t walker, std::uint32_t block, std::uint8_t of) {
  const std::uint32_t first = program_->blocks[block].code[of];
  if (first == 0) return;
  for (std::size_t at = first; program_->code[at].op != Op::end; ++at) share_walk(walker, program_->code[at], of);
}

void Compiler::share_walk(std::uint32_t walker, const Instruction& i, std::uint8_t of) {
  if (i.op != Op::object) {
    for_each_subschema(*program_, i, [&](BlockIndex block, AppliedTo to) {
      if (to == AppliedTo::instance) share_walk_in(walker, block, of);
    });
    return;
  }
  const std::uint32_t index = i.as<operands::Members>().rule;
  ObjectRule& rule = program_->objects[index];
  if (index == walker || rule.shared != none || rule.walk != none || rule.additional != none || !rule.plain) return;
  const ObjectRule& walked = program_->objects[walker];
  std::vector<std::uint32_t> slots;
  for (std::uint32_t k = 0; k < rule.names_count; ++k) {
    const PropertyEntry& entry = program_->entries[rule.first_entry + k];
    const std::uint32_t slot = walked.names.find(program_->slots.data(), program_->pool.data(),
                                                 program_->pool.data() + entry.offset, entry.length);
    if (slot == StringTable::absent) return;
    slots.push_back(slot);
  }
  for (std::uint32_t k = 0; k < rule.names_count; ++k) program_->entries[rule.first_entry + k].slot = slots[k];
  rule.shared = walker;
  if (walked.walk == none) program_->objects[walker].walk = program_->walks++;
}

bool Compiler::quick_at(std::uint32_t block, std::uint8_t classes) const {
  for (std::uint32_t of = 0; of < Class::count; ++of) {
    if ((classes >> of & 1) == 0) continue;
    const std::uint32_t first = program_->blocks[block].code[of];
    if (first != 0 && !program_->code[first].quick_list) return false;
  }
  return true;
}

bool Compiler::could_be_quick(const Instruction& i, std::uint8_t classes) const {
  if (i.op < Op::first_deep) return true;
  switch (i.op) {
    case Op::object:
      if (!program_->objects[i.as<operands::Members>().rule].plain) return false;
      break;
    case Op::array:
    case Op::call:
    case Op::not_:
    case Op::dependent_schema:
    case Op::any_of:
    case Op::one_of:
    case Op::if_: break;
    default: return false;
  }
  bool all = true;
  for_each_subschema(*program_, i, [&](BlockIndex block, AppliedTo to) {
    all = all && quick_at(block, to == AppliedTo::instance ? classes : std::uint8_t{Classes::all});
  });
  return all;
}

// What leads only to tests that need no frame needs none itself. Each round reaches one level further, and their number
// is the bound for the depth of the C++ stack.
void Compiler::mark_quick() {
  constexpr int deepest = 10;
  for (int round = 0; round < deepest; ++round) {
    std::vector<std::uint32_t> quick;
    for (const WrittenList& list : written_lists_) {
      for (std::uint32_t at = list.first; at < list.first + list.size; ++at) {
        const Instruction& instruction = program_->code[at];
        if (!instruction.quick && could_be_quick(instruction, list.classes)) quick.push_back(at);
      }
    }
    if (quick.empty()) return;
    for (const std::uint32_t at : quick) program_->code[at].quick = true;
    for (const WrittenList& list : written_lists_) {
      bool all = true;
      for (std::uint32_t at = list.first + list.size; at-- > list.first;) {
        all = all && program_->code[at].quick;
        program_->code[at].quick_list = all;
      }
    }
  }
}

}  // namespace bearproof::schema
