// The catalogue of rules. Every rule is described once, in core/catalogue/rules/; the names (rule_names.h), this table,
// `explain`, the documentation, SARIF's rule list and the panel's texts are generated from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rule_names.h"
#include "bearproof/finding/finding.h"

namespace bearproof {

/// What the catalogue says of one rule case. All text is static; the long texts are in texts.h.
struct RuleInfo {
  std::string_view id;         ///< "browser.owner.missing"; the same for all cases of a rule
  std::string_view case_name;  ///< "" for the rule's first case, else what sets this case apart: "open"
  std::string_view family;     ///< "browser"
  Severity severity;           ///< default severity of this case
  std::string_view title;      ///< one line
  std::string_view message;    ///< what a finding says when the rule has nothing more precise to say
  std::string_view help;       ///< what to do
  bool sensitive;              ///< the value must never be shown
  bool fixable;                ///< findings may carry a fix
  bool release_gate;           ///< becomes an error in release mode
  RuleCase first;              ///< the rule's first case: cases share it
};

/// The table, indexed by RuleCase.
std::span<const RuleInfo> rule_table();

inline const RuleInfo& info_of(RuleCase rule_case) { return rule_table()[static_cast<std::size_t>(rule_case)]; }

/// All cases of a rule. @param first  its first case
std::vector<RuleCase> cases_of(RuleCase first);

/// The first case of the rule with this id; nothing if there is none.
std::optional<RuleCase> rule_from(std::string_view id);

/// The case written "id" or "id#case" (as `x-bearproof-rule` spells it); nothing if there is none.
std::optional<RuleCase> rule_case_from(std::string_view spelling);

/// "A supersedes B": where both are raised for one document, B is dropped because A already tells the fault. Winner and
/// loser are rules (their first cases): every case of the one silences every case of the other.
struct Supersession {
  RuleCase winner;
  RuleCase loser;
  bool same_place;  ///< only where both stand at the same place of the document
};
std::span<const Supersession> supersessions();

/// Modes of a check (`--mode`).
enum class Mode : std::uint8_t { standard, release, strict };

std::string_view name_of(Mode mode);  ///< "default", "release", "strict"
std::optional<Mode> mode_from(std::string_view name);

/// Severity of every rule case under a mode, before `--severity`: the catalogue's own; strict raises warnings of family
/// `kind` to errors, release raises the release gates to errors.
/// @param out  rule_case_count entries
void effective_severities(Mode mode, std::span<Severity> out);

}  // namespace bearproof
