#include "frame.h"

#include <algorithm>
#include <string_view>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/report/visible.h"

namespace bearproof::report {
namespace {

constexpr std::string_view ellipsis = "...";
constexpr std::string_view hidden_text = "[hidden]";

/// One shown unit of a source line.
struct Cell {
  std::string text;
  std::size_t width;
  std::uint64_t begin;  ///< offsets in the source text
  std::uint64_t end;
  bool dim;
};

/// The part of a source line near some place: a line may be as long as the whole document.
struct Line {
  std::vector<Cell> cells;
  std::uint64_t begin = 0;  ///< offsets in the source text
  std::uint64_t end = 0;
  bool cut_left = false;
  bool cut_right = false;

  std::size_t width() const {
    std::size_t sum = 0;
    for (const Cell& cell : cells) sum += cell.width;
    return sum;
  }
};

/// A line as it fits the terminal.
struct Shown {
  std::vector<Cell> cells;
  bool whole = true;  ///< nothing was cut away on the left
};

bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }
bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

class Framer {
 public:
  Framer(const SourceText& source, const std::vector<DocumentReport::Hidden>& hidden, const FrameStyle& style)
      : source_(source),
        hidden_(hidden),
        style_(style),
        room_(std::max<std::size_t>(style.width, style.indent + style.digits + 3 + 20) - style.indent - style.digits -
              3),
        reach_(4 * room_ + 64) {}

  std::string run(const std::vector<Mark>& marks);

 private:
  struct Row {
    std::uint64_t number;
    std::uint64_t at;  ///< offset of what the row is about
    std::vector<const Mark*> marks;
  };

  std::uint64_t local(std::uint64_t file_offset) const {
    const std::uint64_t offset = file_offset < source_.offset ? 0 : file_offset - source_.offset;
    return std::min<std::uint64_t>(offset, source_.text.size());
  }
  char byte(std::uint64_t at) const { return source_.text[static_cast<std::size_t>(at)]; }

  Line line_around(std::uint64_t at) const;
  Shown fit(Line line, std::uint64_t mark_begin, std::uint64_t mark_end) const;
  void write_row(std::string& out, const Row& row, const Shown& shown) const;
  void write_underline(std::string& out, const Mark& mark, const Shown& shown) const;
  std::string gutter(std::string_view number) const;

  const SourceText& source_;
  const std::vector<DocumentReport::Hidden>& hidden_;
  const FrameStyle& style_;
  std::size_t room_;     ///< columns for source
  std::uint64_t reach_;  ///< bytes looked at on either side of a place
};

Line Framer::line_around(std::uint64_t at) const {
  const std::uint64_t size = source_.text.size();
  if (at > 0 && at < size && byte(at) == '\n' && byte(at - 1) == '\r') --at;
  Line line;
  line.begin = at;
  while (line.begin > 0 && !is_line_end(byte(line.begin - 1)) && at - line.begin < reach_) --line.begin;
  line.cut_left = line.begin > 0 && !is_line_end(byte(line.begin - 1));
  while (line.cut_left && line.begin < at && is_continuation(byte(line.begin))) ++line.begin;
  line.end = at;
  while (line.end < size && !is_line_end(byte(line.end)) && line.end - at < reach_) ++line.end;
  while (line.end > at && line.end < size && is_continuation(byte(line.end))) --line.end;
  line.cut_right = line.end < size && !is_line_end(byte(line.end));

  const std::string_view text = source_.text.substr(0, static_cast<std::size_t>(line.end));
  auto secret = hidden_.begin();
  for (std::uint64_t here = line.begin; here < line.end;) {
    while (secret != hidden_.end() && (secret->end <= source_.offset || local(secret->end) <= here)) ++secret;
    if (secret != hidden_.end() && local(secret->begin) <= here) {
      const std::uint64_t end = std::min(local(secret->end), line.end);
      line.cells.push_back({std::string(hidden_text), hidden_text.size(), here, end, true});
      here = end;
      continue;
    }
    Glyph next = glyph(text, static_cast<std::size_t>(here));
    line.cells.push_back({std::move(next.text), next.width, here, here + next.size, next.escaped});
    here += next.size;
  }
  return line;
}

/// Cuts a line so that the mark stays in sight.
Shown Framer::fit(Line line, std::uint64_t mark_begin, std::uint64_t mark_end) const {
  const auto ellipsis_at = [](std::uint64_t offset) {
    return Cell{std::string(ellipsis), ellipsis.size(), offset, offset, true};
  };
  Shown shown;
  std::size_t total = line.width();
  if (!line.cut_left && !line.cut_right && total <= room_) {
    shown.cells = std::move(line.cells);
    return shown;
  }
  std::size_t before = 0;  // columns left of the mark
  std::size_t marked = 0;
  for (const Cell& cell : line.cells) {
    if (cell.begin < mark_begin) {
      before += cell.width;
    } else if (cell.begin < mark_end) {
      marked += cell.width;
    }
  }
  const std::size_t inner = room_ - 2 * ellipsis.size();
  std::size_t skip = 0;
  if (line.cut_left || before + std::min(marked, inner) + ellipsis.size() > room_) {
    const std::size_t spare = marked < inner ? inner - marked : 0;
    const std::size_t lead = std::min(before, std::max(spare / 2, std::min<std::size_t>(inner / 4, before)));
    skip = before - lead;
  }
  std::size_t column = 0;
  std::size_t used = 0;
  const bool left = line.cut_left || skip > 0;
  if (left) {
    shown.cells.push_back(ellipsis_at(line.begin));
    shown.whole = false;
    used = ellipsis.size();
  }
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    Cell& cell = line.cells[i];
    const std::size_t from = column;
    column += cell.width;
    if (from < skip) continue;
    const bool rest_fits = !line.cut_right && total - from <= room_ - used;
    if (!rest_fits && used + cell.width > room_ - ellipsis.size()) {
      shown.cells.push_back(ellipsis_at(cell.begin));
      return shown;
    }
    used += cell.width;
    shown.cells.push_back(std::move(cell));
  }
  if (line.cut_right) shown.cells.push_back(ellipsis_at(line.end));
  return shown;
}

