#include "dfa.h"

#include <algorithm>
#include <unordered_map>

#include "bearproof/text/utf8.h"

namespace bearproof::regex {

namespace {

constexpr std::size_t most_columns = 250;
constexpr std::size_t most_entries = 0xFFFF;  // what 16 bits can address
constexpr std::size_t most_work = 100'000;    // instructions visited while building

}  // namespace

// A state is a set of instructions: characters awaited, and conditions that only the next character, or the end, can
// answer. Conditions are answered when the state is left.
class DfaBuilder {
 public:
  DfaBuilder(const Program& program, const Classes& classes, Dfa& dfa)
      : program_(program), classes_(classes), dfa_(dfa), mark_(program.code.size(), 0) {}

  bool build() {
    const std::uint32_t columns = lay_out_columns();
    if (columns == 0) return false;
    dfa_.stride_ = columns;
    add_row();
    add_row();
    add_row();

    std::vector<std::uint32_t> seeds{program_.entry};
    dfa_.initial_ = row_for(seeds, {.at_start = true}) * columns;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (failed_) return false;
      fill_row(i);
    }
    return !failed_;
  }

 private:
  struct Context {
    bool at_start = false;
    bool after_word = false;
  };
  struct State {
    std::vector<std::uint32_t> items;  // sorted
    Context context;
    bool has_conditions = false;
  };

  // One column for each class; for bytes beyond ASCII one more: if all that lies there is of one class, the lead byte
  // steps and the bytes that follow it change nothing; else the code point has to be decoded.
  std::uint32_t lay_out_columns() {
    const std::uint32_t count = classes_.count();
    if (count > most_columns) return 0;
    dfa_.column_of_class_.resize(count);
    for (std::uint32_t c = 0; c < count; ++c) dfa_.column_of_class_[c] = static_cast<std::uint8_t>(c);
    for (std::uint32_t byte = 0; byte < 128; ++byte) {
      dfa_.column_of_[byte] = static_cast<std::uint8_t>(classes_.of_ascii(byte));
    }
    uniform_ = classes_.uniform_beyond_ascii();
    for (std::uint32_t byte = 128; byte < 256; ++byte) {
      dfa_.column_of_[byte] = static_cast<std::uint8_t>(uniform_ && byte >= 0xC0 ? classes_.of(128) : count);
    }
    return count + 1;
  }

  std::uint32_t add_row() {
    const auto row = static_cast<std::uint32_t>(dfa_.accepts_at_end_.size());
    dfa_.accepts_at_end_.push_back(false);
    if ((std::size_t{row} + 1) * dfa_.stride_ > most_entries) {
      failed_ = true;
      return Dfa::dead;
    }
    dfa_.next_.resize(dfa_.next_.size() + dfa_.stride_, 0);
    return row;
  }

  // Follows branches from the seeds, and conditions as far as they can be answered; the rest goes into `items`.
  // @return whether a match is reached
  struct Position {
    bool known = false;  // what comes next is known
    bool at_end = false;
    bool before_word = false;
  };
  bool close(const std::vector<std::uint32_t>& seeds, const Context& context, const Position& position,
             std::vector<std::uint32_t>& items) {
    ++stamp_;
    stack_ = seeds;
    items.clear();
    while (!stack_.empty()) {
      const std::uint32_t at = stack_.back();
      stack_.pop_back();
      if (mark_[at] == stamp_) continue;
      mark_[at] = stamp_;
      if (++work_ > most_work) {
        failed_ = true;
        return false;
      }
      const Instruction& instruction = program_.code[at];
      switch (instruction.op) {
        case Instruction::match: return true;
        case Instruction::set: items.push_back(at); break;
        case Instruction::split:
          stack_.push_back(instruction.arg);
          stack_.push_back(instruction.next);
          break;
        case Instruction::start:
          if (context.at_start) stack_.push_back(instruction.next);
          break;
        case Instruction::end:
          if (!position.known) {
            items.push_back(at);
          } else if (position.at_end) {
            stack_.push_back(instruction.next);
          }
          break;
        case Instruction::boundary:
        case Instruction::no_boundary:
          if (!position.known) {
            items.push_back(at);
          } else if ((context.after_word != position.before_word) == (instruction.op == Instruction::boundary)) {
            stack_.push_back(instruction.next);
          }
          break;
        case Instruction::count:
        case Instruction::look:
        case Instruction::no_look: failed_ = true; return false;
      }
    }
    return false;
  }

