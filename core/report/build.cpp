#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/pointer.h"
#include "bearproof/report/quoter.h"
#include "bearproof/report/redact.h"
#include "bearproof/report/report.h"
#include "bearproof/rules/rules.h"

namespace bearproof::report {
namespace {

/// Byte offsets within the subject's text.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

RuleCase rule_of(RuleCase rule_case) { return info_of(rule_case).first; }

/// Drops the findings whose fault another finding tells better. What is dropped still silences others.
void supersede(std::vector<Finding>& findings, const FindingSink& sink) {
  std::vector<bool> silenced(findings.size());
  std::vector<const Finding*> winners;
  for (const Supersession& pair : supersessions()) {
    winners.clear();
    for (const Finding& finding : findings) {
      if (rule_of(finding.rule_case) == rule_of(pair.winner)) winners.push_back(&finding);
    }
    if (winners.empty()) continue;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const Finding& loser = findings[i];
      if (rule_of(loser.rule_case) != rule_of(pair.loser)) continue;
      silenced[i] = silenced[i] || std::any_of(winners.begin(), winners.end(), [&](const Finding* winner) {
                      return sink.severity(winner->rule_case) >= sink.severity(loser.rule_case) &&
                             (!pair.same_place || winner->place == loser.place);
                    });
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (silenced[i]) continue;
    if (kept != i) findings[kept] = std::move(findings[i]);
    ++kept;
  }
  findings.resize(kept);
}

/// Places in bytes, and the positions of all of them in one ascending walk.
class Places {
 public:
  explicit Places(const Subject& subject) : subject_(subject) {
    if (subject.document != nullptr) pointers_.emplace(*subject.document);
  }

  Span span(const Place& place) const {
    if (place.part == Place::Part::bytes) return clamp({place.begin, place.end});
    if (subject_.document == nullptr || place.node >= subject_.document->size) return {};
    const json::Value::Span span = json::Value(subject_.document, place.node).span();
    return clamp({span.begin, span.end});
  }

  std::optional<std::string> pointer(const Place& place) {
    if (!pointers_ || place.part == Place::Part::bytes) return std::nullopt;
    return pointers_->of(place.node);
  }

  /// Fills in the ranges. @param wanted  spans, each with where its range belongs
  void locate(const std::vector<std::pair<Span, Range*>>& wanted) const {
    std::vector<std::pair<std::uint64_t, json::Position*>> offsets;
    offsets.reserve(2 * wanted.size());
    for (const auto& [span, range] : wanted) {
      offsets.emplace_back(span.begin, &range->start);
      offsets.emplace_back(span.end, &range->end);
    }
    stable_sort(offsets, [](const auto& a, const auto& b) { return a.first < b.first; });
    json::Locator locator(subject_.text, subject_.origin);
    for (const auto& [offset, position] : offsets) *position = locator.at(offset);
  }

 private:
  Span clamp(Span span) const {
    const std::uint64_t size = subject_.text.size();
    const std::uint64_t begin = std::min(span.begin, size);
    return {begin, std::clamp(span.end, begin, size)};
  }

