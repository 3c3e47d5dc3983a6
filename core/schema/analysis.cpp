#include "analysis.h"

#include <cstdint>
#include <vector>

#include "subschemas.h"

namespace bearproof::schema {
namespace {

/// Whether the lists of a block for these classes are quick, as far as is known.
bool quick_at(const ProgramData& program, BlockIndex block, std::uint8_t classes) {
  for (std::uint32_t of = 0; of < Class::count; ++of) {
    if ((classes >> of & 1) == 0) continue;
    const std::uint32_t first = program.blocks[block].code[of];
    if (first != 0 && !program.code[first].quick_list) return false;
  }
  return true;
}

/// Whether all that an instruction of a list for these classes leads to is quick.
bool could_be_quick(const ProgramData& program, const Instruction& i, std::uint8_t classes) {
  if (i.op < Op::first_deep) return true;
  switch (i.op) {
    case Op::object:
      if (!program.objects[i.as<operands::Members>().rule].plain) return false;
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
  for_each_subschema(program, i, [&](BlockIndex block, AppliedTo to) {
    all = all && quick_at(program, block, to == AppliedTo::instance ? classes : std::uint8_t{Classes::all});
  });
  return all;
}

void share_walk(ProgramData& program, std::uint32_t walker, const Instruction& i, std::uint8_t of);

void share_walk_in(ProgramData& program, std::uint32_t walker, BlockIndex block, std::uint8_t of) {
  const std::uint32_t first = program.blocks[block].code[of];
  if (first == 0) return;
  for (std::size_t at = first; program.code[at].op != Op::end; ++at) share_walk(program, walker, program.code[at], of);
}

/// Has the object rules that an instruction comes to for the same object look in the walk of `walker`.
void share_walk(ProgramData& program, std::uint32_t walker, const Instruction& i, std::uint8_t of) {
  if (i.op != Op::object) {
    for_each_subschema(program, i, [&](BlockIndex block, AppliedTo to) {
      if (to == AppliedTo::instance) share_walk_in(program, walker, block, of);
    });
    return;
  }
  const std::uint32_t index = i.as<operands::Members>().rule;
  ObjectRule& rule = program.objects[index];
  if (index == walker || rule.shared != none || rule.walk != none || rule.additional != none || !rule.plain) return;
  const ObjectRule& walked = program.objects[walker];
  std::vector<std::uint32_t> slots;
  for (std::uint32_t k = 0; k < rule.names_count; ++k) {
    const PropertyEntry& entry = program.entries[rule.first_entry + k];
    const std::uint32_t slot =
        walked.names.find(program.slots.data(), program.pool.data(), program.pool.data() + entry.offset, entry.length);
    if (slot == StringTable::absent) return;
    slots.push_back(slot);
  }
  for (std::uint32_t k = 0; k < rule.names_count; ++k) program.entries[rule.first_entry + k].slot = slots[k];
  rule.shared = walker;
  if (walked.walk == none) program.objects[walker].walk = program.walks++;
}

}  // namespace

// What leads only to tests that need no frame needs none itself. Each round reaches one level further, and their number
// is the bound for the depth of the C++ stack.
void mark_quick(ProgramData& program, std::span<const WrittenList> lists) {
  constexpr int deepest = 10;
  for (int round = 0; round < deepest; ++round) {
    std::vector<std::uint32_t> quick;
    for (const WrittenList& list : lists) {
      for (std::uint32_t at = list.first; at < list.first + list.size; ++at) {
        const Instruction& instruction = program.code[at];
        if (!instruction.quick && could_be_quick(program, instruction, list.classes)) quick.push_back(at);
      }
    }
    if (quick.empty()) return;
    for (const std::uint32_t at : quick) program.code[at].quick = true;
    for (const WrittenList& list : lists) {
      bool all = true;
      for (std::uint32_t at = list.first + list.size; at-- > list.first;) {
        all = all && program.code[at].quick;
        program.code[at].quick_list = all;
      }
    }
  }
}

void share_walks(ProgramData& program, std::span<const WrittenList> lists) {
  for (const WrittenList& list : lists) {
    if (list.classes != Classes::object) continue;
    std::uint32_t walker = none;
    for (std::uint32_t at = list.first; at < list.first + list.size; ++at) {
      const Instruction& i = program.code[at];
      if (!i.quick) continue;
      if (walker != none) {
        share_walk(program, walker, i, Class::object);
      } else if (i.op == Op::object) {
        const std::uint32_t rule = i.as<operands::Members>().rule;
        if (program.objects[rule].names_count <= PropertyEntry::no_slot) walker = rule;
      }
    }
  }
}

}  // namespace bearproof::schema
