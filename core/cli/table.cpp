#include "table.h"

#include <algorithm>

#include "bearproof/report/visible.h"

namespace bearproof::cli {

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += row[i];
      if (i + 1 < row.size()) out.append(widths[i] - row[i].size() + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

std::string paragraph(std::string_view text, std::string_view margin, std::size_t width) {
  std::string out(margin);
  std::size_t column = margin.size();
  bool fresh = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const std::size_t length = report::cells(word);
    if (!fresh && column + 1 + length > width) {
      out.append("\n").append(margin);
      column = margin.size();
      fresh = true;
    }
    if (!word.empty()) {
      if (!fresh) {
        out += ' ';
        ++column;
      }
      out += word;
      column += length;
      fresh = false;
    }
    if (end < text.size() && text[end] == '\n') {
      out.append("\n").append(margin);
      column = margin.size();
      fresh = true;
    }
    at = end + 1;
  }
  return out + '\n';
}

}  // namespace bearproof::cli
