// JSON Pointers (RFC 6901), both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::json {

/// The pointer of a node; for a key's node the pointer of its member's value.
std::string pointer_to(const Document& document, NodeIndex node);

/// The pointers of many nodes of one document: asked for in ascending order, all of them together cost one walk.
class Pointers {
 public:
  explicit Pointers(const Document& document) : document_(&document) {}

  /// The same as pointer_to, until the next call.
  const std::string& of(NodeIndex node);
  /// The array or object that holds the node last asked for, which was not the root.
  Value holder() const { return {document_, steps_.back().holder}; }

 private:
  struct Step {
    NodeIndex holder;
    NodeIndex child;      ///< how far the walk has come in it: an item or a member's name
    std::uint32_t index;  ///< of the child
    std::size_t length;   ///< of the holder's pointer
  };
  const Document* document_;
  std::vector<Step> steps_;
  std::string pointer_;
  std::string scratch_;
};

/// The value that a pointer names; nothing if there is none or the pointer is malformed. Array indexes follow RFC 6901
/// (no leading zeros, no "-").
std::optional<Value> resolve(const Document& document, std::string_view pointer);

/// Appends a reference token, `~` and `/` escaped, with a '/' before it.
void append_token(std::string& pointer, std::string_view token);

}  // namespace bearproof::json
