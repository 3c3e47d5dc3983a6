#include "dynamic_anchors.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"

namespace bearproof::schema {

std::optional<std::uint32_t> DynamicAnchors::number_of(std::string_view reference, const Location& target) {
  const std::size_t hash = reference.find('#');
  const std::string_view name = hash == std::string_view::npos ? std::string_view() : reference.substr(hash + 1);
  const auto& anchors = target.resource->dynamic_anchors;
  const auto anchor = anchors.find(name);
  if (anchor == anchors.end() || anchor->second != target.node) return std::nullopt;
  auto known = std::find(names_.begin(), names_.end(), name);
  if (known == names_.end()) known = names_.insert(known, std::string(name));
  return static_cast<std::uint32_t>(known - names_.begin());
}

bool DynamicAnchors::reach(Blocks& blocks, ProgramData& program) const {
  const std::size_t before = program.dynamic_anchors.size();
  for (std::uint32_t resource = 0; resource < blocks.resources().size(); ++resource) {
    const Location root = blocks.resources()[resource].root;
    for (std::uint32_t anchor = 0; anchor < names_.size(); ++anchor) {
      const auto found = root.resource->dynamic_anchors.find(names_[anchor]);
      if (found == root.resource->dynamic_anchors.end()) continue;
      const bool known =
          std::any_of(program.dynamic_anchors.begin(), program.dynamic_anchors.end(),
                      [&](const DynamicAnchor& d) { return d.anchor == anchor && d.resource == resource; });
      if (known) continue;
      const BlockIndex block = blocks.of({{root.set, root.resource, found->second}, true});
      program.dynamic_anchors.push_back({anchor, resource, block});
    }
  }
  return program.dynamic_anchors.size() > before;
}

void DynamicAnchors::settle(Blocks& blocks, ProgramData& program) const {
  std::vector<std::uint32_t> candidates(names_.size(), 0);
  for (const DynamicAnchor& anchor : program.dynamic_anchors) ++candidates[anchor.anchor];
  bool dynamic = false;
  for (RawBlock& raw : blocks.all()) {
    for (RawInstruction& each : raw.code) {
      if (each.instruction.op != Op::dynamic_call) continue;
      const auto target = each.instruction.as<operands::DynamicSubschema>();
      if (candidates[target.anchor] <= 1) {
        each.instruction = {Op::call, operands::Subschema{target.block}, each.instruction.place};
      } else {
        dynamic = true;
      }
    }
  }
  if (!dynamic) program.dynamic_anchors.clear();
  stable_sort(program.dynamic_anchors, [](const DynamicAnchor& a, const DynamicAnchor& b) {
    return a.anchor != b.anchor ? a.anchor < b.anchor : a.resource < b.resource;
  });
}

}  // namespace bearproof::schema
