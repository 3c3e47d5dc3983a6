// The catalogue as JSON, for those who cannot include it: the JavaScript package, `rules --format json`, generators.
#pragma once

#include <string>

namespace bearproof::report {

/// Every rule, in the catalogue's order:
/// `[{"id","family","title","source","sensitive","fixable","gate","cases":[…],"supersedes":["…"]}]`. A case is
/// `{"case","severity","condition","message","help"}`; `case` is absent for a rule's first one, `supersedes` where
/// there is nothing to supersede, `source` and `condition` in builds without the long texts.
std::string rules_json();

/// Every kind, in the catalogue's order: `[{"kind","family","dialects":[{"dialect","title","schema"}]}]`. `schema` is
/// the schema's URI, absent where this build has none.
std::string kinds_json();

/// `{"version","ruleset"}`.
std::string about_json();

}  // namespace bearproof::report
