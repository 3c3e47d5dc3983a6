// What a schema is compiled to: flat arrays that refer to one another by index.
//
// A *block* is one subschema. For each class of instance it has a list of instructions in `code`, ended by Op::end, so
// that a list holds only what applies: a type that is not allowed is a list of one failing instruction, a schema that
// asks nothing of an instance is the list at index 0, which is empty. Finite `$ref`s and `allOf`s are copied into the
// lists of those that refer to them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/document.h"
#include "bearproof/json/reader.h"
#include "bearproof/regex/regex.h"
#include "bearproof/schema/schema.h"

#include "instruction.h"
#include "string_table.h"

namespace bearproof::schema {

/// What an instance is, as far as the choice of instructions goes.
struct Class {
  enum Index : std::uint8_t { null, boolean, integer, decimal, string, array, object, count };
};
inline constexpr std::array<std::uint8_t, 10> class_of_tag = {
    Class::null,   Class::boolean, Class::boolean, Class::integer, Class::decimal,
    Class::string, Class::string,  Class::array,   Class::object,  Class::object};

/// Sets of classes, one bit each.
struct Classes {
  enum Bits : std::uint8_t {
    null = 1 << Class::null,
    boolean = 1 << Class::boolean,
    integer = 1 << Class::integer,
    decimal = 1 << Class::decimal,
    number = integer | decimal,
    string = 1 << Class::string,
    array = 1 << Class::array,
    object = 1 << Class::object,
    all = 127,
  };
};

/// The types that `type` names, one bit each, for messages.
struct TypeNames {
  enum Bits : std::uint8_t { null = 1, boolean = 2, integer = 4, number = 8, string = 16, array = 32, object = 64 };
};

struct Block {
  std::array<std::uint32_t, Class::count> code{};  ///< first instruction for each class
  std::uint32_t resource = 0;
  std::uint32_t place = none;  ///< of the schema itself
};

/// Where a keyword stands, as a chain: joined, the tokens are the pointer within its resource.
struct SchemaLocation {
  std::uint32_t parent = none;
  std::uint32_t text = none;  ///< of the token; of a root the whole pointer; none: `number` is the token
  std::uint32_t number = 0;
  std::uint32_t resource = 0;
  RuleCase rule = Rule::schema_shape;
};

struct Text {
  std::uint32_t offset;
  std::uint32_t length;
};

/// First instructions of a block by the tag of the instance's node.
using CodeByTag = std::array<std::uint32_t, class_of_tag.size()>;

/// A name that an object rule knows.
struct PropertyEntry {
  static constexpr std::uint32_t not_required = UINT32_MAX;
  static constexpr std::uint32_t no_slot = 64;
  std::uint64_t mask = 0;                 ///< 1 << required, where the rule requires at most 64 names
  CodeByTag code{};                       ///< of `block`
  std::uint32_t block = none;             ///< what its value must be: `additionalProperties`' where not declared
  std::uint32_t required = not_required;  ///< bit
  bool declared = false;                  ///< `properties` names it
  std::uint32_t offset = 0;               ///< of the name in the pool
  std::uint32_t length = 0;
  std::uint32_t slot = no_slot;  ///< the entry of that name in the rule that this one shares members with
};

struct PatternEntry {
  std::uint32_t pattern = 0;
  std::uint32_t block = none;
  std::uint32_t place = none;
};

/// properties, patternProperties, additionalProperties and required of one schema object: one walk over the members.
struct ObjectRule {
  StringTable names;              ///< → entries
  std::uint32_t first_entry = 0;  ///< in `entries`
  std::uint32_t names_count = 0;
  std::uint32_t first_guess = 0;    ///< in the machine's guesses: one for the first member, one after each entry
  std::uint64_t lengths = 0;        ///< lengths that names have, one bit each; 63 stands for all from there on
  std::uint32_t first_pattern = 0;  ///< in `pattern_entries`
  std::uint32_t patterns_count = 0;
  std::uint32_t additional = none;  ///< block
  std::uint32_t required_count = 0;
  std::uint32_t first_required = 0;  ///< in `required`
  std::uint64_t required_mask = 0;   ///< where there are at most 64
  std::uint32_t properties_place = none;
  std::uint32_t additional_place = none;  ///< none: the keyword is absent
  bool plain = false;                     ///< no patterns, at most 64 required names
  bool only_required = false;             ///< nothing is asked of any member's value
  /// Where a rule has walked the members of an object, one that asks for some of the same names of the same object (in
  /// an `if` beside it, say) need not walk them again.
  std::uint32_t walk = none;    ///< the walk that this rule remembers members in
  std::uint32_t shared = none;  ///< the object rule that may have walked before, in whose walk to look
  CodeByTag additional_code{};  ///< of `additional`

