// Prose in lines that fit a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::report {

/// Breaks a text at spaces so that lines fit, in terminal cells. A word that is wider than a line has one of its own.
/// @param text   as `visible` writes it
/// @param first  the column at which the first line starts
/// @param hang   the column at which all others do
/// @param width  of the terminal; 0: unknown, nothing is broken
/// @return at least one line, without margins; the first is empty where its room is too small for a word
std::vector<std::string> wrapped(std::string_view text, std::size_t first, std::size_t hang, std::size_t width);

/// `text` behind what already stands in the last line of `out`, up to `column`; further lines are indented as far.
void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t width);

}  // namespace bearproof::report
