// ECMA-262's grammar of patterns: with the `u` flag, or Annex B's without it.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "bearproof/regex/regex.h"

#include "ast.h"

namespace bearproof::regex {

enum class Grammar : std::uint8_t { unicode, annex_b };

struct Parsed {
  Ast ast;
  /// Where the first back-reference stands, if there is one. The tree holds nothing in its place.
  std::optional<std::uint32_t> back_reference;
};

struct ParseLimits {
  std::uint64_t nodes = 0;   ///< of the tree
  std::uint64_t ranges = 0;  ///< of all character classes together, as they are written
  bool only_syntax = false;  ///< build no tree, keep no sets: nothing but groups nested too deeply is too large
};

std::expected<Parsed, Error> parse(std::string_view pattern, Grammar grammar, const ParseLimits& limits);

}  // namespace bearproof::regex
