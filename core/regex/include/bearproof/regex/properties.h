// Sets of code points by Unicode property, for rules that are not patterns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bearproof::regex {

struct CodePointRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< inclusive
};

/// The code points that have a property, as sorted, disjoint ranges. Computed anew by each call.
/// @param name   as in `\p{name}` or `\p{name=value}` ("Lu", "Script"), or one of these, which are known only for code
///               points that a domain name's label may hold (RFC 5892) and undefined elsewhere:
///               `:virama` (combining class 9), `:joins-left` (joining type L or D), `:joins-right` (R or D),
///               `:transparent` (T); `:bidi-r-al`, `:bidi-an`, `:bidi-en`, `:bidi-nsm`, `:bidi-neutral` (ES, CS, ET,
///               ON, BN), by bidirectional class
/// @param value  "Greek", or empty
/// @return empty for an unknown name
std::vector<CodePointRange> code_points_with(std::string_view name, std::string_view value = {});

}  // namespace bearproof::regex
