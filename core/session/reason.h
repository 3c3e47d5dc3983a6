// Reasons of the session view: findings as a session lists them, with nothing in them that must not be shown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/report/report.h"
#include "bearproof/session/session.h"

namespace bearproof::session {

/// Whether a rule says that a check was not completed: what else there is, nobody knows.
bool is_undecided(RuleCase rule_case);

/// A reason of the catalogue's severity and help. @param message  "": the catalogue's
Reason made(RuleCase rule_case, std::string message = {});

/// A finding as a reason, without its place in a file. Takes its texts.
Reason reason_of(report::LocatedFinding& finding);

/// Names of members may be secrets too: a pointer then ends above them, and the message says no more than the rule.
void guard(Reason& reason);

/// The most important first: what refuses, then errors, then warnings.
void put_in_order(std::vector<Reason>& reasons);

/// A group of reasons. A bounded number is kept; what the others say of standing is not lost.
struct Reasons {
  std::vector<Reason> kept;
  std::uint64_t left_out = 0;
  Severity worst = Severity::off;
  bool refuses = false;

  void add(Reason&& reason);
};

}  // namespace bearproof::session
