#pragma once

#include <cstdint>
#include <vector>

#include "nodes.h"

namespace bearproof::json {

/// Looks for equal keys within the objects of a document.
class DuplicateFinder {
 public:
  /// Marks every object of the document in which a key occurs twice.
  /// @return whether there is any
  bool mark(const Document& document, Node* nodes);

  /// Whether some key occurs twice in an object.
  bool has_duplicates(Value object);

 private:
  bool few(Value object);
  bool many(Value object);

  struct Key {
    std::uint64_t prefix;  ///< first eight bytes, so that most comparisons end here
    Value value;
  };
  std::vector<Key> keys_;
};

}  // namespace bearproof::json
