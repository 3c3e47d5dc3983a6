#include <utility>

#include "bearproof/bearproof.h"
#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/report/report.h"
#include "bearproof/validator/validator.h"

namespace bearproof::api {
namespace {

Severity severity_of(bearproof::Severity severity) {
  switch (severity) {
    case bearproof::Severity::error: return Severity::error;
    case bearproof::Severity::warning: return Severity::warning;
    case bearproof::Severity::notice: return Severity::notice;
    case bearproof::Severity::info:
    case bearproof::Severity::off: break;
  }
  return Severity::info;
}

Verdict verdict_of(report::Verdict verdict) {
  switch (verdict) {
    case report::Verdict::unreadable: return Verdict::unreadable;
    case report::Verdict::invalid: return Verdict::invalid;
    case report::Verdict::unrecognised: return Verdict::unrecognised;
    case report::Verdict::valid: break;
  }
  return Verdict::valid;
}

Position position_of(const json::Position& position) { return {position.offset, position.line, position.column}; }

Finding finding_of(const report::LocatedFinding& located) {
  Finding finding;
  finding.rule = info_of(located.rule_case).id;
  finding.severity = severity_of(located.severity);
  finding.pointer = located.pointer.value_or("");
  if (located.range) {
    finding.begin = position_of(located.range->start);
    finding.end = position_of(located.range->end);
  }
  finding.message = located.message;
  finding.help = located.help;
  return finding;
}

Document document_of(const report::DocumentReport& checked) {
  Document document;
  document.source = checked.source;
  document.line = checked.line.value_or(0);
  if (checked.dialect != Dialect::none) {
    const DialectInfo& info = info_of(checked.dialect);
    document.kind = info.kind;
    document.dialect = info.dialect;
  }
  document.verdict = verdict_of(checked.verdict);
  for (const report::LocatedFinding& finding : checked.findings) document.findings.push_back(finding_of(finding));
  return document;
}

Report report_of(const report::Report& checked) {
  Report report;
  for (const report::DocumentReport& document : checked.documents) report.documents.push_back(document_of(document));
  report.checked = checked.summary.documents;
  report.errors = checked.summary.severities[static_cast<std::size_t>(bearproof::Severity::error)];
  report.warnings = checked.summary.severities[static_cast<std::size_t>(bearproof::Severity::warning)];
  report.json = report::to_json(checked, false);
  return report;
}

}  // namespace

struct Checker::Impl {
  CheckOptions documents;
  CheckOptions lines;
  std::optional<Validator> document_validator;  ///< made when first needed
  std::optional<Validator> line_validator;

  Impl() { lines.level = bearproof::Severity::warning; }
};

Checker::Checker() : impl_(std::make_unique<Impl>()) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;

std::optional<std::string> Checker::set_options(std::string_view json) {
  auto impl = std::make_unique<Impl>();
  for (CheckOptions* options : {&impl->documents, &impl->lines}) {
    if (std::optional<std::string> message = parse_options(json, *options)) return message;
  }
  impl_ = std::move(impl);
  return std::nullopt;
}

Report Checker::check(std::string_view text, std::string_view source) {
  if (!impl_->document_validator) impl_->document_validator.emplace(impl_->documents);
  Validator& validator = *impl_->document_validator;
  report::Report report = validator.report();
  report.summary.count(report.documents.emplace_back(validator.check(source, text)));
  return report_of(report);
}

Report Checker::check_lines(std::string_view text, std::string_view source) {
  if (!impl_->line_validator) impl_->line_validator.emplace(impl_->lines);
  Validator& validator = *impl_->line_validator;
  report::Report report = validator.report();
  const auto take = [&report](Checked& checked) {
    report.summary.count(report.documents.emplace_back(checked.report()));
  };
  Validator::Lines lines(validator, std::string(source), Validator::Lines::Which::with_findings, take);
  lines.push(text);
  lines.finish();
  report.summary.add(lines.passed_over());
  return report_of(report);
}

std::string_view version() { return report::version(); }
std::string_view ruleset() { return contract::ruleset(); }

}  // namespace bearproof::api
