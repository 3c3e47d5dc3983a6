// What the explaining mode notes down: enough to word a finding later, without a string yet.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "program.h"

namespace bearproof::schema {

struct Failure {
  enum class Kind : std::uint8_t {
    instruction,        ///< the instruction itself failed
    missing,            ///< `required`; detail: in Program::required
    missing_dependent,  ///< `dependentRequired`; detail: text
    unexpected,         ///< a member that nothing allows; detail: object rule, or none
    equal_items,        ///< `uniqueItems`; detail: the earlier item's node
    too_few_matches,    ///< `contains`, `minContains`; detail: how many matched
    too_many_matches,   ///< `maxContains`; detail: how many matched
    no_type_of_many,    ///< `anyOf`, `oneOf`: each branch wants another type; detail: TypeNames
    no_branch,          ///< `anyOf`, `oneOf`: no branch is closer than the others; detail: how many there are
    many_branches,      ///< `oneOf`; detail: how many match
  };
  Kind kind = Kind::instruction;
  bool key = false;          ///< what failed is a member's name
  std::uint16_t folded = 0;  ///< other branches of the same anyOf or oneOf that failed too
  std::uint32_t instruction = 0;
  NodeIndex node = 0;
  std::array<std::uint32_t, 2> branches{};  ///< many_branches: the first two that match, from 0
  std::uint32_t level = 0;                  ///< levels between the root and `node`
  std::uint32_t place = none;
  std::uint32_t detail = 0;
  RuleCase rule = Rule::schema_shape;
  std::uint32_t path = none;  ///< for output: where the keyword was met, among the machine's paths
};

/// An annotation that was met, for output.
struct Annotation {
  std::uint32_t instruction = 0;
  NodeIndex node = 0;
  std::uint32_t path = none;
};

/// Of the failures of several branches, tried at the same instance, keeps what explains best: those of the branch that
/// came closest. A branch is closer when it wants this type of value, then when a member that sets branches apart
/// (const, enum) fits it, then when it failed deeper inside, then when less failed.
/// @param log       failures; those of the branches are its last
/// @param begins    where the failures of each branch begin in `log`
/// @param instruction,node,level,key  of the anyOf or oneOf
void keep_best_branch(const ProgramData& program, std::vector<Failure>& log, const std::uint32_t* begins,
                      std::uint32_t branches, const Failure& parent);

}  // namespace bearproof::schema
