// Schema text → Program. In two steps: every reachable subschema becomes a raw block, in which other blocks are
// called; then each block's lists of instructions are written out, finite calls copied into place.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dialect.h"
#include "fault_list.h"
#include "keywords.h"
#include "program.h"
#include "resolver.h"
#include "resources.h"

namespace bearproof::schema {

class Compiler {
 public:
  Compiler(const Registry& registry, const CompileOptions& options);
  std::expected<Program, std::vector<SchemaFault>> run(std::string_view uri);

 private:
  struct RawInstruction {
    Instruction instruction;
    std::uint8_t classes = Classes::all;
    NodeIndex at = 0;  ///< the keyword's value, for faults
  };
  struct RawBlock {
    Location location;
    std::uint32_t place = none;
    std::uint32_t resource = 0;
    std::vector<RawInstruction> code;
    std::uint8_t allowed = Classes::all;
    bool integers_only = false;  ///< `type` allows integers but not every number
    std::uint32_t type_names = 0;
    std::uint32_t type_place = none;
    bool is_false = false;
    bool tracks_members = false;
    bool tracks_items = false;
  };
  /// `x-bearproof-rule` of one schema object.
  struct RuleMap {
    RuleCase all = Rule::schema_shape;
    std::vector<std::pair<std::string, RuleCase>> keywords;
    std::vector<std::pair<std::string, RuleCase>> required;
  };
  /// The keywords of one schema object, and what compiling them needs.
  struct Object {
    std::uint32_t block = 0;
    Location location;
    std::uint32_t place = none;
    std::uint16_t vocabularies = 0;
    RuleMap rules;
    std::vector<json::Value> values;  ///< by Keyword; false where absent or outside the vocabularies
    json::Value operator[](Keyword keyword) const { return values[static_cast<std::size_t>(keyword)]; }
  };

  // subschemas as they are reached: compiler_references.cpp
  std::uint32_t resource_index(const Location& location);
  std::uint32_t block_at(const Location& location, std::uint32_t place);
  std::uint32_t block_of_target(const Location& location, const std::optional<std::string>& pointer = {});
  std::uint32_t child(const Object& object, json::Value schema, std::uint32_t keyword_place, std::string_view token);
  std::uint32_t child(const Object& object, json::Value schema, std::uint32_t keyword_place, std::uint32_t number);
  std::uint32_t child_at(const Object& object, json::Value schema, std::uint32_t place);
  void resolve_dynamic();
  bool check_cycles();

  // metaschema_check.cpp
  std::string dialect_of(const Source& source, NodeIndex root) const;
  const Program* metaschema_program(const std::string& dialect);
  [[gnu::noinline]] void check_against_metaschemas();  ///< never of a built-in schema

  // one schema object: compiler_keywords.cpp
  void compile_block(std::uint32_t block);
  bool read_keywords(Object& object);
  void read_rules(Object& object, json::Value value);
  RuleCase rule_named(const Object& object, json::Value spelling);
  void check_annotations(const Object& object);
  void compile_annotations(const Object& object);
  void compile_type(const Object& object);
  void compile_values(const Object& object);
  void compile_enum(const Object& object, json::Value keyword, const std::vector<json::Value>& values, Keyword which);
  void compile_strings(const Object& object);
  void compile_numbers(const Object& object);
  void compile_counts(const Object& object);
  void compile_members(const Object& object);
  void compile_object_rule(const Object& object);
  void compile_items(const Object& object);
  void compile_in_place(const Object& object);
  void compile_references(const Object& object);
  void compile_unevaluated(const Object& object);

  std::uint32_t keyword_place(const Object& object, Keyword keyword);
  std::uint32_t add_place(std::uint32_t parent, std::uint32_t text, std::uint32_t number, RuleCase rule);
  /// @param classes  of instances that the instruction is for
  /// @param at       what a fault of it would be told of
  void emit(const Object& object, std::uint8_t classes, json::Value at, const Instruction& instruction);
  std::uint32_t add_list(const std::vector<BlockIndex>& blocks);
  bool read_count(const Object& object, Keyword keyword, std::uint32_t& count);
  bool read_names(const Object& object, json::Value array, std::string_view what, std::vector<std::string>& names);
  std::uint32_t compile_pattern(const Object& object, Place place, std::string_view pattern);
  std::uint32_t add_text(std::string_view text);
  StringTable add_table(const std::vector<std::string>& texts);
  std::uint32_t add_constant(json::Value value);
  void invalid(const Object& object, json::Value at, std::string message);

  // writing it all out: compiler_output.cpp
  bool read_constants();
  void write_code();
  void write_block(std::uint32_t block, std::vector<std::uint32_t>& reached);
  void write_list(std::vector<Instruction>& list, std::uint32_t block, Class::Index of,
                  std::vector<std::uint32_t>& inside);
  void mark_quick();
  bool quick_at(std::uint32_t block, std::uint8_t classes) const;
  bool could_be_quick(const Instruction& instruction, std::uint8_t classes) const;
  bool copyable(const RawBlock& caller, const RawInstruction& call, Class::Index of, std::size_t room) const;

  const Registry& registry_;
  const Resources& user_;
  Resolver resolver_;
  const CompileOptions& options_;
  std::unique_ptr<Program::Impl> program_;
  FaultList faults_;

  std::vector<RawBlock> raw_;
  std::vector<std::uint32_t> todo_;
  std::unordered_map<std::uint64_t, std::uint32_t> block_by_location_;
  std::unordered_map<const Resource*, std::uint32_t> resource_index_;
  std::vector<Location> resource_roots_;     ///< by resource index
  std::vector<std::uint16_t> vocabularies_;  ///< by resource index
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> text_index_;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> pattern_index_;
  std::vector<std::string> dynamic_names_;
  /// A list as it was written, and the classes of instances that it serves.
  struct WrittenList {
    std::uint32_t first = 0;
    std::uint32_t size = 0;  ///< without Op::end
    std::uint8_t classes = 0;
  };
  std::vector<WrittenList> written_lists_;
  void write_entries();
  void share_walks();
  void share_walk(std::uint32_t walker, const Instruction& i, std::uint8_t of);
  void share_walk_in(std::uint32_t walker, std::uint32_t block, std::uint8_t of);
  std::uint32_t constants_ = 0;
  const Source* root_source_ = nullptr;
  std::unordered_map<std::string, std::unique_ptr<Program>> metaschema_programs_;  ///< of registered dialects
  bool too_large_ = false;
};

}  // namespace bearproof::schema
