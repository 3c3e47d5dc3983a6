#include "bearproof/rules/rules.h"

#include <array>
#include <cstddef>
#include <initializer_list>

#include "families.h"
#include "references.h"
#include "secret.h"

namespace bearproof::rules {

namespace {

using Family = void (*)(const Context&, FindingSink&);

// A table rather than a switch, so that a module in a browser compiles only the families it meets.
constexpr auto family_of = [] {
  std::array<Family, static_cast<std::size_t>(Dialect::count)> table{};
  const auto set = [&table](Family family, std::initializer_list<Dialect> dialects) {
    for (const Dialect dialect : dialects) table[static_cast<std::size_t>(dialect)] = family;
  };
  using enum Dialect;
  set(check_browser, {browser_receipt_seed, browser_receipt_sourceos_v2, browser_receipt_bearbrowser_v1});
  set(check_browser_record, {browser_policy_action, browser_provenance_event});
  set(check_capability, {capability_ledger});
  set(check_capability_shell, {capability_ledger_shell});
  set(check_git, {git_workspace_state});
  set(check_orphan, {orphan_event_receipt, orphan_event_receipt_sociosphere});
  set(check_install, {runtime_install_receipt});
  set(check_machine, {agent_machine_profile, agent_workspace_mount, agent_tool_surface, agent_machine_fingerprint,
                      agent_machine_local_data_plane, agent_machine_mount_policy});
  set(check_workstation, {workstation_contract_v0_1, workstation_contract_v0_2});
  set(check_bundle, {bundle_v0_1, bundle_v0_2});
  set(check_run_receipt, {maipj_run_receipt});
  set(check_trace, {maipj_trace});
  set(check_host_interface, {host_interface_envelope});
  set(check_event, {event, event_legacy});
  set(check_policy, {policy_explanation_registry, policy_observation});
  set(check_process, {process_provenance});
  set(check_service, {service, launch_manifest});
  set(check_state, {state_integrity_report, repair_plan, policy_decision_record, policy_decision_record_contracts,
                    agent_trust_decision, delivery_scorecard, lampstand_evidence});
  return table;
}();

}  // namespace

bool holds_secret(std::string_view text) { return !find_secret(text).kind.empty(); }

void run_on_any(const Context& context, FindingSink& sink) { check_document(context, sink); }

void run_of_dialect(const Context& context, FindingSink& sink) {
  if (context.dialect >= Dialect::count || !context.root.is_object()) return;
  check_references(context, sink);
  if (sink.done()) return;
  if (const Family check = family_of[static_cast<std::size_t>(context.dialect)]) check(context, sink);
}

}  // namespace bearproof::rules
