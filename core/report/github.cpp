#include "bearproof/report/github.h"

#include "bearproof/report/address.h"
#include "bearproof/report/visible.h"
#include "bearproof/text/hex.h"

namespace bearproof::report {
namespace {

/// What the runner unescapes: in a message `%`, CR and LF, in a property ':' and ',' too.
std::string escaped(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','))) {
      text::append_percent_encoded(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "notice";
}

void write(std::string& out, std::string_view source, const LocatedFinding& finding, std::string_view folder) {
  out.append("::").append(command_of(finding.severity)).append(" ");
  // The runner resolves the name as a file's: only well-formed names can be shown where they belong.
  if (!source.empty()) {
    out.append("file=").append(escaped(visible(relative_path(source, folder)), true)).append(",");
  }
  if (finding.range) {
    const auto number = [&](std::string_view name, std::uint64_t value) {
      out.append(name).append("=").append(std::to_string(value)).append(",");
    };
    number("line", finding.range->start.line);
    // Columns are only understood within one line.
    if (finding.range->start.line == finding.range->end.line) {
      number("col", finding.range->start.column);
      number("endColumn", finding.range->end.column);
    }
    number("endLine", finding.range->end.line);
  }
  out.append("title=").append(escaped(info_of(finding.rule_case).id, true)).append("::");
  out.append(escaped(told(finding), false)).append("\n");
}

}  // namespace

std::string github_commands(const DocumentReport& document, std::string_view folder) {
  std::string out;
  for (const LocatedFinding& finding : document.findings) write(out, document.source, finding, folder);
  return out;
}

std::string github_commands(const std::vector<LocatedFinding>& collection, std::string_view folder) {
  std::string out;
  for (const LocatedFinding& finding : collection) write(out, finding.source, finding, folder);
  return out;
}

}  // namespace bearproof::report
