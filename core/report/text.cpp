#include "bearproof/report/text.h"

#include <algorithm>
#include <vector>

#include "bearproof/report/paint.h"
#include "bearproof/report/visible.h"
#include "bearproof/report/wrap.h"
#include "bearproof/text/utf8.h"

#include "frame.h"

namespace bearproof::report {
namespace {

constexpr std::size_t frame_width_unknown = 120;
constexpr std::size_t longest_message = 2000;  // code points
constexpr std::size_t indent = 2;
constexpr std::string_view built_in = "urn:bearproof:schema:";

std::string shown(std::string_view text) { return visible(text::shortened(text, longest_message)); }

std::size_t digits_of(std::uint64_t number) { return std::to_string(number).size(); }

/// "1 error", "2 errors"
std::string counted(std::uint64_t count, std::string_view noun) {
  std::string text = std::to_string(count);
  text.append(" ").append(noun);
  if (count != 1) text += 's';
  return text;
}

/// ": 1 valid, 2 invalid"; nothing where there are no documents.
std::string verdicts_of(const Summary& summary, const Paint& paint) {
  std::string out;
  for (const Verdict verdict : {Verdict::valid, Verdict::invalid, Verdict::unrecognised, Verdict::unreadable}) {
    const std::uint64_t count = summary.verdicts[static_cast<std::size_t>(verdict)];
    if (count == 0) continue;
    out += out.empty() ? ": " : ", ";
    out += paint.verdict(verdict, std::to_string(count).append(" ").append(name_of(verdict)));
  }
  return out;
}

/// The verdict's name, as wide as the widest.
std::string verdict_column(Verdict verdict, const Paint& paint) {
  std::string name(name_of(verdict));
  name.resize(name_of(Verdict::unrecognised).size(), ' ');
  return paint.verdict(verdict, name);
}

class DocumentText {
 public:
  DocumentText(const DocumentReport& document, const SourceText& source, const TextStyle& style)
      : document_(document), source_(source), style_(style), paint_(style.color) {}

  std::string run() {
    header();
    for (const LocatedFinding& finding : document_.findings) {
      out_ += '\n';
      write(finding);
      previous_ = &finding;
    }
    if (!document_.findings.empty()) out_ += '\n';
    return std::move(out_);
  }

  /// One finding, without the document's header.
  std::string alone(const LocatedFinding& finding) {
    write(finding);
    return std::move(out_);
  }

 private:
  void header() {
    out_ += verdict_column(document_.verdict, paint_);
    std::string name = visible(document_.source);
    if (document_.line) name.append(":").append(std::to_string(*document_.line));
    out_.append("  ").append(paint_.bold(name));
    if (document_.dialect != Dialect::none) {
      const DialectInfo& info = info_of(document_.dialect);
      std::string kind(info.kind);
      kind.append(" (").append(info.dialect).append(")");
      out_.append("  ").append(paint_.dim(kind));
    }
    out_ += '\n';
  }

  void write(const LocatedFinding& finding) {
    const RuleInfo& info = info_of(finding.rule_case);
    const std::string head = std::string(name_of(finding.severity)).append("[").append(info.id).append("]");
    const std::string message = shown(finding.message);
    const auto lines = wrapped(message, indent + head.size() + 2, indent + 2, style_.width);
    out_.append(indent, ' ').append(paint_.severity(finding.severity, head)).append(":");
    if (!lines[0].empty()) out_.append(" ").append(paint_.bold(lines[0]));
    out_ += '\n';
    for (std::size_t i = 1; i < lines.size(); ++i) {
      out_.append(indent + 2, ' ').append(paint_.bold(lines[i])).append("\n");
    }
    digits_ = 1;
    if (finding.range) digits_ = digits_of(finding.range->start.line);
    for (const LocatedRelated& related : finding.related) {
      if (in_frame(related)) digits_ = std::max(digits_, digits_of(related.range->start.line));
    }
    if (finding.range) place(finding);
    notes(finding);
  }

  bool in_frame(const LocatedRelated& related) const {
    return framed() && related.range && related.source == document_.source;
  }
  /// Findings about one place stand together: its frame is shown once.
  bool has_frame_above(const LocatedFinding& finding) const {
    return previous_ != nullptr && finding.related.empty() && previous_->range &&
           previous_->range->start == finding.range->start && previous_->range->end == finding.range->end;
  }
  bool has_help_above(const LocatedFinding& finding) const {
    return previous_ != nullptr && previous_->rule_case == finding.rule_case && previous_->help == finding.help;
  }
  bool framed() const { return !source_.text.empty() && document_.may_show_source; }

