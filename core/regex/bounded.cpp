#include <algorithm>

#include "bearproof/regex/regex.h"

#include "parser.h"

namespace bearproof::regex {
namespace {

/// What holds for every text that a node matches.
struct Bounds {
  bool finite = true;   ///< no more than so many characters
  bool starts = false;  ///< it begins where the searched text does
  bool ends = false;    ///< it ends where that does
};

// Groups are nested no deeper than the parser allows, which bounds the depth of this recursion.
Bounds bounds_of(const Ast& ast, const Node& node) {
  Bounds bounds;
  switch (node.kind) {
    case Node::start: bounds.starts = true; break;
    case Node::end: bounds.ends = true; break;
    case Node::concat:
      for (const NodeId* child = ast.begin(node); child != ast.end(node); ++child) {
        const Bounds part = bounds_of(ast, ast.nodes[*child]);
        bounds.finite = bounds.finite && part.finite;
        bounds.starts = bounds.starts || part.starts;
        bounds.ends = bounds.ends || part.ends;
      }
      break;
    case Node::alternate:
      bounds.starts = bounds.ends = true;
      for (const NodeId* child = ast.begin(node); child != ast.end(node); ++child) {
        const Bounds part = bounds_of(ast, ast.nodes[*child]);
        bounds.finite = bounds.finite && part.finite;
        bounds.starts = bounds.starts && part.starts;
        bounds.ends = bounds.ends && part.ends;
      }
      break;
    case Node::repeat: {
      const Bounds part = bounds_of(ast, ast.child(node));
      bounds.finite = node.max == 0 || (part.finite && (node.max != unbounded || !ast.child(node).consumes));
      bounds.starts = node.min > 0 && part.starts;
      bounds.ends = node.min > 0 && part.ends;
      break;
    }
    default: break;  // one character, or a question about a place
  }
  return bounds;
}

}  // namespace

bool is_bounded(std::string_view utf8_pattern) {
  const ParseLimits limits{.nodes = 1'000'000, .ranges = 1'000'000};
  std::expected<Parsed, Error> parsed = parse(utf8_pattern, Grammar::unicode, limits);
  if (!parsed) parsed = parse(utf8_pattern, Grammar::annex_b, limits);
  if (!parsed || parsed->back_reference) return true;
  const Bounds bounds = bounds_of(parsed->ast, parsed->ast.nodes[parsed->ast.root]);
  return bounds.finite && bounds.starts && bounds.ends;
}

}  // namespace bearproof::regex
