#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::text {

/// How many insertions, deletions, substitutions and swaps of neighbours turn one text into the other (Damerau and
/// Levenshtein's distance, each place edited once), letters' case making half a difference.
/// @return twice that number, or anything greater than `most` once it cannot be `most` or less. Texts longer than 64
///         bytes are never close.
std::uint32_t edit_distance(std::string_view a, std::string_view b, std::uint32_t most);

/// The distance (as above) at which a name of that length still looks like a misspelling.
std::uint32_t close_enough(std::size_t length);

}  // namespace bearproof::text
