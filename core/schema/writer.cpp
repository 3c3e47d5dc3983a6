#include "writer.h"

#include <algorithm>
#include <span>

#include "bearproof/json/pointer.h"

#include "subschemas.h"

namespace bearproof::schema {
namespace {

// Lists longer than this are called, not copied; so are calls nested deeper than this.
constexpr std::size_t longest_copy = 64;
constexpr std::size_t deepest_copy = 8;

}  // namespace

std::vector<WrittenList> Writer::run() {
  program_.code.emplace_back();  // the list at index 0: nothing is asked
  program_.blocks.resize(blocks_.size());
  std::vector<bool> written(blocks_.size(), false);
  reached_ = {program_.root};
  while (!reached_.empty()) {
    const BlockIndex block = reached_.back();
    reached_.pop_back();
    if (written[block]) continue;
    written[block] = true;
    write_block(block);
  }
  write_entries();
  if (output_) write_pointers();
  return std::move(written_);
}

void Writer::write_block(BlockIndex index) {
  Block& block = program_.blocks[index];
  block.resource = blocks_[index].resource;
  block.place = blocks_[index].place;
  const std::size_t first_list = written_.size();
  for (std::uint32_t number = 0; number < Class::count; ++number) {
    const auto of = static_cast<Class::Index>(number);
    const auto bit = static_cast<std::uint8_t>(1u << number);
    std::vector<BlockIndex> inside;
    list_.clear();
    append_instructions(index, of, inside);
    if (list_.empty()) continue;
    close_list();
    block.code[of] = same_list(block, of);
    if (block.code[of] != 0) {
      for (WrittenList& list : std::span(written_).subspan(first_list)) {
        if (list.first == block.code[of]) list.classes |= bit;
      }
      continue;
    }
    block.code[of] = static_cast<CodeIndex>(program_.code.size());
    written_.push_back({block.code[of], static_cast<std::uint32_t>(list_.size()) - 1, bit});
    program_.code.insert(program_.code.end(), list_.begin(), list_.end());
  }
  reach(block);
}

/// Appends what a block asks of instances of a class to the list at work.
/// @param inside  the block whose list it is, and the calls that were copied on the way here
void Writer::append_instructions(BlockIndex block, Class::Index of, std::vector<BlockIndex>& inside) {
  const RawBlock& raw = blocks_[block];
  const auto bit = static_cast<std::uint8_t>(1u << of);
  if (raw.is_false) {
    list_.emplace_back(Op::fail_false, operands::Nothing{}, raw.place);
    return;
  }
  const operands::Types types{raw.type_names};
  if ((raw.allowed & bit) == 0) {
    list_.emplace_back(Op::fail_type, types, raw.type_place);
    return;
  }
  if (of == Class::decimal && raw.integers_only) list_.emplace_back(Op::integral, types, raw.type_place);
  if ((of == Class::object && raw.tracks_members) || (of == Class::array && raw.tracks_items)) {
    list_.emplace_back(Op::track, operands::Nothing{}, raw.place);
  }
  inside.push_back(block);
  for (const RawInstruction& each : raw.code) {
    if ((each.classes & bit) == 0) continue;
    if (inside.size() < deepest_copy && copyable(blocks_[inside.front()], each, of)) {
      const BlockIndex called = each.instruction.as<operands::Subschema>().block;
      if (std::find(inside.begin(), inside.end(), called) == inside.end()) {
        append_instructions(called, of, inside);
        continue;
      }
    }
    list_.push_back(each.instruction);
  }
  inside.pop_back();
}

/// Whether what an instruction calls may stand in its place in the list at work.
/// @param caller  the block whose list that is
bool Writer::copyable(const RawBlock& caller, const RawInstruction& call, Class::Index of) const {
  if (call.instruction.op != Op::call || output_) return false;
  // Failures inside are told under the rule of the call, which only a call can do.
  if (program_.places[call.instruction.place].rule != Rule::schema_shape) return false;
  const RawBlock& target = blocks_[call.instruction.as<operands::Subschema>().block];
  if (of == Class::object && target.tracks_members) return false;
  if (of == Class::array && target.tracks_items) return false;
  // A dynamic reference looks at the resources that evaluation has entered.
  if (!program_.dynamic_anchors.empty() && target.resource != caller.resource) return false;
  const std::size_t room = list_.size() < longest_copy ? longest_copy - list_.size() : 0;
  return target.code.size() <= room;
}

/// Ends the list at work, and marks where its end is near.
void Writer::close_list() {
  list_.back().last = true;
  list_.emplace_back();
  bool leaf = true;
  for (auto at = list_.rbegin(); at != list_.rend(); ++at) {
    leaf = leaf && at->op < Op::first_deep && !output_;
    at->leaf = leaf;
  }
}

/// Classes often share a list: the one like that at work which an earlier class has; 0 where there is none.
CodeIndex Writer::same_list(const Block& block, Class::Index of) const {
  const auto same = [](const Instruction& x, const Instruction& y) { return x.same_as(y); };
  for (std::uint32_t earlier = 0; earlier < of; ++earlier) {
    const CodeIndex first = block.code[earlier];
    if (first == 0 || first + list_.size() > program_.code.size()) continue;
    const auto there = program_.code.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::equal(list_.begin(), list_.end(), there, same)) return first;
  }
  return 0;
}

/// What the instructions of a block lead to is written in its turn.
void Writer::reach(const Block& block) {
  for (const CodeIndex first : block.code) {
    for (CodeIndex at = first; program_.code[at].op != Op::end; ++at) {
      const Instruction& i = program_.code[at];
      for_each_subschema(program_, i, [&](BlockIndex to, AppliedTo) { reached_.push_back(to); });
      if (i.op != Op::dynamic_call) continue;
      for (const DynamicAnchor& anchor : program_.dynamic_anchors) {
        if (anchor.anchor == i.as<operands::DynamicSubschema>().anchor) reached_.push_back(anchor.block);
      }
    }
  }
}

/// Puts the lists of blocks into the object rules that lead to them, where the machine needs them at once.
void Writer::write_entries() {
  const auto code_of = [this](BlockIndex block) {
    CodeByTag code{};
    if (block == none) return code;
    for (std::size_t tag = 0; tag < code.size(); ++tag) code[tag] = program_.blocks[block].code[class_of_tag[tag]];
    return code;
  };
  for (PropertyEntry& entry : program_.entries) entry.code = code_of(entry.block);
  for (ObjectRule& rule : program_.objects) rule.additional_code = code_of(rule.additional);
}

void Writer::write_pointers() {
  for (const RawBlock& raw : blocks_) {
    program_.block_pointers.push_back(json::pointer_to(*raw.location.source().document, raw.location.node));
  }
}

}  // namespace bearproof::schema
