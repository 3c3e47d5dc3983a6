// The instructions of a compiled schema, each with its operands under their names.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>

#include "bearproof/schema/format.h"

namespace bearproof::schema {

/// "no block", "no place", …
inline constexpr std::uint32_t none = UINT32_MAX;

// Parts of a program refer to one another by their places in its arrays (program.h).
using BlockIndex = std::uint32_t;   ///< a subschema
using CodeIndex = std::uint32_t;    ///< an instruction
using PlaceIndex = std::uint32_t;   ///< where a keyword stands in the schema
using TextIndex = std::uint32_t;    ///< a name
using ValuesIndex = std::uint32_t;  ///< the values of an `enum` or `const`, for messages too

enum class Op : std::uint8_t {
  end,
  // Tests: decided on the spot.
  fail_type,   ///< the instance is of a type that `type` does not name
  fail_false,  ///< the schema `false`
  fail_enum,   ///< no allowed value is of the instance's type
  integral,    ///< the number is an integer
  boolean_is,  ///< the one boolean that is allowed
  const_string,
  enum_string,
  enum_values,
  min_length,
  max_length,
  pattern_start,  ///< a pattern that asks for a prefix and nothing else
  pattern,
  format,
  minimum,
  maximum,
  exclusive_minimum,
  exclusive_maximum,
  multiple_of,
  min_items,
  max_items,
  unique_items,
  min_properties,
  max_properties,
  dependent_required,  ///< for one trigger
  // Applicators: what they apply may need a frame.
  first_deep,
  object = first_deep,  ///< properties, patternProperties, additionalProperties and required of one schema
  property_names,
  array,  ///< prefixItems and items
  contains,
  call,          ///< $ref, and each schema of allOf
  dynamic_call,  ///< $dynamicRef with more than one possible target
  any_of,
  one_of,
  not_,
  if_,
  dependent_schema,  ///< for one trigger
  track,             ///< from here to the end of the list: note which members or items were evaluated
  unevaluated_properties,
  unevaluated_items,
  annotate,  ///< only in programs for output
};

/// What instructions take beside the instance; `ops` are those that take it. Counts are of code points, items or
/// members.
namespace operands {

struct Nothing {
  static constexpr std::array ops = {Op::end, Op::fail_false, Op::unique_items, Op::track};
};
struct Types {
  static constexpr std::array ops = {Op::fail_type, Op::integral};
  std::uint32_t allowed;  ///< TypeNames
};
struct Values {
  static constexpr std::array ops = {Op::fail_enum, Op::enum_values};
  ValuesIndex values;
};
struct Boolean {
  static constexpr std::array ops = {Op::boolean_is};
  std::uint32_t expected;  ///< 0 or 1
  ValuesIndex values;
};
struct OneString {
  static constexpr std::array ops = {Op::const_string};
  std::uint32_t offset;  ///< in the pool
  std::uint32_t length;  ///< in bytes
  ValuesIndex values;
};
struct SomeStrings {
  static constexpr std::array ops = {Op::enum_string};
  std::uint32_t table;  ///< string table
  ValuesIndex values;
};
struct Count {
  static constexpr std::array ops = {Op::min_length, Op::max_length,     Op::min_items,
                                     Op::max_items,  Op::min_properties, Op::max_properties};
  std::uint32_t limit;
};
struct Prefix {
  static constexpr std::array ops = {Op::pattern_start};
  std::uint32_t offset;  ///< in the pool
  std::uint32_t length;  ///< in bytes
};
struct Pattern {
  static constexpr std::array ops = {Op::pattern};
  enum class Shortcut : std::uint32_t { none, graphic_character };
  std::uint32_t pattern;
  Shortcut shortcut;  ///< graphic_character: a text that begins with a graphic character of ASCII matches
};
struct KnownFormat {
  static constexpr std::array ops = {Op::format};
  Format format;
};
struct Number {
  static constexpr std::array ops = {Op::minimum, Op::maximum, Op::exclusive_minimum, Op::exclusive_maximum,
                                     Op::multiple_of};
  std::uint32_t number;
};
struct DependentNames {
  static constexpr std::array ops = {Op::dependent_required};
  TextIndex trigger;
  std::uint32_t first;  ///< in lists: texts
  std::uint32_t count;
};
struct Members {
  static constexpr std::array ops = {Op::object};
  std::uint32_t rule;  ///< object rule
};
struct Items {
  static constexpr std::array ops = {Op::array};
  std::uint32_t first_prefix;  ///< in lists: blocks of prefixItems
  std::uint32_t prefix_count;
  BlockIndex rest;  ///< of items; none: nothing is asked of the rest
};
struct Contained {
  static constexpr std::array ops = {Op::contains};
  std::uint32_t rule;  ///< contains rule
};
struct Subschema {
  static constexpr std::array ops = {Op::property_names, Op::call, Op::not_, Op::unevaluated_properties,
                                     Op::unevaluated_items};
  BlockIndex block;
};
struct DynamicSubschema {
  static constexpr std::array ops = {Op::dynamic_call};
  BlockIndex block;  ///< where no resource in the dynamic scope has the anchor
  std::uint32_t anchor;
};
struct Branches {
  static constexpr std::array ops = {Op::any_of, Op::one_of};
  std::uint32_t first;  ///< in lists: blocks
  std::uint32_t count;
};
struct Condition {
  static constexpr std::array ops = {Op::if_};
  BlockIndex condition;
  BlockIndex then_block;  ///< or none
  BlockIndex else_block;  ///< or none
};
struct DependentSubschema {
  static constexpr std::array ops = {Op::dependent_schema};
  TextIndex trigger;
  BlockIndex block;
};
struct Annotation {
  static constexpr std::array ops = {Op::annotate};
  std::uint32_t rule;  ///< annotation rule
};

template <class Operands>
constexpr bool belong_to(Op op) {
  return std::find(Operands::ops.begin(), Operands::ops.end(), op) != Operands::ops.end();
}

}  // namespace operands

class Instruction {
 public:
  Instruction() = default;  ///< Op::end
  /// @pre the operands are those of that op
  template <class Operands>
  Instruction(Op what, const Operands& operands, PlaceIndex where) : op(what), place(where) {
    static_assert(std::is_trivially_copyable_v<Operands> && sizeof(Operands) <= sizeof(operands_));
    static_assert(std::is_empty_v<Operands> || std::has_unique_object_representations_v<Operands>);
    assert(operands::belong_to<Operands>(what));
    if constexpr (!std::is_empty_v<Operands>) std::construct_at(reinterpret_cast<Operands*>(&operands_), operands);
  }

  /// @pre the op takes such operands
  template <class Operands>
  const Operands& as() const {
    assert(operands::belong_to<Operands>(op));
    return *std::launder(reinterpret_cast<const Operands*>(&operands_));
  }

  /// Whether both ask the same and are told as the same; what the writer marks below does not count.
  bool same_as(const Instruction& other) const {
    return op == other.op && place == other.place && operands_ == other.operands_;
  }

  Op op = Op::end;
  bool leaf = true;         ///< neither this nor any that follows in its list needs a frame
  bool quick = false;       ///< deciding, with nobody asking what was evaluated, this one needs none
  bool quick_list = false;  ///< neither do those that follow
  bool last = false;        ///< Op::end is next
  PlaceIndex place = none;  ///< of the keyword

 private:
  alignas(std::uint32_t) std::array<std::byte, 12> operands_{};
};

}  // namespace bearproof::schema
