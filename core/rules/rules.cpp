#include "bearproof/rules/rules.h"

#include "families.h"
#include "secret.h"

namespace bearproof::rules {

bool holds_secret(std::string_view text) { return !find_secret(text).kind.empty(); }

void run_on_any(const Context& context, FindingSink& sink) { check_document(context, sink); }

void run_of_dialect(const Context& context, FindingSink& sink) {
  if (context.dialect >= Dialect::count || !context.root.is_object()) return;
  switch (context.dialect) {
    case Dialect::browser_receipt_seed:
    case Dialect::browser_receipt_sourceos_v2:
    case Dialect::browser_receipt_bearbrowser_v1:
      check_browser(context, sink);
      if (sink.explaining()) word_browser(context, sink.findings());
      break;
    case Dialect::capability_ledger: check_capability(context, sink); break;
    case Dialect::capability_ledger_shell: check_capability_shell(context, sink); break;
    case Dialect::git_workspace_state: check_git(context, sink); break;
    case Dialect::orphan_event_receipt:
    case Dialect::orphan_event_receipt_sociosphere: check_orphan(context, sink); break;
    case Dialect::runtime_install_receipt: check_install(context, sink); break;
    case Dialect::agent_machine_profile:
    case Dialect::agent_workspace_mount:
    case Dialect::agent_tool_surface:
    case Dialect::agent_machine_fingerprint:
    case Dialect::agent_machine_local_data_plane:
    case Dialect::agent_machine_mount_policy: check_machine(context, sink); break;
    case Dialect::workstation_contract_v0_1:
    case Dialect::workstation_contract_v0_2: check_workstation(context, sink); break;
    case Dialect::bundle_v0_1:
    case Dialect::bundle_v0_2: check_bundle(context, sink); break;
    case Dialect::maipj_run_receipt: check_run_receipt(context, sink); break;
    case Dialect::maipj_trace: check_trace(context, sink); break;
    case Dialect::host_interface_envelope: check_host_interface(context, sink); break;
    case Dialect::event:
    case Dialect::event_legacy: check_event(context, sink); break;
    case Dialect::policy_explanation_registry:
    case Dialect::policy_observation: check_policy(context, sink); break;
    case Dialect::process_provenance: check_process(context, sink); break;
    case Dialect::service:
    case Dialect::launch_manifest: check_service(context, sink); break;
    case Dialect::state_integrity_report:
    case Dialect::repair_plan:
    case Dialect::policy_decision_record:
    case Dialect::policy_decision_record_contracts:
    case Dialect::agent_trust_decision:
    case Dialect::delivery_scorecard:
    case Dialect::lampstand_evidence: check_state(context, sink); break;
    default: break;
  }
}

}  // namespace bearproof::rules
