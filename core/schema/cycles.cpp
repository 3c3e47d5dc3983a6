#include "cycles.h"

#include <utility>
#include <vector>

#include "bearproof/catalogue/rules.h"

#include "subschemas.h"

namespace bearproof::schema {

// Edges that stay at the same instance: a cycle of them would never end. A dynamic reference counts with its static
// target only; what it may become at run time is bounded by `Limits::references`.
void check_cycles(const Blocks& blocks, const ProgramData& program, FaultList& faults) {
  enum Colour : std::uint8_t { white, grey, black };
  const std::vector<RawBlock>& raw_blocks = blocks.all();
  std::vector<std::vector<std::pair<std::uint32_t, const RawInstruction*>>> edges(raw_blocks.size());
  for (std::uint32_t from = 0; from < raw_blocks.size(); ++from) {
    for (const RawInstruction& raw : raw_blocks[from].code) {
      for_each_subschema(program, raw.instruction, [&](BlockIndex to, AppliedTo what) {
        if (what == AppliedTo::instance) edges[from].emplace_back(to, &raw);
      });
    }
  }
  std::vector<Colour> colour(raw_blocks.size(), white);
  std::vector<std::pair<std::uint32_t, std::size_t>> path;
  for (std::uint32_t start = 0; start < raw_blocks.size(); ++start) {
    if (colour[start] != white) continue;
    colour[start] = grey;
    path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [block, next] = path.back();
      if (next == edges[block].size()) {
        colour[block] = black;
        path.pop_back();
        continue;
      }
      const auto [to, raw] = edges[block][next++];
      if (colour[to] == grey) {
        faults.add(raw_blocks[block].location, Rule::schema_ref_cycle, Place::value(raw->at),
                   "this leads back to where it started without going into the document");
      } else if (colour[to] == white) {
        colour[to] = grey;
        path.emplace_back(to, 0);
      }
    }
  }
}

}  // namespace bearproof::schema
