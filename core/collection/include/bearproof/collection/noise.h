// Repeated records of an event store, as one group each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/collection/index.h"
#include "bearproof/collection/link.h"

namespace bearproof::collection {

/// The window within which repetition is noise, and how often it may repeat there.
inline constexpr Nanoseconds noise_window = 300'000'000'000;
inline constexpr std::uint32_t noise_budget = 10;
inline constexpr std::size_t noise_samples = 5;

/// Events of one source that agree in actor, subject, decision and policy rule (without a decision: class and outcome).
struct NoiseGroup {
  DocumentIndex first = 0;  ///< the earliest given
  Nanoseconds first_seen = never;
  Nanoseconds last_seen = never;
  std::uint32_t count = 0;
  std::uint32_t most_in_window = 0;    ///< the most events that fall into one window
  std::vector<DocumentIndex> samples;  ///< the first few

  Nanoseconds window_start = never;
  std::uint32_t in_window = 0;
};

/// Every event that is a line of a store, in groups, by their first event. Critical events, and those that were
/// coalesced before, are groups of their own: nothing critical is ever suppressed.
std::vector<NoiseGroup> noise_of(const Index& index);

/// A group as one JSON object: what its events agree in (`event_class`, `actor_id`, `subject_id`, `result`,
/// `policy_rule`, `outcome`, `severity`), `count`, `suppressed_count`, `first_seen`, `last_seen`, and the ids of
/// `samples`. "" where its first event cannot be had any more.
std::string to_json(const NoiseGroup& group, const Index& index, Texts& texts);

}  // namespace bearproof::collection
