#include "reason.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/rules/rules.h"

namespace bearproof::session {
namespace {

/// Reasons kept of one group.
constexpr std::size_t most_kept = 64;

}  // namespace

bool is_undecided(RuleCase rule_case) {
  const std::string_view family = info_of(rule_case).family;
  return family == "limit" || family == "engine";
}

Reason made(RuleCase rule_case, std::string message) {
  const RuleInfo& info = info_of(rule_case);
  Reason out;
  out.rule_case = rule_case;
  out.severity = info.severity;
  out.message = message.empty() ? std::string(info.message) : std::move(message);
  out.help = info.help;
  return out;
}

Reason reason_of(report::LocatedFinding& finding) {
  Reason out;
  out.rule_case = finding.rule_case;
  out.severity = finding.severity;
  out.message = std::move(finding.message);
  out.help = std::move(finding.help);
  out.pointer = std::move(finding.pointer);
  guard(out);
  return out;
}

void guard(Reason& reason) {
  while (reason.pointer && !reason.pointer->empty() && rules::holds_secret(*reason.pointer)) {
    reason.pointer->resize(reason.pointer->rfind('/'));
    reason.message = info_of(reason.rule_case).message;
  }
}

void put_in_order(std::vector<Reason>& reasons) {
  stable_sort(reasons, [](const Reason& a, const Reason& b) {
    return a.refuses != b.refuses ? a.refuses : a.severity > b.severity;
  });
}

void Reasons::add(Reason&& reason) {
  refuses = refuses || reason.refuses;
  worst = std::max(worst, reason.severity);
  // What refuses stays in sight whatever came before it.
  if (kept.size() < most_kept || (reason.refuses && kept.size() < 2 * most_kept)) {
    kept.push_back(std::move(reason));
  } else {
    ++left_out;
  }
}

}  // namespace bearproof::session
