// Hashes of JSON values, and whether the items of an array are all different.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::schema {

/// A hash equal for equal values (json::equal_values). The depth of recursion is bounded by `Limits::nesting`.
/// @param scratch  for strings with escapes
std::uint64_t hash_value(json::Value value, std::string& scratch);

/// Finds two equal items of an array; reuses its memory.
class DistinctItems {
 public:
  /// @param steps    lowered by one for every pair compared and every node hashed
  /// @return false once two items are equal (`first`, `again` are their nodes) or steps ran out
  bool distinct(json::Value array, std::int64_t& steps);
  NodeIndex first = 0;
  NodeIndex again = 0;

 private:
  struct Slot {
    std::uint64_t hash;
    NodeIndex node;  ///< 0: empty, for no item is the root
  };
  std::vector<Slot> slots_;
  std::string scratch_;
};

}  // namespace bearproof::schema