  static std::string location(std::string_view source, const Range& range) {
    return visible(source) + ":" + std::to_string(range.start.line) + ":" + std::to_string(range.start.column);
  }

  void place(const LocatedFinding& finding) {
    out_.append(indent + digits_, ' ').append(paint_.gutter("-->")).append(" ");
    out_ += location(document_.source, *finding.range);
    if (finding.pointer && !finding.pointer->empty()) {
      out_.append(" ").append(paint_.dim("at " + shown(*finding.pointer)));
    }
    out_ += '\n';
    if (!framed() || has_frame_above(finding)) return;
    std::vector<Mark> marks = {{*finding.range, true, ""}};
    for (const LocatedRelated& related : finding.related) {
      if (in_frame(related)) marks.push_back({*related.range, false, shown(related.message)});
    }
    out_.append(indent + digits_, ' ').append(paint_.gutter(" |")).append("\n");
    const std::size_t width = style_.width == 0 ? frame_width_unknown : style_.width;
    out_ += frame(source_, marks, document_.hidden, {paint_, finding.severity, width, indent, digits_});
  }

  void note(std::string_view label, std::string_view text) {
    const std::size_t start = indent + digits_ + 3 + label.size() + 2;
    const auto lines = wrapped(shown(text), start, start, style_.width);
    out_.append(indent + digits_ + 1, ' ').append(paint_.gutter("=")).append(" ");
    out_.append(paint_.help(label)).append(": ").append(lines[0]).append("\n");
    for (std::size_t i = 1; i < lines.size(); ++i) out_.append(start, ' ').append(lines[i]).append("\n");
  }

  void notes(const LocatedFinding& finding) {
    for (const LocatedRelated& related : finding.related) {
      if (in_frame(related)) continue;
      std::string text = related.range ? location(related.source, *related.range) : related.source;
      if (!related.message.empty()) text.append(": ").append(related.message);
      note("see", text);
    }
    if (finding.schema && info_of(finding.rule_case).family == "schema") {
      std::string_view uri = finding.schema->uri;
      if (uri.starts_with(built_in)) uri.remove_prefix(built_in.size());
      note("schema", std::string(uri).append("#").append(finding.schema->pointer));
    }
    if (!finding.help.empty() && !has_help_above(finding)) note("help", finding.help);
    if (finding.fix) note(finding.fix->safety == Fix::Safety::safe ? "fix" : "possible fix", finding.fix->title);
  }

  const DocumentReport& document_;
  const SourceText& source_;
  const TextStyle& style_;
  Paint paint_;
  std::size_t digits_ = 1;
  const LocatedFinding* previous_ = nullptr;
  std::string out_;
};

}  // namespace

std::string document_text(const DocumentReport& document, const SourceText& source, const TextStyle& style) {
  return DocumentText(document, source, style).run();
}

std::string collection_text(const std::vector<LocatedFinding>& findings, const TextStyle& style) {
  std::string out;
  if (findings.empty()) return out;
  out = Paint(style.color).bold("Between documents") + "\n";
  for (const LocatedFinding& finding : findings) {
    DocumentReport place;
    place.source = finding.source;
    out += '\n' + DocumentText(place, {}, style).alone(finding);
  }
  return out + '\n';
}

std::string lines_text(std::string_view source, const Summary& summary, const TextStyle& style) {
  const Paint paint(style.color);
  Verdict worst = Verdict::valid;
  for (std::size_t i = verdict_count; i-- > 0;) {
    if (summary.verdicts[i] != 0) worst = static_cast<Verdict>(i);
  }
  return verdict_column(worst, paint) + "  " + paint.bold(visible(source)) + "  " +
         counted(summary.documents, "document") + verdicts_of(summary, paint) + "\n";
}

std::string summary_text(const Summary& summary, const TextStyle& style) {
  const Paint paint(style.color);
  std::string out = paint.bold(counted(summary.documents, "document"));
  out += verdicts_of(summary, paint);
  const bool is_too_wide = style.width != 0 && summary_text(summary, {}).size() > style.width + 1;
  const std::string_view stop = is_too_wide ? ".\n" : ". ";
  std::string_view separator = stop;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::notice, Severity::info}) {
    const std::uint64_t count = summary.severities[static_cast<std::size_t>(severity)];
    if (count == 0) continue;
    out.append(separator).append(paint.severity(severity, counted(count, name_of(severity))));
    separator = ", ";
  }
  if (separator != stop) return out + ".\n";
  if (summary.documents == 0) return "No documents were checked.\n";
  return out.append(stop) + "No findings.\n";
}

}  // namespace bearproof::report