  std::uint32_t row_for(const std::vector<std::uint32_t>& seeds, Context context) {
    State state;
    state.context = context;
    if (close(seeds, context, {}, state.items)) return Dfa::accept;
    if (state.items.empty()) return Dfa::dead;
    std::sort(state.items.begin(), state.items.end());
    state.has_conditions = std::any_of(state.items.begin(), state.items.end(), [this](std::uint32_t item) {
      return program_.code[item].op != Instruction::set;
    });
    // What came before matters only to conditions still open.
    if (!state.has_conditions) state.context = {};

    std::uint64_t hash = state.context.after_word ? 7u : 3u;
    hash += state.context.at_start ? 32u : 0u;
    for (const std::uint32_t item : state.items) hash = (hash ^ item) * 0x100000001B3u;
    for (auto [it, end] = index_.equal_range(hash); it != end; ++it) {
      const State& other = states_[it->second];
      if (other.items == state.items && other.context.after_word == state.context.after_word &&
          other.context.at_start == state.context.at_start) {
        return Dfa::first_state + it->second;
      }
    }
    const std::uint32_t row = add_row();
    if (failed_) return Dfa::dead;
    index_.emplace(hash, row - Dfa::first_state);
    states_.push_back(std::move(state));
    return row;
  }

  void fill_row(std::size_t number) {
    const State state = states_[number];  // a copy: the vector grows below
    const std::uint32_t row = Dfa::first_state + static_cast<std::uint32_t>(number);
    std::vector<std::uint32_t> awaited = state.items;
    std::vector<std::uint32_t> seeds;
    if (state.has_conditions) {
      const Position end{.known = true, .at_end = true};
      dfa_.accepts_at_end_[row] = close(state.items, state.context, end, awaited);
    }
    for (std::uint32_t c = 0; c < classes_.count() && !failed_; ++c) {
      const auto id = static_cast<ClassId>(c);
      const bool is_word_class = program_.has_conditions && classes_.in_words(id);
      std::uint32_t target = Dfa::accept;
      const Position before{.known = true, .before_word = is_word_class};
      if (!state.has_conditions || !close(state.items, state.context, before, awaited)) {
        seeds.clear();
        if (!program_.anchored) seeds.push_back(program_.entry);
        for (const std::uint32_t item : awaited) {
          if (classes_.in_set(program_.code[item].arg, id)) seeds.push_back(program_.code[item].next);
        }
        work_ += awaited.size();
        target = row_for(seeds, {.after_word = is_word_class});
      }
      dfa_.next_[std::size_t{row} * dfa_.stride_ + c] = static_cast<std::uint16_t>(target * dfa_.stride_);
    }
    dfa_.next_[std::size_t{row} * dfa_.stride_ + classes_.count()] =
        static_cast<std::uint16_t>((uniform_ ? row : std::uint32_t{Dfa::undecoded}) * dfa_.stride_);
  }

  const Program& program_;
  const Classes& classes_;
  Dfa& dfa_;
  bool uniform_ = false;
  bool failed_ = false;
  std::vector<State> states_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> index_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t stamp_ = 0;
  std::vector<std::uint32_t> stack_;
  std::size_t work_ = 0;
};

bool Dfa::build(const Program& program, const Classes& classes) { return DfaBuilder(program, classes, *this).build(); }

bool Dfa::search(std::string_view text, const Classes& classes) const {
  const std::uint16_t* next = next_.data();
  const std::uint32_t states_from = first_state * stride_;
  std::uint32_t state = initial_;
  if (state < states_from) return state == accept * stride_;
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    std::uint32_t to = next[state + column_of_[static_cast<unsigned char>(*p)]];
    if (to >= states_from) [[likely]] {
      state = to;
      ++p;
      continue;
    }
    if (to == undecoded * stride_) {
      const text::Decoded decoded = text::decode(p, end);
      p += decoded.length;
      to = next[state + column_of_class_[classes.of(decoded.code_point)]];
      state = to;
      if (to >= states_from) continue;
    }
    return to == accept * stride_;
  }
  return accepts_at_end_[state / stride_];
}

}  // namespace bearproof::regex
