// What a check is asked to do, and the words in which people and programs ask for it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/report/report.h"
#include "bearproof/rules/rules.h"

namespace bearproof {

namespace schema {
class Program;
}

struct CheckOptions {
  /// Judge every document by this schema alone: no kind is recognised and no rule of a kind runs. Must outlive the
  /// check; nullptr: each document by its kind.
  const schema::Program* schema = nullptr;
  Mode mode = Mode::standard;
  Severity level = Severity::info;
  std::string now;                                         ///< RFC 3339; "": rules about the present don't run
  std::uint32_t ttl_minutes = rules::default_ttl_minutes;  ///< how long a session may be active, where `now` is given
  bool digest = false;                                     ///< add each document's SHA-256
  bool collection = false;  ///< run the rules that need several documents, where the surface can
  std::vector<std::pair<RuleCase, Severity>>
      severities;  ///< overrides, by a rule's first case: they hold for all its cases; of several the last counts
  Limits limits;
};

/// What a report says of these options. The lifetime of sessions is named where it has an effect and is not the
/// default.
/// @param ruleset  see report::ReportOptions; "": the report does not name it
report::ReportOptions report_options(const CheckOptions& options, std::string_view ruleset);

/// The severity of every rule case: the mode's, then the overrides. @param out  has rule_case_count entries
void effective_severities(const CheckOptions& options, std::span<Severity> out);

/// A limit by name.
struct LimitInfo {
  std::string_view name;
  std::uint64_t Limits::* field;
  std::uint64_t value;    ///< the default, and the most that may be set
  std::string_view unit;  ///< "bytes"
  std::string_view what;  ///< what it bounds
};
std::span<const LimitInfo> limit_table();

// Each of these changes nothing and returns what is wrong, or does what is asked and returns nothing.

/// @param level  "error", "warning", "notice" or "info"
std::optional<std::string> set_level(CheckOptions& options, std::string_view level);
/// @param mode  "default", "release" or "strict"
std::optional<std::string> set_mode(CheckOptions& options, std::string_view mode);
/// @param now  an RFC 3339 date-time
std::optional<std::string> set_now(CheckOptions& options, std::string_view now);
/// @param minutes  how long a session may be active: 1 to rules::most_ttl_minutes
std::optional<std::string> set_ttl(CheckOptions& options, std::int64_t minutes);
/// @param level  a severity, or "off". Rules that tell that a document was not judged to the end (limit.*, all but
///               limit.findings, and engine.*) keep theirs: undecided is never valid
std::optional<std::string> set_severity(CheckOptions& options, std::string_view rule, std::string_view level);
/// @param value  at most the default: limits may be lowered, never raised
std::optional<std::string> set_limit(CheckOptions& options, std::string_view name, std::uint64_t value);

/// Options from JSON text, as the JavaScript package and configuration files write them:
/// `{"mode":"strict","level":"warning","now":"…","ttlMinutes":120,"digest":true,"collection":true,"severities":{"rule.id":"off"},"limits":{"nesting":64}}`.
/// Strict: an unknown key, a wrong type or a key given twice is refused, and then `out` is as it was.
/// @return an error message naming the key and what was expected
std::optional<std::string> parse_options(std::string_view json, CheckOptions& out);

}  // namespace bearproof
