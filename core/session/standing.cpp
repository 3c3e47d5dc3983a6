#include "standing.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bearproof::session {
namespace {

/// Puts reasons into the lists of a session: what weighs at least as much as a warning, and notes. What is listed
/// already is not listed again.
void list(std::vector<Reason>& all, Session& session) {
  for (Reason& reason : all) {
    const bool is_note = reason.severity < Severity::warning && !reason.refuses;
    std::vector<Reason>& into = is_note ? session.notes : session.reasons;
    const bool is_listed = std::any_of(into.begin(), into.end(), [&](const Reason& listed) {
      return listed.rule_case == reason.rule_case && listed.pointer == reason.pointer &&
             (listed.message == reason.message || reason.rule_case == Rule::browser_receipt_repeated);
    });
    if (is_listed) continue;
    if (into.size() == most_reasons) {
      ++session.reasons_left_out;
    } else {
      into.push_back(std::move(reason));
    }
  }
}

}  // namespace

std::vector<std::string> judge(Record& newest, History& history, bool links_left_out, Session& session) {
  const Member status = members_of(newest.dialect).status;
  const std::string state_pointer = status == Member::none ? "" : pointer_to(status);
  const bool is_restored = history.was_revoked && session.phase != Phase::ended;
  const bool is_denied = session.outcome == "denied";
  Reasons* const groups[] = {&newest.own, &newest.between, &history.repeated, &history.identity};

  std::vector<Reason> all;
  const auto say = [&](RuleCase rule_case, Severity severity, std::string_view pointer, std::string message = {}) {
    Reason& reason = all.emplace_back(made(rule_case, std::move(message)));
    reason.severity = severity;
    reason.refuses = severity == Severity::error;
    reason.pointer = pointer;
  };
  if (links_left_out) {
    say(Rule::limit_findings, Severity::error, "",
        "more findings between documents than are kept: nobody knows whether one of them concerns this session");
  }
  if (is_restored) {
    say(Rule::browser_receipt_repeated, Severity::error, state_pointer,
        "the session was revoked, and a later record says that it goes on");
  }
  if (is_denied) say(Rule::browser_session_denied, Severity::error, state_pointer);
  for (Reasons* group : groups) {
    for (Reason& reason : group->kept) all.push_back(std::move(reason));
    session.reasons_left_out += group->left_out;
  }
  if (newest.state.orphaned) say(Rule::browser_session_orphaned, Severity::warning, state_pointer);

  const bool refuses =
      links_left_out || is_restored || is_denied ||
      std::any_of(std::begin(groups), std::end(groups), [](const Reasons* group) { return group->refuses; });
  // What concerns an earlier record alone refuses, or does not count.
  const Severity worst = std::max({newest.own.worst, newest.between.worst, history.repeated.worst});
  if (refuses) {
    session.standing = Standing::not_admitted;
  } else if (worst >= Severity::warning || newest.state.orphaned || history.is_refused_before) {
    session.standing = Standing::needs_attention;
    if (history.is_refused_before) say(Rule::browser_session_earlier_refused, Severity::warning, "");
  }
  if (history.was_revoked && session.phase == Phase::ended) session.outcome = "revoked";
  session.records.back().standing = std::max(session.records.back().standing, session.standing);

  put_in_order(all);
  std::vector<std::string> faults;
  for (Reason& reason : all) {
    if (reason.at.source.empty()) reason.at = session.at;
    if (reason.severity == Severity::error && reason.pointer) faults.push_back(*reason.pointer);
  }
  list(all, session);
  return faults;
}

}  // namespace bearproof::session
