#include "bearproof/narrative/narrative.h"

#include <algorithm>

#include "bearproof/json/canonical.h"
#include "bearproof/report/paint.h"
#include "bearproof/report/visible.h"
#include "bearproof/report/wrap.h"

#include "template.h"
#include "templates.h"

namespace bearproof::narrative {
namespace {

/// What a check adds to the story: a document with errors is no ground to act on.
void add_findings(Narrative& narrative, const report::DocumentReport& report) {
  std::uint64_t errors = 0;
  const report::LocatedFinding* first = nullptr;
  for (const report::LocatedFinding& finding : report.findings) {
    if (finding.severity != Severity::error) continue;
    ++errors;
    if (first == nullptr) first = &finding;
  }
  if (first == nullptr) return;
  narrative.risk.append(narrative.risk.empty() ? "" : " ").append("The document itself has ");
  narrative.risk.append(errors == 1 ? "an error" : std::to_string(errors) + " errors").append(": do not rely on it.");
  std::string correct = "Correct the document first: " + report::visible(first->message) + ". ";
  narrative.next.insert(0, correct);
}

void tell_unknown(Narrative& narrative) {
  narrative.severity = Severity::warning;
  if (narrative.verdict == report::Verdict::unreadable) {
    narrative.happened = "The text could not be read.";
    narrative.why = "It is not JSON, or larger than a document may be.";
    narrative.risk = "Nothing is known of what it says.";
  } else if (narrative.verdict == report::Verdict::invalid) {
    narrative.happened = "The document could not be judged.";
    narrative.why = "It broke a limit, or the check itself.";
    narrative.risk = "Nothing is known of what it says.";
  } else {
    narrative.happened = "The document is of no kind that is known here.";
    narrative.why = "Nothing in it names a known kind of contract.";
    narrative.risk = "Nothing of what it says was checked.";
  }
  narrative.next = "Ask who wrote it.";
}

void add(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  out.append("\"").append(name).append("\":");
  json::append_string(out, value);
}

}  // namespace

Narrative tell(const report::DocumentReport& report, const json::Document* document, std::uint64_t offset) {
  Narrative narrative;
  narrative.source = report::visible(report.source);
  narrative.line = report.line;
  narrative.dialect = report.dialect;
  narrative.verdict = report.verdict;
  const Template* row = template_of(report.dialect);
  if (row == nullptr || document == nullptr) {
    tell_unknown(narrative);
    add_findings(narrative, report);
    return narrative;
  }
  const Secrecy secrecy = {report.hidden, offset, !report.may_show_source};
  const json::Value root = document->root();
  narrative.severity = severity_from(fill(row->severity, root, secrecy)).value_or(Severity::info);
  narrative.actor = fill(row->actor, root, secrecy);
  narrative.target = fill(row->target, root, secrecy);
  narrative.policy_rule = fill(row->policy_rule, root, secrecy);
  narrative.outcome = fill(row->outcome, root, secrecy);
  narrative.happened = sentence(row->happened, root, secrecy);
  narrative.why = sentence(row->why, root, secrecy);
  narrative.risk = sentence(row->risk, root, secrecy);
  narrative.next = sentence(row->next, root, secrecy);
  add_findings(narrative, report);
  return narrative;
}

std::string to_json(const std::vector<Narrative>& narratives) {
  std::string out = "[";
  for (const Narrative& narrative : narratives) {
    if (out.size() > 1) out += ',';
    out += '{';
    add(out, "source", narrative.source);
    if (narrative.line) out.append(",\"line\":").append(std::to_string(*narrative.line));
    if (narrative.dialect != Dialect::none) {
      add(out, "kind", info_of(narrative.dialect).kind);
      add(out, "dialect", info_of(narrative.dialect).dialect);
    }
    add(out, "verdict", report::name_of(narrative.verdict));
    add(out, "severity", name_of(narrative.severity));
    add(out, "actor", narrative.actor);
    add(out, "target", narrative.target);
    add(out, "rule", narrative.policy_rule);
    add(out, "outcome", narrative.outcome);
    add(out, "happened", narrative.happened);
    add(out, "why", narrative.why);
    add(out, "risk", narrative.risk);
    add(out, "next", narrative.next);
    out += '}';
  }
  return out + "]";
}

std::string to_text(const Narrative& narrative, const report::TextStyle& style) {
  const report::Paint paint(style.color);
  std::string name = narrative.source;
  if (narrative.line) name.append(":").append(std::to_string(*narrative.line));
  std::string out = paint.severity(narrative.severity, name_of(narrative.severity)) + "  " + paint.bold(name);
  if (narrative.dialect != Dialect::none) {
    out.append("  ").append(paint.dim(std::string(info_of(narrative.dialect).kind)));
  }
  out += '\n';
  const auto part = [&](std::string_view label, std::string_view text) {
    constexpr std::size_t column = 17;
    if (text.empty()) return;
    std::string head(label);
    head.resize(column - 2, ' ');
    out.append("  ").append(paint.help(head));
    report::append_wrapped(out, text, column, style.width);
    out += '\n';
  };
  part("What happened", narrative.happened);
  part("Why", narrative.why);
  part("What remains", narrative.risk);
  part("What to do", narrative.next);
  return out;
}

}  // namespace bearproof::narrative
