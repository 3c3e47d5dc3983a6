// What a schema cannot say: the semantic rules, one file per family.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/schema/instant.h"

namespace bearproof::rules {

/// How long a session may be active: what BearBrowser's contract allows, and the most that may be asked for (a year).
inline constexpr std::uint32_t default_ttl_minutes = 120;
inline constexpr std::uint32_t most_ttl_minutes = 525'600;

struct Context {
  json::Value root;                    ///< an object
  Dialect dialect = Dialect::none;     ///< `none`: of no kind that has rules of its own
  std::optional<schema::Instant> now;  ///< without it, rules about the present don't run
  std::uint32_t ttl_minutes = default_ttl_minutes;
  bool is_record = false;  ///< one of a log, where a later one may say more: rules about the present don't run
};

/// What is said of a session that was active for longer than allowed.
Message describe_lifetime(std::int64_t nanoseconds, std::uint32_t ttl_minutes);
/// Whether a session that started so long ago has been active for longer than allowed.
bool is_beyond(std::int64_t nanoseconds, std::uint32_t ttl_minutes);

/// Runs the rules that hold for every document, of whatever kind: families `doc` and `format`. They find the secrets
/// that no other finding may quote, so they come before anything that could fill the list of findings.
void run_on_any(const Context& context, FindingSink& sink);

/// Runs the rules of the document's dialect.
void run_of_dialect(const Context& context, FindingSink& sink);

/// Whether a string holds the shape of a secret: nothing may quote it.
bool holds_secret(std::string_view text);

/// How much an event matters: 0 trace, 1 debug, 2 info, 3 notice, 4 warning, 5 error, 6 critical; -1 for anything else.
/// (sourceos-syncd README)
int loudness(std::string_view severity);
/// The same of a document's value, which may be absent, or no string.
int loudness(json::Value severity);

}  // namespace bearproof::rules