  const Subject& subject_;
  std::optional<json::Pointers> pointers_;
};

/// The value that a sensitive finding is about: of a key, the member's value.
json::Value sensitive_value(const Subject& subject, const Place& place) {
  const bool has_node = subject.document != nullptr && place.part != Place::Part::bytes;
  if (!has_node || place.node >= subject.document->size) return {};
  return {subject.document, place.part == Place::Part::key ? place.node + 1 : place.node};
}

/// The strings at which findings stand and which repeat a secret or look like one: no message quotes them, so no
/// excerpt shows them.
std::vector<NodeIndex> secret_nodes(const Subject& subject, const std::vector<Finding>& findings,
                                    const Secrets& secrets) {
  std::vector<NodeIndex> nodes;
  if (subject.document == nullptr) return nodes;
  for (const Finding& finding : findings) {
    const bool has_node = finding.place.part != Place::Part::bytes && finding.place.node < subject.document->size;
    if (has_node && !info_of(finding.rule_case).sensitive) nodes.push_back(finding.place.node);
  }
  // Each is looked at once, however many findings stand there.
  stable_sort(nodes, std::less<>());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  std::string scratch;
  std::erase_if(nodes, [&](NodeIndex node) {
    const json::Value value(subject.document, node);
    if (!value.is_string()) return true;
    const std::string_view text = value.string(scratch);
    return !rules::holds_secret(text) && !secrets.has(text);
  });
  return nodes;
}

/// What a finding says, in the catalogue's words where it has none of its own or none of them may be shown.
void put_into_words(LocatedFinding& out, Finding& finding, const Quoter& quoter, bool may_quote) {
  const RuleInfo& info = info_of(finding.rule_case);
  out.message = finding.message.empty() || !may_quote ? std::string(info.message) : quoter.text(finding.message);
  out.help = finding.help.empty() || !may_quote ? std::string(info.help) : quoter.text(finding.help);
  if (!may_quote) return;
  for (std::size_t i = 0; i < out.related.size(); ++i) {
    out.related[i].message = quoter.text(finding.related[i].message);
  }
  if (finding.fix && !quoter.has_secret(*finding.fix)) {
    out.fix = {finding.fix->safety, quoter.text(finding.fix->title), std::move(finding.fix->patch)};
  }
}

LocatedFinding located(Finding& finding, const FindingSink& sink, Places& places, std::string_view source) {
  LocatedFinding out;
  out.rule_case = finding.rule_case;
  out.severity = sink.severity(finding.rule_case);
  out.pointer = places.pointer(finding.place);
  out.range.emplace();
  out.schema = std::move(finding.schema);
  for (Related& related : finding.related) {
    out.related.push_back({std::string(source), places.pointer(related.place).value_or(std::string()), Range{}, {}});
  }
  return out;
}

bool comes_before(const LocatedFinding& a, const LocatedFinding& b) {
  if (a.range->start.offset != b.range->start.offset) return a.range->start.offset < b.range->start.offset;
  const int ids = info_of(a.rule_case).id.compare(info_of(b.rule_case).id);
  if (ids != 0) return ids < 0;
  if (a.range->end.offset != b.range->end.offset) return a.range->end.offset < b.range->end.offset;
  return a.message < b.message;
}

/// One rule at one place with one message is one finding. (The message counts: an object may lack two members.)
bool same(const LocatedFinding& a, const LocatedFinding& b) {
  return rule_of(a.rule_case) == rule_of(b.rule_case) && a.range->start == b.range->start &&
         a.range->end == b.range->end && a.message == b.message;
}

LocatedFinding left_out(std::uint64_t count, const FindingSink& sink) {
  LocatedFinding finding = finding_of(Rule::limit_findings);
  finding.severity = sink.severity(Rule::limit_findings);
  finding.message = count == 1 ? "1 more finding was left out" : std::to_string(count) + " more findings were left out";
  return finding;
}

void hide(DocumentReport& report, std::uint64_t origin, Span span) {
  report.hidden.push_back({origin + span.begin, origin + span.end});
}

}  // namespace

DocumentReport build(const Subject& subject, FindingSink& sink) {
  DocumentReport report;
  report.source = subject.source;
  report.line = subject.line;
  report.dialect = subject.dialect;

  Places places(subject);
  Secrets secrets;
  std::vector<Finding> findings = std::move(sink.findings());
  for (const Finding& finding : findings) {
    if (!info_of(finding.rule_case).sensitive) continue;
    if (const json::Value value = sensitive_value(subject, finding.place)) {
      secrets.add(value);
      hide(report, subject.origin.offset, places.span(Place::value(value.index())));
    } else {
      hide(report, subject.origin.offset, places.span(finding.place));
    }
  }
  for (const NodeIndex node : secret_nodes(subject, findings, secrets)) {
    hide(report, subject.origin.offset, places.span(Place::value(node)));
  }
  stable_sort(report.hidden, [](const auto& a, const auto& b) { return a.begin < b.begin; });
  const auto same_place = [](const auto& a, const auto& b) { return a.begin == b.begin && a.end == b.end; };
  report.hidden.erase(std::unique(report.hidden.begin(), report.hidden.end(), same_place), report.hidden.end());
  supersede(findings, sink);

  const Quoter quoter(subject.document, secrets);
  report.findings.reserve(findings.size() + 1);
  for (Finding& finding : findings) {
    LocatedFinding& out = report.findings.emplace_back(located(finding, sink, places, subject.source));
    put_into_words(out, finding, quoter, !secrets.too_many());
  }
  // The vector has its final size now, so pointers into it hold.
  std::vector<std::pair<Span, Range*>> wanted;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    LocatedFinding& out = report.findings[i];
    wanted.emplace_back(places.span(findings[i].place), &*out.range);
    for (std::size_t j = 0; j < out.related.size(); ++j) {
      wanted.emplace_back(places.span(findings[i].related[j].place), &*out.related[j].range);
    }
  }
  places.locate(wanted);

  stable_sort(report.findings, comes_before);
  report.findings.erase(std::unique(report.findings.begin(), report.findings.end(), same), report.findings.end());

  bool has_error = sink.worst_dropped() == Severity::error;
  for (const LocatedFinding& finding : report.findings) has_error = has_error || finding.severity == Severity::error;
  if (sink.dropped() != 0) {
    report.may_show_source = false;
    const Severity severity = sink.severity(Rule::limit_findings);
    // Listed whatever the level: that findings are missing is never passed over in silence.
    if (severity != Severity::off) report.findings.push_back(left_out(sink.dropped(), sink));
    has_error = has_error || severity == Severity::error;
  }
  report.verdict = verdict_of(subject.document != nullptr, has_error, subject.checked);
  return report;
}

}  // namespace bearproof::report
