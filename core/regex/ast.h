// What a pattern means, as a tree in one vector. Groups leave no trace: without back-references nothing can ask what a
// group has captured, and whether a quantifier is lazy cannot change whether there is a match.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "char_set.h"

namespace bearproof::regex {

using NodeId = std::uint32_t;

inline constexpr std::uint32_t unbounded = 0xFFFFFFFF;

struct Node {
  enum Kind : std::uint8_t {
    empty,
    set,          ///< one code point out of sets[first]
    concat,       ///< children[first, first + count)
    alternate,    ///< the same
    repeat,       ///< children[first], min to max times; max may be `unbounded`
    start,        ///< ^
    end,          ///< $
    boundary,     ///< \b
    no_boundary,  ///< \B
    look,         ///< children[first] must match here, ahead or behind, or must not
  };
  Kind kind = empty;
  bool behind = false;
  bool negative = false;
  bool consumes = false;  ///< some way through it consumes text
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
};

struct Ast {
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  std::vector<CharSet> sets;
  NodeId root = 0;

  std::uint64_t ranges = 0;  ///< in all sets together
  bool discard = false;      ///< only the grammar is asked: keep nothing but one empty node

  NodeId add(Node node) {
    if (discard && !nodes.empty()) return 0;
    nodes.push_back(discard ? Node{} : node);
    return static_cast<NodeId>(nodes.size() - 1);
  }
  NodeId add_list(Node::Kind kind, const std::vector<NodeId>& list);
  /// `node` with one child.
  NodeId add_parent(Node node, NodeId child);
  NodeId add_set(CharSet set);
  const NodeId* begin(const Node& node) const { return children.data() + node.first; }
  const NodeId* end(const Node& node) const { return children.data() + node.first + node.count; }
  const Node& child(const Node& node) const { return nodes[children[node.first]]; }

 private:
  std::unordered_multimap<std::uint64_t, std::uint32_t> set_index_;
};

}  // namespace bearproof::regex
