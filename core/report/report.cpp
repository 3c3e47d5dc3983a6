#include "bearproof/report/report.h"

namespace bearproof::report {

std::string_view name_of(Verdict verdict) {
  constexpr std::string_view names[verdict_count] = {"unreadable", "invalid", "unrecognised", "valid"};
  return names[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of(bool readable, bool has_error, bool recognised) {
  if (!readable) return Verdict::unreadable;
  if (has_error) return Verdict::invalid;
  return recognised ? Verdict::valid : Verdict::unrecognised;
}

LocatedFinding finding_of(RuleCase rule_case) {
  const RuleInfo& info = info_of(rule_case);
  LocatedFinding finding;
  finding.rule_case = rule_case;
  finding.severity = info.severity;
  finding.message = info.message;
  finding.help = info.help;
  return finding;
}

void Summary::count(const DocumentReport& document) {
  count_clean(document.verdict);
  count(document.findings);
}

void Summary::count(const std::vector<LocatedFinding>& collection) {
  for (const LocatedFinding& finding : collection) ++severities[static_cast<std::size_t>(finding.severity)];
}

void Summary::add(const Summary& other) {
  documents += other.documents;
  for (std::size_t i = 0; i < verdict_count; ++i) verdicts[i] += other.verdicts[i];
  for (std::size_t i = 0; i < severity_names.size(); ++i) severities[i] += other.severities[i];
}

std::string_view version() { return BEARPROOF_VERSION; }

}  // namespace bearproof::report
