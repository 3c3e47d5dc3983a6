// A frame of the machine: one subschema at work on one instance, and how far its instruction at work has come.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "program.h"

namespace bearproof::schema {

/// What applying a subschema came to. `pending`: not known yet, a frame was pushed for it.
enum class Result : std::uint8_t { pending, pass, fail };

/// How far instructions come between two subschemas of theirs that need frames.
namespace progress {

/// What a frame holds.
enum class Kind : std::uint8_t { nothing, members, patterns, parts, contains, branches, condition };

/// properties, additionalProperties and required.
struct Members {
  static constexpr Kind kind = Kind::members;
  std::uint64_t seen = 0;   ///< required names met: a mask, or where there are more than 64 an offset in the bits
  NodeIndex next = 0;       ///< name of the next member
  std::uint32_t index = 0;  ///< of the next member
  std::uint32_t guess = 0;  ///< where the guess for the next member stands
  PlaceIndex place = none;  ///< of the keyword that applies the subschema at work
};

/// The same with patternProperties: several subschemas may apply to one member, one after another.
struct Patterns {
  static constexpr Kind kind = Kind::patterns;
  std::uint64_t seen = 0;           ///< as in Members
  NodeIndex member = 0;             ///< name of the member at work
  std::uint32_t index = 0;          ///< of that member
  std::uint32_t stage : 31 = 0;     ///< the next one: 0 properties; then each pattern; then additionalProperties
  std::uint32_t evaluated : 1 = 0;  ///< one of them has applied to the member
  PlaceIndex place = none;          ///< as in Members
};

/// Members, their names or items, one after another.
struct Parts {
  static constexpr Kind kind = Kind::parts;
  NodeIndex next = 0;
  std::uint32_t index = 0;  ///< of the next one
};

struct Contains {
  static constexpr Kind kind = Kind::contains;
  NodeIndex item = 0;  ///< at work
  std::uint32_t index = 0;
  std::uint32_t matching = 0;
};

/// anyOf, oneOf.
struct Branches {
  static constexpr Kind kind = Kind::branches;
  std::uint32_t branch = 0;  ///< at work
  std::uint32_t matching = 0;
  std::array<std::uint32_t, 2> first_matching{};
  std::uint32_t begins = 0;  ///< where the beginnings of the branches' failures are noted
};

/// if, then, else.
struct Condition {
  static constexpr Kind kind = Kind::condition;
  BlockIndex chosen = none;  ///< none: the condition is at work
};

}  // namespace progress

/// Fixed-width members only, and 64 bytes: a budget of frames means the same in every build.
struct Frame {
  CodeIndex pc = 0;    ///< the instruction at work
  NodeIndex node = 0;  ///< the instance
  BlockIndex block = 0;
  std::uint32_t tracker = none;  ///< offset in the bits of what was evaluated; none: nobody asks
  std::uint32_t outer = none;    ///< where `owns`: the tracker to add to once this frame has passed
  std::uint32_t chain = 0;       ///< references followed since the instance was reached
  std::uint32_t level = 0;       ///< of the instance
  std::uint32_t log = 0;         ///< size of the log when the instruction or its subschema began
  std::uint32_t bits = 0;        ///< how many words of bits there were when the frame began
  bool failed = false;           ///< explaining: something has
  bool owns = false;             ///< the tracker is this frame's own
  bool key = false;              ///< the instance is a member's name

  /// Begins to note the progress of the instruction at work.
  template <class Progress>
  Progress& begin(const Progress& from = {}) {
    static_assert(sizeof(Progress) <= sizeof(state_));
    kind_ = Progress::kind;
    return *std::construct_at(reinterpret_cast<Progress*>(&state_), from);
  }
  /// @pre `begin` was called for this kind of progress, and for no other since
  template <class Progress>
  Progress& at() {
    assert(kind_ == Progress::kind);
    return *std::launder(reinterpret_cast<Progress*>(&state_));
  }

 private:
  progress::Kind kind_ = progress::Kind::nothing;
  alignas(std::uint64_t) std::array<std::byte, 24> state_{};
};
static_assert(sizeof(Frame) == 64);

}  // namespace bearproof::schema
