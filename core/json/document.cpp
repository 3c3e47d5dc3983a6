#include "bearproof/json/document.h"

namespace bearproof::json {

namespace {

/// The last item of an array, the last value of an object. @pre it is not empty
NodeIndex last_child(const Document& document, NodeIndex container) {
  const bool has_keys = document.nodes[container].tag() != Node::array;
  const NodeIndex end = document.nodes[container].extent;
  NodeIndex child = container + 1;
  for (;;) {
    const NodeIndex value = has_keys ? child + 1 : child;
    const NodeIndex next = Value(&document, value).next();
    if (next == end) return value;
    child = next;
  }
}

/// One past the closing bracket that follows `from`, with only white space between them.
std::uint64_t after_bracket(std::string_view text, std::uint64_t from) {
  std::size_t at = static_cast<std::size_t>(from);
  while (text[at] != ']' && text[at] != '}') ++at;
  return at + 1;
}

}  // namespace

Value::Span Value::span() const {
  // Where a container ends is not kept in its node. Between the end of its last scalar descendant and its own end stand
  // only the closing brackets of the containers that end there.
  std::uint32_t brackets = 0;
  NodeIndex at = index_;
  while (document_->nodes[at].tag() >= Node::array) {
    ++brackets;
    if (document_->nodes[at].extent == at + 1) break;
    at = last_child(*document_, at);
  }
  const Node& last = document_->nodes[at];
  const bool is_string = last.tag() == Node::string || last.tag() == Node::escaped_string;
  std::uint64_t end = last.offset;
  end += last.tag() >= Node::array ? 1u : last.extent + (is_string ? 1u : 0u);
  for (; brackets > 0; --brackets) end = after_bracket(document_->text, end);
  return {node().offset - (this->is_string() ? 1u : 0u), end};
}

}  // namespace bearproof::json
