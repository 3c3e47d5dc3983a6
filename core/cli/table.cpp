#include "table.h"

#include <algorithm>

#include "bearproof/report/wrap.h"

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
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    for (const std::string& line : report::wrapped(text.substr(at, end - at), margin.size(), margin.size(), width)) {
      out.append(line.empty() ? "" : margin).append(line).append("\n");
    }
    at = end + 1;
  }
  return out;
}

}  // namespace bearproof::cli