std::string Framer::gutter(std::string_view number) const {
  std::string text(style_.indent + style_.digits - std::min(style_.digits, number.size()), ' ');
  text.append(number).append(" |");
  return style_.paint.gutter(text);
}

void Framer::write_underline(std::string& out, const Mark& mark, const Shown& shown) const {
  const std::uint64_t begin = local(mark.range.start.offset);
  std::uint64_t end = local(mark.range.end.offset);
  const bool container = begin < source_.text.size() && (byte(begin) == '{' || byte(begin) == '[');
  const std::uint64_t last = shown.cells.empty() ? begin : shown.cells.back().end;
  const bool overflows = end > last || (!shown.cells.empty() && shown.cells.back().begin == last && end >= last);
  // Of an object that goes on beyond what is shown, its bracket says enough.
  if (container && overflows) end = begin + 1;

  std::size_t column = 0;
  std::size_t length = 0;
  for (const Cell& cell : shown.cells) {
    const bool is_ellipsis = cell.begin == cell.end;
    if (!is_ellipsis && cell.end > begin && cell.begin < end) {
      length += cell.width;
    } else if (cell.begin < begin || (is_ellipsis && length == 0 && cell.begin <= begin)) {
      column += cell.width;
    }
  }
  if (length == 0) length = 1;
  std::string line = mark.primary ? "^" : "-";
  line.append(length - 1, mark.primary ? '~' : '-');
  const std::string label = mark.label.empty() ? std::string() : " " + visible(mark.label);
  out.append(gutter("")).append(1 + column, ' ');
  out += mark.primary ? style_.paint.severity(style_.severity, line + label) : style_.paint.help(line + label);
  out += '\n';
}

void Framer::write_row(std::string& out, const Row& row, const Shown& shown) const {
  out += gutter(std::to_string(row.number));
  std::string text;
  for (const Cell& cell : shown.cells) text += cell.dim ? style_.paint.dim(cell.text) : cell.text;
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (!text.empty()) out.append(" ").append(text);
  out += '\n';
  for (const Mark* mark : row.marks) write_underline(out, *mark, shown);
}

std::string Framer::run(const std::vector<Mark>& marks) {
  std::vector<Row> rows;
  for (const Mark& mark : marks) {
    const auto same =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.number == mark.range.start.line; });
    if (same != rows.end()) {
      same->marks.push_back(&mark);
    } else {
      rows.push_back({mark.range.start.line, local(mark.range.start.offset), {&mark}});
    }
  }
  const Row primary = rows.front();
  const Line primary_line = line_around(primary.at);
  const std::uint64_t previous = primary.number - 1;
  const bool known = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.number == previous; });
  if (!known && previous > 0 && !primary_line.cut_left && primary_line.begin > 0) {
    // The end of the line before: one byte back, or two over CRLF.
    std::uint64_t end = primary_line.begin - 1;
    if (end > 0 && byte(end) == '\n' && byte(end - 1) == '\r') --end;
    const Line line = line_around(end);
    const std::string_view content =
        source_.text.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin));
    const bool blank = content.find_first_not_of(" \t") == std::string_view::npos;
    if (!blank && !line.cut_left) rows.push_back({previous, line.begin, {}});
  }
  stable_sort(rows, [](const Row& a, const Row& b) { return a.number < b.number; });

  std::string out;
  const Row* before = nullptr;
  for (const Row& row : rows) {
    const Line line = line_around(row.at);
    Shown shown;
    if (row.marks.empty()) {
      shown = fit(line, line.begin, line.begin);
    } else {
      const Mark& mark = *row.marks.front();
      shown = fit(line, local(mark.range.start.offset), std::max(local(mark.range.end.offset), row.at + 1));
    }
    if (before != nullptr && row.number > before->number + 1) {
      out.append(style_.indent, ' ').append(style_.paint.gutter(ellipsis)).append("\n");
    }
    write_row(out, row, shown);
    before = &row;
  }
  return out;
}

}  // namespace

std::string frame(const SourceText& source, const std::vector<Mark>& marks,
                  const std::vector<DocumentReport::Hidden>& hidden, const FrameStyle& style) {
  return Framer(source, hidden, style).run(marks);
}

}  // namespace bearproof::report
