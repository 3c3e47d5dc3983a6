#include "references.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/urn.h"

#include "deceptive.h"

namespace bearproof::rules {
namespace {

struct Reference {
  Dialect dialect;
  std::string_view what;
  std::string_view member;  ///< of the top level
};

/// Lines of one dialect stand together, in the order of the enum.
constexpr Reference references[] = {
    {Dialect::browser_receipt_sourceos_v2, "ledger", "capabilityLedgerRef"},
    {Dialect::capability_ledger, "session", "sessionRef"},
    {Dialect::capability_ledger, "policy decision", "policyDecisionRef"},
    {Dialect::capability_ledger_shell, "policy decision", "policyDecisionRef"},
    {Dialect::git_workspace_state, "session", "sessionRef"},
    {Dialect::git_workspace_state, "ledger", "capabilityLedgerRef"},
    {Dialect::git_workspace_state, "policy decision", "policyDecisionRef"},
    {Dialect::orphan_event_receipt, "policy decision", "policyDecisionRef"},
    {Dialect::runtime_install_receipt, "session", "sessionRef"},
    {Dialect::runtime_install_receipt, "ledger", "capabilityLedgerRef"},
    {Dialect::runtime_install_receipt, "policy decision", "policyDecisionRef"},
    {Dialect::agent_session, "owner", "ownerRef"},
    {Dialect::session_receipt, "session", "sessionRef"},
    {Dialect::session_artifact, "session", "sessionRef"},
};

/// Where the references of each dialect start in the table, and one past the last dialect's.
constexpr auto first_references = [] {
  std::array<std::uint8_t, static_cast<std::size_t>(Dialect::count) + 1> first{};
  for (std::size_t dialect = 0; dialect < first.size(); ++dialect) {
    std::size_t before = 0;
    while (before < std::size(references) && static_cast<std::size_t>(references[before].dialect) < dialect) ++before;
    first[dialect] = static_cast<std::uint8_t>(before);
  }
  return first;
}();

constexpr bool is_in_order() {
  for (std::size_t i = 1; i < std::size(references); ++i) {
    if (references[i].dialect < references[i - 1].dialect) return false;
  }
  return true;
}
static_assert(is_in_order());

Message describe(text::Naming naming, json::Value reference, std::string_view what) {
  const Quotation text = quote(reference);
  switch (naming) {
    case text::Naming::blank: return Message::of(text, " names no ", words(what));
    case text::Naming::template_: return Message::of(text, " is still a template: it names no ", words(what));
    case text::Naming::sample: return Message::of(text, " looks like a sample, not like a ", words(what));
    default: return Message::of(text, " is a placeholder: it names no ", words(what));
  }
}

}  // namespace

void check_reference(json::Value reference, const ReferenceRules& rules, FindingSink& sink) {
  if (!reference || !reference.is_string()) return;
  std::string scratch;
  const std::string_view text = reference.string(scratch);
  const text::Glance seen = text::glance(text);
  if (!seen.latin && rules.is_identifier) check_identifier(reference, rules.is_shown, sink);
  if (seen.may_be_nested && text::nested_urn(text) != 0)
    sink.raise(Rule::format_urn_doubled, Place::value(reference.index()));
  const text::Naming naming = text::judge_reference(text, seen.latin && !seen.may_be_template);
  if (naming == text::Naming::name || text::trimmed(text).empty()) return;
  if (naming == text::Naming::sample && !rules.sample) return;
  Finding* found =
      sink.raise(naming == text::Naming::sample ? *rules.sample : rules.placeholder, Place::value(reference.index()));
  if (found != nullptr) found->message = describe(naming, reference, rules.what);
}

void check_references(const Context& context, FindingSink& sink) {
  const auto dialect = static_cast<std::size_t>(context.dialect);
  for (std::size_t i = first_references[dialect]; i < first_references[dialect + 1]; ++i) {
    const Reference& reference = references[i];
    check_reference(context.root.find(reference.member),
                    {Rule::format_reference_placeholder, std::nullopt, reference.what}, sink);
  }
}

}  // namespace bearproof::rules
