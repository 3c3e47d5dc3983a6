#include "string_table.h"

#include <algorithm>

namespace bearproof::schema {
namespace {

// The longest run of probes that a multiplier causes; fills `out`. Gives up where texts collide so much that filling
// would cost more than a few probes for each: UINT32_MAX, and `out` is not complete.
std::uint32_t fill(const StringTable& table, const std::vector<StringSlot>& texts, std::string_view pool,
                   std::vector<StringSlot>& out) {
  std::fill(out.begin(), out.end(), StringSlot{});
  std::uint32_t longest = 0;
  std::uint64_t budget = 64 * std::uint64_t{texts.size()} + 64;
  for (const StringSlot& text : texts) {
    const char* begin = pool.data() + text.offset;
    const std::uint64_t word =
        table.whole ? StringTable::all_bytes(begin, text.length) : StringTable::few_bytes(begin, text.length);
    auto at = static_cast<std::uint32_t>(((word ^ (word >> 31)) * table.multiplier) >> table.shift);
    std::uint32_t probes = 0;
    for (; out[at].value != StringTable::absent; at = (at + 1) & table.mask) {
      if (budget-- == 0) return UINT32_MAX;
      ++probes;
    }
    out[at] = text;
    longest = std::max(longest, probes);
  }
  return longest;
}

}  // namespace

std::optional<StringTable> make_string_table(const std::vector<StringSlot>& texts, std::string_view pool,
                                             std::vector<StringSlot>& slots) {
  std::uint32_t bits = 1;
  while ((std::uint64_t{1} << bits) < texts.size() * 2 + 1) ++bits;
  StringTable best;
  std::vector<StringSlot> best_slots;
  std::uint32_t best_probes = UINT32_MAX;
  // Small sets are worth a search for a multiplier without collisions, in up to four times the room; large ones are
  // not, and short runs of probes cost them little.
  const std::uint32_t tries = texts.size() <= 128 ? 64 : 2;
  const std::uint32_t widest = texts.size() <= 128 ? bits + 2 : bits;
  std::uint64_t multiplier = 0x9E3779B97F4A7C15u;
  for (const bool whole : {false, true}) {
    for (std::uint32_t width = bits; width <= widest && best_probes > 0; ++width) {
      std::vector<StringSlot> trial(std::size_t{1} << width);
      for (std::uint32_t i = 0; i < tries && best_probes > 0; ++i) {
        StringTable table;
        table.multiplier = multiplier | 1u;
        table.mask = (std::uint32_t{1} << width) - 1;
        table.shift = 64 - width;
        table.whole = whole;
        multiplier = multiplier * 6364136223846793005u + 1442695040888963407u;
        const std::uint32_t probes = fill(table, texts, pool, trial);
        if (probes < best_probes) {
          best_probes = probes;
          best = table;
          best_slots = trial;
        }
      }
    }
    if (best_probes < 16) break;
  }
  if (best_probes == UINT32_MAX) return std::nullopt;
  best.first = static_cast<std::uint32_t>(slots.size());
  slots.insert(slots.end(), best_slots.begin(), best_slots.end());
  return best;
}

}  // namespace bearproof::schema
