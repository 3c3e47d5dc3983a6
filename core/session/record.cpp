#include "record.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "bearproof/json/document.h"
#include "bearproof/session/revoke.h"

namespace bearproof::session {
namespace {

/// What a session needs in order to be admitted, and the rule that asks for it.
struct Need {
  Member member;
  RuleCase rule;
  bool is_identity;  ///< names the session, its owner or its receipt
  bool is_flag;      ///< has to be true; the others have to hold some text
};
constexpr Need needs[] = {
    {Member::policy_decision_ref, Rule::browser_policy_missing, false, false},
    {Member::owner_ref, Rule::browser_owner_missing, true, false},
    {Member::session_ref, Rule::browser_session_missing, true, false},
    {Member::user_visible, Rule::browser_session_user_visible, false, true},
    {Member::revocable, Rule::browser_session_revocable, false, true},
    {Member::receipt_id, Rule::schema_shape, true, false},
};

/// Where a need stands in receipts of a dialect.
Member member_of(const Need& need, Dialect dialect) {
  return need.member == Member::receipt_id ? members_of(dialect).receipt_id : need.member;
}

/// Whether a finding is of the rule that asks for this need. The receipt's id has no rule of its own.
bool is_of(RuleCase rule_case, const Need& need) {
  return need.member != Member::receipt_id && info_of(rule_case).first == info_of(need.rule).first;
}

/// A reason for each need that is not met and that no finding reports.
void add_unmet_needs(const Receipt& receipt, const report::DocumentReport& report, Record& record) {
  for (const Need& need : needs) {
    const Member member = member_of(need, record.dialect);
    if (need.is_flag ? receipt.is_true(member) : !receipt.text(member).empty()) continue;
    const bool is_receipt_id = need.member == Member::receipt_id;
    const bool is_reported = std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& finding) {
      return finding.severity == Severity::error &&
             (is_of(finding.rule_case, need) || (finding.pointer && is_at(*finding.pointer, pointer_to(member))));
    });
    if (is_reported && !is_receipt_id) continue;
    Reason reason = made(need.rule, is_receipt_id ? "the receipt states no id of its own" : "");
    if (is_receipt_id) reason.help.clear();
    reason.severity = Severity::error;
    reason.pointer.emplace();
    reason.refuses = true;
    record.own.add(std::move(reason));
  }
}

/// Whether a finding alone keeps the session from being admitted.
bool refuses_admission(const report::LocatedFinding& finding, Dialect dialect) {
  if (is_undecided(finding.rule_case)) return true;
  if (finding.severity != Severity::error) return false;
  if (finding.pointer && stands_at_need(*finding.pointer, dialect, false)) return true;
  // A member that is missing is reported at the object that lacks it.
  return std::any_of(std::begin(needs), std::end(needs),
                     [&](const Need& need) { return is_of(finding.rule_case, need); });
}

}  // namespace

Standing Record::standing() const {
  if (own.refuses || between.refuses || state.outcome == "denied") return Standing::not_admitted;
  const Severity worst = std::max(own.worst, between.worst);
  return worst >= Severity::warning || state.orphaned ? Standing::needs_attention : Standing::consistent;
}

bool stands_at_need(std::string_view pointer, Dialect dialect, bool identity_only) {
  for (const Need& need : needs) {
    if (identity_only && !need.is_identity) continue;
    if (is_at(pointer, pointer_to(member_of(need, dialect)))) return true;
  }
  return false;
}

Record read_record(Checked& checked) {
  report::DocumentReport report = checked.report();
  const json::Document& document = *checked.document;
  std::unique_ptr<report::Secrets> secrets;
  if (!report.hidden.empty()) {
    secrets = std::make_unique<report::Secrets>(report::Secrets::of(document, report, checked.origin.offset));
  }
  const Receipt receipt(document.root(), checked.dialect, secrets.get());

  Record record;
  record.dialect = checked.dialect;
  record.state = receipt.state();
  record.is_identified = receipt.is_identified();
  record.states_id_twice = document.has_duplicates && states_id_twice(document.root(), checked.dialect);
  record.secrets = std::move(secrets);

  add_unmet_needs(receipt, report, record);
  const bool is_unrecognised = report.verdict == report::Verdict::unrecognised;
  for (report::LocatedFinding& finding : report.findings) {
    const bool refuses = is_unrecognised || refuses_admission(finding, record.dialect);
    if (finding.severity < Severity::notice && !refuses) continue;
    Reason reason = reason_of(finding);
    reason.refuses = refuses;
    record.own.add(std::move(reason));
  }
  record.own.refuses = record.own.refuses || is_unrecognised;
  return record;
}

}  // namespace bearproof::session
