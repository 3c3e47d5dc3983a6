// The evaluator: one machine over the instructions of a Program, in two modes. Frames live on a stack of its own, so
// that neither the depth of a document nor a chain of references ever meets the end of the C++ stack.
//
//   machine.cpp            the loop; frames; applying a subschema
//   machine_quick.cpp      tests, and whatever needs no frame
//   machine_objects.cpp    properties, patternProperties, additionalProperties, required, propertyNames
//   machine_arrays.cpp     prefixItems, items, contains
//   machine_in_place.cpp   $ref, $dynamicRef, allOf, anyOf, oneOf, not, if, dependentSchemas
//   machine_evaluated.cpp  unevaluatedProperties, unevaluatedItems
//   machine_log.cpp        what is noted for explanations and for output
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"
#include "bearproof/regex/regex.h"

#include "failure.h"
#include "frame.h"
#include "program.h"
#include "values.h"

namespace bearproof::schema {

class Machine {
 public:
  enum class Stop : std::uint8_t { no, steps, memory };

  /// Deciding stops at the first failure; explaining notes all of them in `log`.
  /// @return whether the instance is valid; false also where a limit stopped it (`stopped`)
  bool decide(const ProgramData& program, json::Value root, const Limits& limits);
  bool explain(const ProgramData& program, json::Value root, const Limits& limits);

  /// As explain, with a program compiled for output: notes every failure of every branch, where it is valid every
  /// annotation, and the way that led to each through the schema.
  bool annotate(const ProgramData& program, json::Value root, const Limits& limits);
  const std::vector<Annotation>& annotations() const { return annotations_; }
  const std::string& path(std::uint32_t index) const { return paths_[index]; }

  Stop stopped() const { return stopped_; }
  /// What was at work when a limit stopped it.
  const std::vector<Frame>& frames() const { return frames_; }
  const std::vector<Failure>& log() const { return log_; }
  /// Failures that did not fit into the log.
  std::uint64_t lost() const { return lost_; }

 private:
  /// What a frame's instruction at work has come to.
  enum class Step : std::uint8_t {
    pass,
    fail,
    pushed,  ///< a frame was pushed for a subschema; the instruction goes on when that frame ends
    finish,  ///< it was the last of its list
  };
  /// What the frame of a subschema that applies to the same instance does about evaluated members and items.
  enum class Tracking : std::uint8_t {
    shared,   ///< marks them where the frame below does: if it fails, so does that one
    own,      ///< marks them by itself, and hands them down once it has passed
    dropped,  ///< nobody asks
  };

  bool run(const ProgramData& program, json::Value root, const Limits& limits);
  void prepare(const ProgramData& program, const json::Document& document, const Limits& limits);

  // What needs no frame. Deciding (machine_quick.cpp), this is where nearly every document spends its time.
  bool decide_list(CodeIndex pc, NodeIndex node);
  bool test_quickly(const Instruction& i, NodeIndex node);
  bool test(const Instruction& i, NodeIndex node);
  bool test_in_place(const Instruction& i, NodeIndex node);
  bool test_items(const operands::Items& items, NodeIndex node);
  bool test_object(const ObjectRule& rule, NodeIndex node);
  bool run_quick(BlockIndex block, NodeIndex node) {
    const CodeIndex pc = entry(block, node);
    return pc == 0 || decide_list(pc, node);
  }
  /// Whether the list that begins there can be decided on the spot.
  bool is_quick(CodeIndex pc, std::uint32_t tracker) const {
    return code_[pc].leaf || (tracker == none && code_[pc].quick_list);
  }
  /// The same in the mode at hand.
  bool on_the_spot(CodeIndex pc, std::uint32_t tracker) const {
    return code_[pc].leaf || (!explaining_ && tracker == none && code_[pc].quick_list);
  }
  bool run_list(CodeIndex pc, NodeIndex node, bool key, std::uint32_t level) {
    return explaining_ ? explain_list(pc, node, key, level) : decide_list(pc, node);
  }
  bool explain_list(CodeIndex pc, NodeIndex node, bool key, std::uint32_t level);
  std::uint32_t find_entry(const ObjectRule& rule, const PropertyEntry* entries, std::string_view name,
                           std::uint32_t& guess);
  std::uint32_t look_up(const ObjectRule& rule, std::string_view name, std::uint32_t& guess);
  bool test_pattern(std::uint32_t pattern, std::string_view text);
  bool test_enum(const EnumRule& rule, NodeIndex node);
  int compare_number(const json::Node& node, const NumberConstant& constant) const;
  bool test_multiple(const json::Node& node, const NumberConstant& divisor);
  bool has_code_points(std::string_view text, std::uint32_t least);
  bool is_among(const operands::SomeStrings& allowed, std::string_view text) const;
  bool has_required(const operands::DependentNames& names, NodeIndex node);
  std::string_view text_of(const json::Node& node);
  /// Deciding, where nobody asks which members were evaluated.
  /// @param f  nullptr where everything that the rule leads to is quick
  Step step_plain_object(Frame* f, NodeIndex object, const ObjectRule& rule, bool resumed);

