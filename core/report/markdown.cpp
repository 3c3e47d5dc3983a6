#include "bearproof/report/markdown.h"

#include "bearproof/report/address.h"
#include "bearproof/report/text.h"
#include "bearproof/report/visible.h"

namespace bearproof::report {
namespace {

/// Plain text in Markdown: punctuation escaped; what would become a mention, a reference or a link is broken by an
/// empty comment, since sites look for those after the escapes are gone.
std::string plain(std::string_view text) {
  constexpr std::string_view cut = "<!-- -->";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (std::string_view("\\`*_{}[]<>()#+!|~&\"'$-").find(c) != std::string_view::npos) out += '\\';
    out += c;
    const bool is_link = c == ':' && text.substr(i + 1).starts_with("//");
    const bool is_host = c == 'w' && text.substr(i + 1).starts_with('.');
    if (c == '@' || c == '#' || is_link || is_host) out += cut;
  }
  return out;
}

/// Text in a code span inside a table: a pipe would end the cell even there.
std::string code(std::string_view text) {
  if (text.empty()) return {};
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  std::string out = fence + (fence.size() > 1 ? " " : "");
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out + (fence.size() > 1 ? " " : "") + fence;
}

void write_row(std::string& out, std::string_view source, const LocatedFinding& finding) {
  std::string place = visible(source);
  if (finding.range) {
    place.append(":").append(std::to_string(finding.range->start.line));
    place.append(":").append(std::to_string(finding.range->start.column));
  }
  out.append("| ").append(name_of(finding.severity)).append(" | ").append(code(place));
  if (finding.pointer && !finding.pointer->empty()) out.append(" at ").append(code(visible(*finding.pointer)));
  out.append(" | ").append(code(info_of(finding.rule_case).id)).append(" ").append(plain(told(finding)));
  for (const LocatedRelated& related : finding.related) {
    std::string other = visible(related.source);
    if (related.range) other.append(":").append(std::to_string(related.range->start.line));
    out.append(" See ").append(code(other)).append(".");
  }
  out.append(" |\n");
}

}  // namespace

std::string markdown_rows(const DocumentReport& document) {
  std::string out;
  for (const LocatedFinding& finding : document.findings) write_row(out, document.source, finding);
  return out;
}

std::string markdown_rows(const std::vector<LocatedFinding>& collection) {
  std::string out;
  for (const LocatedFinding& finding : collection) write_row(out, finding.source, finding);
  return out;
}

std::string markdown(const Summary& summary, std::string_view rows, std::uint64_t left_out) {
  std::string out = "## Bearproof\n\n" + summary_text(summary, {});
  if (!rows.empty()) {
    out.append("\n| severity | where | what |\n|---|---|---|\n").append(rows);
  }
  if (left_out != 0) out.append("\n").append(std::to_string(left_out)).append(" more findings are not listed here.\n");
  return out;
}

}  // namespace bearproof::report
