// References to decisions, sessions, owners and ledgers: whether they name something, and how their URNs are put
// together.
#pragma once

#include <optional>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/document.h"
#include "bearproof/rules/rules.h"
#include "bearproof/text/placeholder.h"

namespace bearproof::rules {

/// What a reference that names nothing breaks.
struct ReferenceRules {
  RuleCase placeholder;
  std::optional<RuleCase> sample;  ///< none: what looks like a sample is let pass
  std::string_view what;           ///< "policy decision", for messages
  /// Of browser receipts: what is deceptive about the reference is told, too.
  bool is_identifier = false;
  bool is_shown = false;  ///< people read it as a name: check_identifier
};

/// Judges one reference. What is no string or only white space is another rule's business.
void check_reference(json::Value reference, const ReferenceRules& rules, FindingSink& sink);

/// Judges the references of kinds that have no rules of their own for them.
void check_references(const Context& context, FindingSink& sink);

}  // namespace bearproof::rules