  // One instruction of a frame.
  /// @param child  what came of the subschema that it pushed a frame for; pending: the instruction begins
  Step step(Frame& f, const Instruction& i, Result child);
  Step step_test(const Frame& f, const Instruction& i);
  Step step_object(Frame& f, const operands::Members& object, Result child);
  Step step_members(Frame& f, const operands::Members& object, Result child);
  Step step_patterns(Frame& f, const operands::Members& object, Result child);
  Step step_names(Frame& f, const Instruction& i, Result child);
  Step step_array(Frame& f, const Instruction& i, Result child);
  Step step_contains(Frame& f, const Instruction& i, Result child);
  Step step_call(Frame& f, BlockIndex block, PlaceIndex place, Result child);
  Step step_dynamic_call(Frame& f, const Instruction& i, Result child);
  Step step_dependent(Frame& f, const Instruction& i, Result child);
  Step step_branches(Frame& f, const Instruction& i, Result child);
  Step step_not(Frame& f, const Instruction& i, Result child);
  Step step_if(Frame& f, const Instruction& i, Result child);
  Step step_unevaluated(Frame& f, const Instruction& i, Result child);
  Step step_annotate(const Frame& f);
  BlockIndex dynamic_target(const operands::DynamicSubschema& target);
  Step explain_branches(const Frame& f, const Instruction& i, const progress::Branches& at);
  void begin_items(Frame& f, const operands::Items& items);
  Step finish_contains(const Frame& f, const ContainsRule& rule, std::uint32_t matching);
  std::uint64_t begin_required(const ObjectRule& rule);
  void note_required(const ObjectRule& rule, const PropertyEntry& entry, std::uint64_t& seen);
  Step finish_required(const Frame& f, const ObjectRule& rule, std::uint64_t seen);
  /// What a keyword applies to a member.
  struct Applied {
    BlockIndex block = none;
    PlaceIndex place = none;  ///< of the keyword
  };
  Applied applied_at(const ObjectRule& rule, progress::Patterns& at);
  /// Something in a frame has failed. @return whether that ends it
  bool fails(Frame& f) const {
    f.failed = true;
    return !explaining_;
  }

  // Applying a subschema: on the spot, or else by pushing a frame (Result::pending). References to frames do not
  // outlive it.
  Result apply(const Frame& f, BlockIndex block, Tracking tracking) {
    const CodeIndex pc = entry(block, f.node);
    if (pc == 0) return Result::pass;
    if (on_the_spot(pc, f.tracker)) return result_of(run_list(pc, f.node, f.key, f.level));
    push_in_place(f, block, tracking);
    return Result::pending;
  }
  Result apply_to_part(const Frame& f, BlockIndex block, NodeIndex part, bool key = false) {
    const CodeIndex pc = entry(block, part);
    if (pc == 0) return Result::pass;
    if (on_the_spot(pc, none)) return result_of(run_list(pc, part, key, f.level + 1));
    push_part(block, part, key);
    return Result::pending;
  }
  Result apply_to_member(Frame& f, const operands::Members& object, BlockIndex block, NodeIndex key, PlaceIndex place);
  /// The same where nobody is told why it fails.
  Result probe(const Frame& f, BlockIndex block, Tracking tracking);
  Result probe_part(BlockIndex block, NodeIndex part);
  static Result result_of(bool valid) { return valid ? Result::pass : Result::fail; }

