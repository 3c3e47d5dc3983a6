// Reading UTF-8 that may be ill-formed: source names and messages can quote any byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bearproof::report {

/// One step through a text: a code point, or a maximal ill-formed sequence.
struct Step {
  char32_t code_point = 0;
  std::size_t size = 0;      ///< bytes, at least 1
  bool well_formed = false;  ///< false: `code_point` is U+FFFD, and stands for the whole sequence
};

/// The step at `at`, with the substitution of maximal subparts (Unicode 3.9). @pre at < text.size()
Step step(std::string_view text, std::size_t at);

/// The text with U+FFFD for each maximal ill-formed sequence.
std::string well_formed(std::string_view text);

/// At most `limit` code points of the text, with "…" where something was cut away.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace bearproof::report
