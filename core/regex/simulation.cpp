#include "simulation.h"

#include <algorithm>

#include "bearproof/text/utf8.h"

namespace bearproof::regex {

namespace {

class Simulation {
 public:
  Simulation(const Run& run, Threads& threads) : run_(run), program_(run.program), t_(threads) {
    const std::size_t size = program_.code.size();
    if (t_.mark.size() < size) t_.mark.resize(size, 0);
    if (t_.counters.size() < program_.counters) t_.counters.resize(program_.counters);
    t_.awaiting.clear();
    t_.seeds.clear();
    t_.counting.clear();
    for (std::uint32_t i = 0; i < program_.counters; ++i)
      t_.counters[i] = {std::move(t_.counters[i].ring), 0, 0, false};
  }

  Outcome go(std::uint64_t& budget) {
    const char* const begin = run_.text.data();
    const char* const end = begin + run_.text.size();
    const char* at = run_.backwards ? end : begin;
    bool found = false;
    bool word_behind = false;  // in the direction of the run
    while (true) {
      const bool last = run_.backwards ? at == begin : at == end;
      text::Decoded next;
      bool word_ahead = false;
      if (!last) {
        next = run_.backwards ? text::decode_before(begin, at) : text::decode(at, end);
        word_ahead = is_word(next.code_point);
      }
      here_ = {.offset = static_cast<std::size_t>(at - begin),
               .at_start = at == begin,
               .at_end = at == end,
               .boundary = word_ahead != word_behind};
      if (here_.at_start || !program_.anchored) t_.seeds.push_back(program_.entry);
      const std::uint64_t before = work_;
      const bool matched = close();
      if (matched) {
        found = true;
        if (run_.record == nullptr) break;
        (*run_.record)[here_.offset / 64] |= std::uint64_t{1} << (here_.offset % 64);
      }
      if (last) break;
      if (t_.awaiting.empty() && t_.counting.empty() && program_.anchored) break;
      step(run_.classes.of(next.code_point));
      work_ += 1 + t_.counting.size();
      if (work_ - before > budget) {
        budget = 0;
        return Outcome::undecided;
      }
      budget -= work_ - before;
      word_behind = word_ahead;
      ++count_;
      at = run_.backwards ? at - next.length : at + next.length;
    }
    return found ? Outcome::match : Outcome::no_match;
  }

 private:
  struct Here {
    std::size_t offset = 0;
    bool at_start = false;
    bool at_end = false;
    bool boundary = false;
  };

  // Follows everything that needs no character. @return whether a match was reached
  bool close() {
    if (++t_.stamp == 0) {
      std::fill(t_.mark.begin(), t_.mark.end(), 0u);
      t_.stamp = 1;
    }
    bool matched = false;
    t_.awaiting.clear();
    for (const std::uint32_t seed : t_.seeds) {
      t_.stack.push_back(seed);
      while (!t_.stack.empty()) {
        const std::uint32_t index = t_.stack.back();
        t_.stack.pop_back();
        if (t_.mark[index] == t_.stamp) continue;
        t_.mark[index] = t_.stamp;
        ++work_;
        const Instruction& instruction = program_.code[index];
        switch (instruction.op) {
          case Instruction::match: matched = true; break;
          case Instruction::set: t_.awaiting.push_back(index); break;
          case Instruction::count: enter(index, instruction); break;
          case Instruction::split:
            t_.stack.push_back(instruction.arg);
            t_.stack.push_back(instruction.next);
            break;
          default:
            if (holds(instruction)) t_.stack.push_back(instruction.next);
            break;
        }
      }
    }
    t_.seeds.clear();
    return matched;
  }

  bool holds(const Instruction& instruction) const {
    const auto look = [&] { return (run_.looks[instruction.arg][here_.offset / 64] >> (here_.offset % 64) & 1u) != 0; };
    switch (instruction.op) {
      case Instruction::start: return here_.at_start;
      case Instruction::end: return here_.at_end;
      case Instruction::boundary: return here_.boundary;
      case Instruction::no_boundary: return !here_.boundary;
      case Instruction::look: return look();
      case Instruction::no_look: return !look();
      default: return false;
    }
  }

  // --- counters --------------------------------------------------------------------------------------------------
  // Every entry ages by one with each character, so the queue stays sorted: only its oldest entry that is not too old
  // decides whether the way on is open. Without upper bound the oldest entry is all that matters.

  static std::uint32_t capacity(const Instruction& instruction) {
    return instruction.max == unbounded ? 1 : instruction.max;
  }

  void enter(std::uint32_t index, const Instruction& instruction) {
    Threads::Counter& counter = t_.counters[instruction.slot];
    const std::uint32_t most = capacity(instruction);
    if (counter.ring.size() < most) counter.ring.resize(most);
    if (!counter.listed) {
      counter.listed = true;
      t_.counting.push_back(index);
    }
    if (instruction.max == unbounded && counter.size == 1) return;
    const std::uint32_t tail = counter.head + counter.size;
    counter.ring[tail >= most ? tail - most : tail] = count_;
    ++counter.size;
  }

  void step(ClassId id) {
    for (const std::uint32_t index : t_.awaiting) {
      const Instruction& instruction = program_.code[index];
      if (run_.classes.in_set(instruction.arg, id)) t_.seeds.push_back(instruction.next);
    }
    std::size_t kept = 0;
    for (const std::uint32_t index : t_.counting) {
      const Instruction& instruction = program_.code[index];
      Threads::Counter& counter = t_.counters[instruction.slot];
      if (!run_.classes.in_set(instruction.arg, id)) {
        counter.head = counter.size = 0;
        counter.listed = false;
        continue;
      }
      const std::uint32_t most = capacity(instruction);
      std::uint64_t age = count_ + 1 - counter.ring[counter.head];
      if (age >= instruction.min) t_.seeds.push_back(instruction.next);
      // One that has come to its upper bound does not go on. There is at most one: ages differ.
      if (age >= instruction.max && instruction.max != unbounded) {
        counter.head = counter.head + 1 == most ? 0 : counter.head + 1;
        --counter.size;
      }
      if (counter.size == 0) {
        counter.listed = false;
      } else {
        t_.counting[kept++] = index;
      }
    }
    t_.counting.resize(kept);
  }

  const Run& run_;
  const Program& program_;
  Threads& t_;
  Here here_;
  std::uint64_t work_ = 0;
  std::uint64_t count_ = 0;  ///< code points read
};

}  // namespace

Outcome simulate(const Run& run, Threads& threads, std::uint64_t& budget) {
  return Simulation(run, threads).go(budget);
}

}  // namespace bearproof::regex