  Frame* push(BlockIndex block, NodeIndex node);
  void push_part(BlockIndex block, NodeIndex node, bool key);
  void push_in_place(const Frame& f, BlockIndex block, Tracking tracking);
  Result pop(bool failed);

  void open_tracker(Frame& f, std::uint32_t outer);
  void close_tracker(const Frame& f);
  void mark(std::uint32_t tracker, std::uint32_t index) {
    bits_[tracker + (index >> 6)] |= std::uint64_t{1} << (index & 63);
  }
  bool marked(std::uint32_t tracker, std::uint32_t index) const {
    return (bits_[tracker + (index >> 6)] >> (index & 63) & 1) != 0;
  }
  void mark_all(const Frame& f);
  /// How many words it takes to mark the members or items of a frame's instance.
  std::size_t words_of(const Frame& f) const { return (nodes_[f.node].count() + 63) / 64; }

  /// The first instruction of a block for an instance; 0: nothing is asked of it.
  CodeIndex entry(BlockIndex block, NodeIndex node) const {
    return blocks_[block].code[class_of_tag[nodes_[node].tag()]];
  }
  NodeIndex after(NodeIndex node) const {
    return nodes_[node].tag() >= json::Node::array ? nodes_[node].extent : node + 1;
  }
  /// A member's name, until the next is read.
  std::string_view name_of(NodeIndex key) {
    const json::Node& node = nodes_[key];
    if (node.tag() == json::Node::string) [[likely]]
      return {text_ + node.offset, node.extent};
    return json::Value(document_, key).string(name_);
  }

  void note(const Failure& failure);
  void note(const Frame& f, Failure::Kind kind, NodeIndex node, bool key, PlaceIndex place, std::uint32_t detail);
  void note_test(CodeIndex pc, NodeIndex node, bool key, std::uint32_t level);
  void note_missing(const operands::DependentNames& names, Failure& failure);
  Failure failure_of(const Frame& f, Failure::Kind kind, NodeIndex node, PlaceIndex place) const;
  void retag(std::uint32_t from, PlaceIndex place);
  std::uint32_t add_path(PlaceIndex place);
  void cut_log(std::uint32_t size) { log_.resize(size); }
  std::uint32_t log_size() const { return static_cast<std::uint32_t>(log_.size()); }

  bool explaining_ = false;
  const ProgramData* program_ = nullptr;
  const Instruction* code_ = nullptr;
  const Block* blocks_ = nullptr;
  const char* pool_ = nullptr;
  const json::Document* document_ = nullptr;
  const json::Node* nodes_ = nullptr;
  const char* text_ = nullptr;
  std::int64_t steps_ = 0;
  std::uint64_t frames_limit_ = 0;
  std::uint64_t chain_limit_ = 0;
  Stop stopped_ = Stop::no;

  /// Where an object rule met the members that it knows.
  struct Walk {
    std::uint64_t run = 0;      ///< in which evaluation
    NodeIndex node = 0;         ///< of which object
    std::uint64_t present = 0;  ///< one bit for each entry
    NodeIndex values[PropertyEntry::no_slot];
  };
  /// What is kept from document to document for one program. Nothing in it is believed without a look: a program may
  /// come to stand where another one stood.
  struct Memory {
    const ProgramData* program = nullptr;
    /// For each object rule: the entry that came first last time, and the one that came after each entry. Documents of
    /// one kind have their members in one order, and a guess that holds saves the look-up.
    std::vector<std::uint32_t> guesses;
    std::vector<Walk> walks;
  };
  void remember(const ProgramData& program);
  bool test_shared(const ObjectRule& rule, const Walk& walk);

  std::vector<Memory> memories_;
  std::uint32_t* guesses_ = nullptr;
  Walk* walks_ = nullptr;
  std::uint64_t run_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::uint64_t> bits_;
  std::vector<Failure> log_;
  std::vector<std::uint32_t> begins_;  ///< where branches begin in the log
  std::uint64_t lost_ = 0;
  // For output.
  bool output_ = false;
  std::vector<Annotation> annotations_;
  std::vector<std::uint32_t> starts_;  ///< by frame: how many annotations there were when it began
  std::vector<std::string> paths_;
  std::string scratch_;
  std::string name_;
  regex::Scratch regex_;
  DistinctItems distinct_;
};

}  // namespace bearproof::schema
