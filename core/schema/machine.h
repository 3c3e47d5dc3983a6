// The evaluator: one machine over the instructions of a Program, in two modes. Frames live on a stack of its own, so
// that neither the depth of a document nor a chain of references ever meets the end of the C++ stack.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"
#include "bearproof/regex/regex.h"

#include "failure.h"
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
  const std::vector<Failure>& log() const { return log_; }
  /// Failures that did not fit into the log.
  std::uint64_t lost() const { return lost_; }

 private:
  /// Fixed-width members only: a budget of frames means the same in every build.
  struct Frame {
    std::uint64_t seen;  ///< required names met: a mask, or where there are more than 64 an offset in bits_
    std::uint32_t pc;    ///< the instruction at work
    NodeIndex node;      ///< the instance
    std::uint32_t block;
    std::uint32_t cursor;   ///< how far the instruction has come: a node, or the number of a branch
    std::uint32_t index;    ///< which member or item that is; how many have matched
    std::uint32_t tracker;  ///< offset in bits_ of what was evaluated; none: nobody asks
    std::uint32_t outer;    ///< where `owns`: the tracker to add to once this frame has passed
    std::uint32_t chain;    ///< references followed since the instance was reached
    std::uint32_t level;    ///< of the instance
    std::uint32_t log;      ///< size of the log when the instruction or its child began
    std::uint32_t aux;
    std::uint32_t guess;  ///< where the guess for the next member stands
    std::uint32_t bits;   ///< size of bits_ when the frame began
    bool failed;          ///< explaining: something has
    bool owns;            ///< the tracker is this frame's own
    bool key;             ///< the instance is a member's name
    bool matched;
  };
  enum class Step : std::uint8_t { pass, fail, pushed, finish };

  bool run(const ProgramData& program, json::Value root, const Limits& limits);

  // What needs no frame. Deciding (machine_quick.cpp), this is where nearly every document spends its time.
  bool decide_list(std::uint32_t pc, NodeIndex node);
  bool test_quickly(const Instruction& i, NodeIndex node);
  bool test(const Instruction& i, NodeIndex node);
  bool test_in_place(const Instruction& i, NodeIndex node);
  bool test_items(const operands::Items& items, NodeIndex node);
  bool test_object(const ObjectRule& rule, NodeIndex node);
  bool run_quick(std::uint32_t block, NodeIndex node) {
    const std::uint32_t pc = entry(block, node);
    return pc == 0 || decide_list(pc, node);
  }
  /// Whether the list that begins there can be decided on the spot.
  bool is_quick(std::uint32_t pc, std::uint32_t tracker) const {
    return code_[pc].leaf || (tracker == none && code_[pc].quick_list);
  }
  /// The same in the mode at hand.
  bool on_the_spot(std::uint32_t pc, std::uint32_t tracker) const {
    return code_[pc].leaf || (!explaining_ && tracker == none && code_[pc].quick_list);
  }
  bool run_list(std::uint32_t pc, NodeIndex node, bool key, std::uint32_t level) {
    return explaining_ ? explain_list(pc, node, key, level) : decide_list(pc, node);
  }
  std::uint32_t find_entry(const ObjectRule& rule, const PropertyEntry* entries, std::string_view name,
                           std::uint32_t& guess);
  bool test_pattern(std::uint32_t pattern, std::string_view text);
  bool test_enum(const EnumRule& rule, NodeIndex node);
  int compare_number(const json::Node& node, const NumberConstant& constant) const;
  bool test_multiple(const json::Node& node, const NumberConstant& divisor);
  bool has_code_points(std::string_view text, std::uint32_t least);
  bool is_among(const operands::SomeStrings& allowed, std::string_view text) const;
  bool has_required(const operands::DependentNames& names, NodeIndex node);
  std::string_view text_of(const json::Node& node);
  std::uint32_t look_up(const ObjectRule& rule, std::string_view name, std::uint32_t& guess);
  /// Deciding, where nobody asks which members were evaluated.
  /// @param f  nullptr where everything that the rule leads to is quick
  Step step_plain_object(Frame* f, NodeIndex object, const ObjectRule& rule, bool resumed);

  bool explain_list(std::uint32_t pc, NodeIndex node, bool key, std::uint32_t level);
  void note_test(std::uint32_t pc, NodeIndex node, bool key, std::uint32_t level);

  // What needs one, in either mode.
  Step step_object(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_patterns(Frame& f, const Instruction& i, bool resumed, bool result);
  Step finish_object(Frame& f, const ObjectRule& rule, std::uint64_t seen);
  Step step_names(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_array(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_contains(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_call(Frame& f, std::uint32_t block, std::uint32_t place, bool resumed, bool result);
  Step step_branches(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_not(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_if(Frame& f, const Instruction& i, bool resumed, bool result);
  Step step_unevaluated(Frame& f, const Instruction& i, bool resumed, bool result);
  BlockIndex dynamic_target(const operands::DynamicSubschema& target);

  Frame* push(std::uint32_t block, NodeIndex node);
  void push_child(std::uint32_t block, NodeIndex node);
  enum class Tracking : std::uint8_t { shared, own, dropped };
  void push_in_place(const Frame& f, std::uint32_t block, Tracking tracking);
  void open_tracker(Frame& f, std::uint32_t outer);
  void mark(std::uint32_t tracker, std::uint32_t index) {
    bits_[tracker + (index >> 6)] |= std::uint64_t{1} << (index & 63);
  }
  bool marked(std::uint32_t tracker, std::uint32_t index) const {
    return (bits_[tracker + (index >> 6)] >> (index & 63) & 1) != 0;
  }
  void mark_all(const Frame& f);
  std::uint32_t entry(std::uint32_t block, NodeIndex node) const {
    return blocks_[block].code[class_of_tag[nodes_[node].tag()]];
  }
  NodeIndex after(NodeIndex node) const {
    return nodes_[node].tag() >= json::Node::array ? nodes_[node].extent : node + 1;
  }

  void note(const Failure& failure);
  void note(const Frame& f, Failure::Kind kind, NodeIndex node, bool key, std::uint32_t place, std::uint32_t detail);
  void retag(std::uint32_t from, std::uint32_t place);
  std::uint32_t add_path(std::uint32_t place);
  void note_annotation(const Frame& f);
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
