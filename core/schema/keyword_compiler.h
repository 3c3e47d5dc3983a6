// One schema object: its keywords, checked and turned into the instructions of its block.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compilation.h"
#include "keywords.h"

namespace bearproof::schema {

class KeywordCompiler {
 public:
  /// @param block  of `compilation`, for the schema object that is compiled
  KeywordCompiler(Compilation& compilation, BlockIndex block);
  void run();

 private:
  /// What is done where a keyword is present. The rows stand in the order of the instructions (keyword_compiler.cpp).
  struct Step {
    Keyword keyword;
    void (KeywordCompiler::*compile)(const Step& step, json::Value value);
    Op op = Op::end;                      ///< of the instruction, where one function serves several keywords
    std::uint8_t classes = Classes::all;  ///< of instances that the instruction is for
  };
  static std::span<const Step> steps();

  // What is asked of keywords that assert nothing, and annotations: compile_annotations.cpp
  void expect_string(const Step& step, json::Value value);
  void expect_boolean(const Step& step, json::Value value);
  void expect_array(const Step& step, json::Value value);
  void expect_vocabularies(const Step& step, json::Value value);
  void definitions(const Step& step, json::Value value);
  void unapplied(const Step& step, json::Value value);
  void annotate();

  // Assertions on values: compile_values.cpp
  void types(const Step& step, json::Value value);
  void constant(const Step& step, json::Value value);
  void enumeration(const Step& step, json::Value value);
  void number(const Step& step, json::Value value);
  void count(const Step& step, json::Value value);
  void unique(const Step& step, json::Value value);
  void pattern(const Step& step, json::Value value);
  void format(const Step& step, json::Value value);
  void one_of_values(Keyword keyword, json::Value value, const std::vector<json::Value>& values);
  std::optional<std::uint32_t> count_in(Keyword keyword);

  // Members and items: compile_parts.cpp
  struct ObjectKeywords;
  void object_rule(const Step& step, json::Value value);
  void properties(json::Value value, ObjectKeywords& into);
  void required(json::Value value, ObjectKeywords& into);
  void pattern_properties(json::Value value, ObjectKeywords& into);
  void dependent_required(const Step& step, json::Value value);
  void items(const Step& step, json::Value value);
  void contains_bound(const Step& step, json::Value value);
  void contains(const Step& step, json::Value value);
  bool read_names(json::Value array, std::string_view what, std::vector<std::string>& names);

  // What leads to other schemas for the same instance: compile_in_place.cpp
  void reference(const Step& step, json::Value value);
  void branches(const Step& step, json::Value value);
  void condition(const Step& step, json::Value value);
  void dependent_schemas(const Step& step, json::Value value);
  void subschema(const Step& step, json::Value value);
  void unevaluated(const Step& step, json::Value value);

  void read_keywords();
  void read_rules(json::Value value);
  RuleCase rule_named(json::Value spelling);

  /// The value of a keyword; false where it is absent or outside the vocabularies of the schema.
  json::Value value_of(Keyword keyword) const { return values_[static_cast<std::size_t>(keyword)]; }
  bool is_first_of(Keyword keyword, std::span<const Keyword> together) const;
  RawBlock& raw() { return compilation_.blocks[block_]; }
  PlaceIndex place_of(Keyword keyword);
  /// The block of a subschema: the value of the keyword at that place, or a member or item of it.
  BlockIndex child(json::Value schema, PlaceIndex keyword_place);
  BlockIndex child(json::Value schema, PlaceIndex keyword_place, std::string_view name);
  /// The blocks of the subschemas in an array.
  std::vector<BlockIndex> children(json::Value schemas, PlaceIndex keyword_place);
  /// @param at  what a fault of the instruction would be told of
  void emit(std::uint8_t classes, json::Value at, const Instruction& instruction);
  /// Whether the value of a keyword is an object; that it is none is a fault.
  bool expect_object(Keyword keyword, json::Value value);
  void invalid(json::Value at, Message message);
  void invalid(json::Value at, Keyword keyword, std::string_view what);

  /// `x-bearproof-rule`: the rules under which failures are told.
  struct Rules {
    RuleCase all = Rule::schema_shape;
    std::vector<std::pair<std::string, RuleCase>> keywords;
    std::vector<std::pair<std::string, RuleCase>> required;  ///< by the name that is missing
  };

  Compilation& compilation_;
  ProgramData& program_;
  ProgramBuilder& builder_;
  const BlockIndex block_;
  const Location location_;
  const PlaceIndex place_;
  const std::uint16_t vocabularies_;
  Rules rules_;
  std::array<json::Value, keyword_count> values_{};
};

}  // namespace bearproof::schema
