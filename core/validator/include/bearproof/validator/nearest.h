#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bearproof {

/// The candidate that a mistyped word was most likely meant to be: the one that the fewest insertions, deletions,
/// replacements and swaps of neighbours turn it into; the first of equals.
/// @return nothing where even the nearest shares too little with the word
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

/// ` (did you mean "X"?)`, or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace bearproof