  /// Whether it knows a name of so many bytes.
  bool has_name_of_length(std::size_t length) const { return (lengths >> (length < 63 ? length : 63) & 1) != 0; }
};

struct RequiredName {
  std::uint32_t text = 0;
  std::uint32_t place = none;  ///< of `required`, under the rule of that name
};

struct ContainsRule {
  std::uint32_t block = none;
  std::uint32_t minimum = 1;
  std::uint32_t maximum = UINT32_MAX;
  std::uint32_t contains_place = none;
  std::uint32_t minimum_place = none;
  std::uint32_t maximum_place = none;
};

/// The values of an `enum`, or the one of a `const`: items of the constants.
struct EnumRule {
  std::uint32_t first = 0;  ///< in `enum_values`, in the order of the schema
  std::uint32_t count = 0;
  std::uint32_t sorted = 0;  ///< the same in `enum_hashes`, by hash
};

struct HashedConstant {
  std::uint64_t hash;
  NodeIndex node;
};

/// A number of the schema, and its value where int64 holds it.
struct NumberConstant {
  NodeIndex node = 0;
  bool small = false;
  std::int64_t value = 0;
};

/// A keyword that tells something of the instance and asks nothing of it.
struct AnnotationRule {
  std::uint32_t keyword = 0;  ///< text
  NodeIndex value = 0;        ///< among the constants
};

struct DynamicAnchor {
  std::uint32_t anchor;
  std::uint32_t resource;
  std::uint32_t block;
};

/// What a `pattern` says, for messages.
struct PatternText {
  std::uint32_t place;
  std::uint32_t text;
};

struct ProgramData {
  std::vector<Instruction> code;
  std::vector<Block> blocks;
  std::uint32_t root = 0;

  std::string pool;  ///< every text, one after another
  std::vector<Text> texts;
  std::vector<StringSlot> slots;
  std::vector<StringTable> tables;
  std::vector<std::uint32_t> lists;  ///< blocks or texts, as the instruction says
  std::vector<ObjectRule> objects;
  std::vector<PropertyEntry> entries;
  std::vector<PatternEntry> pattern_entries;
  std::vector<RequiredName> required;
  std::uint32_t guesses = 0;  ///< how many guesses a machine keeps for this program
  std::uint32_t walks = 0;    ///< how many walks it remembers
  std::vector<ContainsRule> contains;
  std::vector<EnumRule> enums;
  std::vector<NodeIndex> enum_values;
  std::vector<HashedConstant> enum_hashes;
  std::vector<NumberConstant> numbers;
  std::vector<regex::Pattern> patterns;
  std::vector<PatternText> pattern_texts;      ///< by place
  std::vector<DynamicAnchor> dynamic_anchors;  ///< by anchor, then resource

  /// Every constant of the schema as the items of one array: a document of its own, so that a program outlives the
  /// registry.
  std::string constants_text;
  json::Reader constants_reader;
  const json::Document* constants = nullptr;

  // Only in programs for output.
  std::vector<AnnotationRule> annotations;
  std::vector<std::string> block_pointers;  ///< by block: where it stands in its text

  std::vector<SchemaLocation> places;
  std::vector<std::string> resources;  ///< URIs
  std::vector<SchemaFault> warnings;
  Limits limits;

  std::string_view text(std::uint32_t index) const {
    return std::string_view(pool).substr(texts[index].offset, texts[index].length);
  }
  std::span<const std::uint32_t> list(std::uint32_t first, std::uint32_t count) const {
    return std::span(lists).subspan(first, count);
  }
  std::span<const PropertyEntry> entries_of(const ObjectRule& rule) const {
    return std::span(entries).subspan(rule.first_entry, rule.names_count);
  }
  std::span<const PatternEntry> patterns_of(const ObjectRule& rule) const {
    return std::span(pattern_entries).subspan(rule.first_pattern, rule.patterns_count);
  }
  json::Value constant(NodeIndex node) const { return json::Value(constants, node); }
  /// The pointer of a place within its resource.
  std::string pointer(std::uint32_t place) const;
};

struct Program::Impl : ProgramData {};

}  // namespace bearproof::schema
