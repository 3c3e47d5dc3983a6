#include "bearproof/audit/release.h"

#include <string_view>
#include <utility>

#include "bearproof/catalogue/rules.h"

namespace bearproof::audit {
namespace {

/// Whether a release waits for what was found between documents.
bool holds_back(const report::LocatedFinding& finding) {
  const std::string_view family = info_of(finding.rule_case).family;
  return finding.severity == Severity::error && (family == "identity" || family == "service");
}

/// Gate 1: nothing else could be asked.
report::LocatedFinding no_service() {
  report::LocatedFinding finding = report::finding_of(Rule::release_gate_1_manifest);
  finding.severity = Severity::error;
  return finding;
}

}  // namespace

CheckOptions release_options() {
  CheckOptions options;
  options.mode = Mode::release;
  options.level = Severity::error;
  return options;
}

std::optional<report::DocumentReport> ReleaseCheck::add(Checked& checked) {
  together_.add(checked);
  if (checked.dialect != Dialect::service) return std::nullopt;
  report::DocumentReport service = checked.report();
  ++result_.services;
  if (service.findings.empty()) ++result_.ready;
  result_.summary.count(service);
  return service;
}

ReleaseCheck::Result ReleaseCheck::finish(collection::Texts& texts) {
  Result result = std::move(result_);
  result.findings = together_.link(texts);
  std::erase_if(result.findings, [](const report::LocatedFinding& finding) { return !holds_back(finding); });
  if (result.services == 0) result.findings.push_back(no_service());
  result.summary.count(result.findings);
  return result;
}

}  // namespace bearproof::audit
