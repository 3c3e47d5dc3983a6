#include "bearproof/report/wrap.h"

#include <algorithm>

#include "bearproof/report/visible.h"

namespace bearproof::report {

std::vector<std::string> wrapped(std::string_view text, std::size_t first, std::size_t hang, std::size_t width) {
  if (width == 0) return {std::string(text)};
  std::vector<std::string> lines(1);
  std::size_t column = first;
  bool line_is_new = true;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, space - at);
    const std::size_t length = cells(word);
    const bool fits_nothing = line_is_new && lines.size() == 1 && first > hang && column + length > width;
    if (fits_nothing || (!line_is_new && column + 1 + length > width)) {
      lines.emplace_back();
      column = hang;
      line_is_new = true;
    }
    if (!line_is_new) {
      lines.back() += ' ';
      ++column;
    }
    lines.back() += word;
    column += length;
    line_is_new = false;
    at = space + 1;
  }
  return lines;
}

void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t width) {
  bool is_first = true;
  for (const std::string& line : wrapped(text, column, column, width)) {
    if (!is_first) out.append("\n").append(column, ' ');
    is_first = false;
    out += line;
  }
}

}  // namespace bearproof::report
