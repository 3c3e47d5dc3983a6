// $dynamicRef: which subschemas it may mean, by the resources that evaluation has come through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blocks.h"

namespace bearproof::schema {

class DynamicAnchors {
 public:
  /// The number of the anchor that a dynamic reference names; nothing where it is a plain one because the subschema
  /// that it means outside of any dynamic scope is no dynamic anchor of that name (bookending).
  std::optional<std::uint32_t> number_of(std::string_view reference, const Location& target);

  /// Every resource that was reached may be in the dynamic scope: each of its dynamic anchors that some reference names
  /// gets a block, and is one of `program.dynamic_anchors`.
  /// @return whether there was one that was not known before
  bool reach(Blocks& blocks, ProgramData& program) const;
  /// Makes plain calls of the dynamic calls that have one possible target, once every block has been reached.
  void settle(Blocks& blocks, ProgramData& program) const;

 private:
  std::vector<std::string> names_;
};

}  // namespace bearproof::schema
