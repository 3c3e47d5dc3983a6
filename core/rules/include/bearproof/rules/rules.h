// What a schema cannot say: the semantic rules, one file per family.
#pragma once

#include <optional>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/schema/instant.h"

namespace bearproof::rules {

struct Context {
  json::Value root;                    ///< an object
  Dialect dialect = Dialect::none;     ///< `none`: of no kind that has rules of its own
  std::optional<schema::Instant> now;  ///< without it, rules about the present don't run
};

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
