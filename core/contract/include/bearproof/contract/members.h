#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/contract/key_map.h"
#include "bearproof/json/document.h"

namespace bearproof::contract {

/// The members of an object whose names are in a KeyMap, found in one pass. Of a name that occurs twice the first
/// counts. This is on the way of every document: it walks the nodes themselves and allocates nothing.
template <std::size_t N>
class Members {
 public:
  static_assert(N <= 32);

  /// @pre object.is_object()
  Members(json::Value object, const KeyMap<N>& keys) : document_(&object.document()) {
    const json::Node* nodes = document_->nodes;
    const char* text = document_->text.data();
    const NodeIndex end = object.next();
    for (NodeIndex at = object.index() + 1; at != end;) {
      const json::Node& key = nodes[at];
      const NodeIndex value = at + 1;
      const json::Node& member = nodes[value];
      at = member.tag() >= json::Node::array ? member.extent : value + 1;
      const int found = key.tag() == json::Node::string ? keys.find(std::string_view(text + key.offset, key.extent))
                                                        : find_escaped(keys, value - 1);
      if (found < 0 || (present_ >> found & 1u) != 0) continue;
      present_ |= 1u << found;
      value_[found] = value;
    }
  }

  /// One bit for each key, in the order of the KeyMap.
  std::uint32_t present() const { return present_; }
  bool has(std::size_t key) const { return (present_ >> key & 1u) != 0; }
  bool has_all(std::uint32_t keys) const { return (present_ & keys) == keys; }

  /// The value of a member; false if there is none.
  json::Value operator[](std::size_t key) const {
    return has(key) ? json::Value(document_, value_[key]) : json::Value();
  }

 private:
  int find_escaped(const KeyMap<N>& keys, NodeIndex key) const {
    std::string scratch;
    return keys.find(json::Value(document_, key).string(scratch));
  }

  const json::Document* document_;
  std::uint32_t present_ = 0;
  NodeIndex value_[N];  ///< meaningful where present_ says so
};

}  // namespace bearproof::contract
