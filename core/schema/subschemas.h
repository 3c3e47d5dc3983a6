// Which subschemas an instruction applies, and to what.
#pragma once

#include "program.h"

namespace bearproof::schema {

enum class AppliedTo : std::uint8_t {
  instance,  ///< that the instruction looks at itself
  parts,     ///< its members, their names or its items
};

/// Calls `visit(BlockIndex, AppliedTo)` for each subschema that an instruction may apply; one block may come several
/// times. Of a dynamic reference it is the one that the reference means where the dynamic scope has no other.
template <class Visit>
void for_each_subschema(const ProgramData& program, const Instruction& i, Visit visit) {
  const auto in_place = [&](BlockIndex block) {
    if (block != none) visit(block, AppliedTo::instance);
  };
  const auto to_parts = [&](BlockIndex block) {
    if (block != none) visit(block, AppliedTo::parts);
  };
  switch (i.op) {
    case Op::object: {
      const ObjectRule& rule = program.objects[i.as<operands::Members>().rule];
      for (const PropertyEntry& entry : program.entries_of(rule)) to_parts(entry.block);
      for (const PatternEntry& entry : program.patterns_of(rule)) to_parts(entry.block);
      to_parts(rule.additional);
      break;
    }
    case Op::array: {
      const auto& items = i.as<operands::Items>();
      for (const BlockIndex block : program.list(items.first_prefix, items.prefix_count)) to_parts(block);
      to_parts(items.rest);
      break;
    }
    case Op::contains: to_parts(program.contains[i.as<operands::Contained>().rule].block); break;
    case Op::property_names:
    case Op::unevaluated_properties:
    case Op::unevaluated_items: to_parts(i.as<operands::Subschema>().block); break;
    case Op::call:
    case Op::not_: in_place(i.as<operands::Subschema>().block); break;
    case Op::dynamic_call: in_place(i.as<operands::DynamicSubschema>().block); break;
    case Op::any_of:
    case Op::one_of: {
      const auto& branches = i.as<operands::Branches>();
      for (const BlockIndex block : program.list(branches.first, branches.count)) in_place(block);
      break;
    }
    case Op::if_: {
      const auto& condition = i.as<operands::Condition>();
      in_place(condition.condition);
      in_place(condition.then_block);
      in_place(condition.else_block);
      break;
    }
    case Op::dependent_schema: in_place(i.as<operands::DependentSubschema>().block); break;
    default: break;
  }
}

}  // namespace bearproof::schema
