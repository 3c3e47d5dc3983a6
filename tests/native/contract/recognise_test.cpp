#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/reader.h"

#include "files.h"

namespace bearproof {
namespace {

/// What recognition says of a text: the dialect, and the findings it raised.
struct Recognised {
  Dialect dialect = Dialect::none;
  std::vector<Finding> findings;
  bool decided = false;  ///< what a deciding sink learnt
};

Recognised recognise(std::string_view text) {
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  Recognised result;
  if (document == nullptr) return result;
  FindingSink deciding(severities.data(), Severity::info, false, 1000);
  result.dialect = contract::recognise(document->root(), deciding);
  result.decided = deciding.hit();
  FindingSink explaining(severities.data(), Severity::info, true, 1000);
  EXPECT_EQ(contract::recognise(document->root(), explaining), result.dialect);
  result.findings = explaining.findings();
  EXPECT_EQ(result.decided, !result.findings.empty()) << "deciding and explaining agree";
  return result;
}

std::string_view only_rule(const Recognised& result) {
  if (result.findings.size() != 1) return "not exactly one finding";
  return info_of(result.findings[0].rule_case).id;
}

struct Row {
  Dialect dialect;
  const char* text;
};

// One document for each row of the table, with no more than the row asks for.
const Row rows[] = {
    {Dialect::workstation_contract_v0_1,
     R"({"api_version":"workstation-contracts.socios.io/v0.1","kind":"WorkstationContract"})"},
    {Dialect::workstation_contract_v0_2,
     R"({"kind":"WorkstationContract","api_version":"workstation-contracts.socios.io/v0.2"})"},
    {Dialect::agent_passport, R"({"kind":"AgentPassport"})"},
    {Dialect::ipc_envelope, R"({"v":"ipc.v0","id":"m-000001","type":"hello"})"},
    {Dialect::ipc_run_receipt, R"({"v":"run-receipt.v0"})"},
    {Dialect::host_interface_envelope, R"({"schemaVersion":"host-interfaces/envelope/v1"})"},
    {Dialect::workspace_operation, R"({"schemaVersion":"workspace-ops/file-conflict/v1"})"},
    {Dialect::browser_receipt_bearbrowser_v1, R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1"})"},
    {Dialect::browser_policy_decision, R"({"schemaVersion":"bearbrowser.policy_decision.v1"})"},
    {Dialect::browser_policy_action, R"({"schemaVersion":"bearbrowser.policy_action.v1"})"},
    {Dialect::browser_provenance_event, R"({"schemaVersion":"bearbrowser.provenance.v1"})"},
    {Dialect::browser_receipt_sourceos_v2, R"({"type":"BrowserAutomationReceipt","capabilityLedgerRef":1})"},
    {Dialect::browser_receipt_sourceos_v2, R"({"type":"BrowserAutomationReceipt","startedAt":1})"},
    {Dialect::browser_receipt_sourceos_v2, R"({"terminalState":1,"type":"BrowserAutomationReceipt"})"},
    {Dialect::browser_receipt_sourceos_v2, R"({"type":"BrowserAutomationReceipt","controlledScope":null})"},
    {Dialect::browser_receipt_sourceos_v2, R"({"type":"BrowserAutomationReceipt","causalRefs":[]})"},
    {Dialect::browser_receipt_seed, R"({"type":"BrowserAutomationReceipt"})"},
    {Dialect::capability_ledger, R"({"type":"CapabilityLedger"})"},
    {Dialect::git_workspace_state, R"({"type":"GitWorkspaceState"})"},
    {Dialect::orphan_event_receipt, R"({"type":"OrphanEventReceipt"})"},
    {Dialect::runtime_install_receipt, R"({"type":"RuntimeInstallReceipt"})"},
    {Dialect::quarantine_receipt, R"({"type":"QuarantineReceipt"})"},
    {Dialect::policy_decision, R"({"type":"PolicyDecision"})"},
    {Dialect::agent_session, R"({"type":"AgentSession"})"},
    {Dialect::session_receipt, R"({"type":"SessionReceipt"})"},
    {Dialect::event_envelope, R"({"type":"EventEnvelope"})"},
    {Dialect::agent_machine_local_data_plane, R"({"type":"AgentMachineLocalDataPlane"})"},
    {Dialect::agent_machine_mount_policy, R"({"type":"AgentMachineMountPolicy"})"},
    {Dialect::agent_machine_profile, R"({"type":"AgentMachineProfile"})"},
    {Dialect::agent_workspace_mount, R"({"type":"AgentWorkspaceMount"})"},
    {Dialect::agent_tool_surface, R"({"type":"AgentToolSurface"})"},
    {Dialect::agent_machine_fingerprint, R"({"type":"AgentMachineFingerprint"})"},
    {Dialect::bundle_v0_1, R"({"apiVersion":"agentplane.socioprophet.org/v0.1","kind":"Bundle"})"},
    {Dialect::bundle_v0_2, R"({"apiVersion":"agentplane.socioprophet.org/v0.2","kind":"Bundle"})"},
    {Dialect::validation_artifact, R"({"kind":"ValidationArtifact"})"},
    {Dialect::placement_decision, R"({"kind":"PlacementDecision"})"},
    {Dialect::placement_receipt, R"({"kind":"PlacementReceipt"})"},
    {Dialect::run_artifact, R"({"kind":"RunArtifact"})"},
    {Dialect::replay_artifact, R"({"kind":"ReplayArtifact"})"},
    {Dialect::promotion_artifact, R"({"kind":"PromotionArtifact"})"},
    {Dialect::reversal_artifact, R"({"kind":"ReversalArtifact"})"},
    {Dialect::session_artifact, R"({"kind":"SessionArtifact"})"},
    {Dialect::timeout_artifact, R"({"kind":"TimeoutArtifact"})"},
    {Dialect::control_gate_artifact, R"({"kind":"ControlGateArtifact"})"},
    {Dialect::agent_machine_mount_evidence, R"({"kind":"AgentMachineMountEvidence"})"},
    {Dialect::office_artifact_evidence, R"({"kind":"OfficeArtifactEvidence"})"},
    {Dialect::maipj_run_receipt, R"({"receipt_id":"rpt_1","trace_id":"1","energy_j":{}})"},
    {Dialect::maipj_trace, R"({"trace_id":"1","events":[{"event_type":"run.started","producer":"p","ts":"t"}]})"},
    {Dialect::event, R"({"schema_version":"sourceos.event.v0.1"})"},
    {Dialect::process_provenance, R"({"schema_version":"sourceos.process-provenance.v0.1"})"},
    {Dialect::service, R"({"schema_version":"sourceos.service.v0.1"})"},
    {Dialect::capability, R"({"schema_version":"sourceos.capability.v0.1"})"},
    {Dialect::launch_manifest, R"({"schema_version":"sourceos.launch_manifest.v0.1"})"},
    {Dialect::incident, R"({"schema_version":"sourceos.incident.v0.1"})"},
    {Dialect::policy_explanation_registry, R"({"schema_version":"sourceos.policy-explanation-registry.v0.1"})"},
    {Dialect::policy_observation, R"({"schema_version":"sourceos.policy-observation.v0.1"})"},
    {Dialect::state_integrity_report, R"({"schema":"sourceos.state-integrity-report/v1alpha1"})"},
    {Dialect::repair_plan, R"({"schema":"sourceos.repair-plan/v1alpha1"})"},
    {Dialect::policy_decision_record, R"({"schema":"sourceos.policy-decision/v1alpha1"})"},
    {Dialect::agent_trust_decision, R"({"schema":"sourceos.agent-trust-decision/v1alpha1"})"},
    {Dialect::delivery_scorecard, R"({"schema":"sourceos.delivery-scorecard/v1alpha1"})"},
    {Dialect::lampstand_evidence, R"({"schema":"sourceos.lampstand-evidence/v1alpha1"})"},
    {Dialect::policy_decision_record_contracts, R"({"schema":"sourceos.policy-decision/v1alpha1","effect":"allow"})"},
    {Dialect::policy_decision_record,
     R"({"schema":"sourceos.policy-decision/v1alpha1","effect":1,"status":"allowed"})"},
    {Dialect::capability_ledger_shell,
     R"({"capabilityId":"c","state":"enabled","owner":"ui","timestamp":"2026-05-06T04:31:00Z"})"},
    {Dialect::orphan_event_receipt_sociosphere,
     R"({"receipt_id":"r","event_id":"e","status":"quarantined","ttl_seconds":300})"},
    {Dialect::orphan_event_receipt_sociosphere,
     R"({"receipt_id":"r","event_id":"e","status":"recovered","ttl_seconds":300})"},
};

TEST(Recognise, KnowsEveryRowOfTheTable) {
  std::array<bool, static_cast<std::size_t>(Dialect::count)> seen{};
  for (const Row& row : rows) {
    const Recognised result = recognise(row.text);
    EXPECT_EQ(result.dialect, row.dialect) << row.text;
    seen[static_cast<std::size_t>(row.dialect)] = true;
    if (info_of(row.dialect).schema.empty()) {
      EXPECT_EQ(only_rule(result), "kind.unchecked") << row.text;
    } else {
      EXPECT_TRUE(result.findings.empty()) << row.text;
    }
  }
  // Told by which schema an event passes, not by its members.
  seen[static_cast<std::size_t>(Dialect::event_legacy)] = true;
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_TRUE(seen[i]) << dialect_table()[i].kind << " has no row here";
}

TEST(Recognise, ReadsEscapedKeysAndValues) {
  EXPECT_EQ(recognise(R"({"t\u0079pe":"Capability\u004cedger"})").dialect, Dialect::capability_ledger);
}

TEST(Recognise, NeedsAnObject) {
  for (const char* text : {"[]", "null", "1", "\"BrowserAutomationReceipt\"", "[{\"type\":\"CapabilityLedger\"}]"}) {
    const Recognised result = recognise(text);
    EXPECT_EQ(result.dialect, Dialect::none);
    EXPECT_EQ(only_rule(result), "parse.root.not-object") << text;
  }
  EXPECT_EQ(recognise("[]").findings[0].message, "expected an object at the top level, found array");
}

TEST(Recognise, NamesTheKeysOfWhatItDoesNotKnow) {
  const Recognised result = recognise(R"({"name":"x","dependencies":{}})");
  EXPECT_EQ(only_rule(result), "kind.unknown");
  EXPECT_EQ(result.findings[0].message, "no known kind of contract; its keys are \"name\", \"dependencies\"");
  EXPECT_EQ(only_rule(recognise("{}")), "kind.unknown");
}

TEST(Recognise, KeysInMessagesAreShortenedAndEscaped) {
  const std::string many =
      R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g\n":1,")" + std::string(99, 'x') + R"(":1,"i":1,"j":1})";
  const Recognised result = recognise(many);
  ASSERT_EQ(only_rule(result), "kind.unknown");
  const std::string& message = result.findings[0].message;
  EXPECT_NE(message.find("\"g\\n\""), std::string::npos) << message;
  EXPECT_NE(message.find(std::string(32, 'x') + "…"), std::string::npos) << message;
  EXPECT_EQ(message.find(std::string(33, 'x')), std::string::npos) << message;
  EXPECT_NE(message.find("and 2 more"), std::string::npos) << message;
}

TEST(Recognise, SuggestsTheDiscriminatorThatWasNearlyMet) {
  EXPECT_EQ(recognise(R"({"type":"BrowserAutomationReciept"})").findings.at(0).help,
            "Did you mean \"type\": \"BrowserAutomationReceipt\"?");
  EXPECT_EQ(recognise(R"({"type":"capabilityledger"})").findings.at(0).help,
            "Did you mean \"type\": \"CapabilityLedger\"?");
  EXPECT_EQ(recognise(R"({"kind":"CapabilityLedger"})").findings.at(0).help,
            "Did you mean \"type\": \"CapabilityLedger\"?");
  EXPECT_EQ(recognise(R"({"api_version":"agentplane.socioprophet.org/v0.1"})").findings.at(0).help,
            "Did you mean \"apiVersion\": \"agentplane.socioprophet.org/v0.1\", with \"kind\": \"Bundle\"?");
  EXPECT_EQ(recognise(R"({"type":"Deployment"})").findings.at(0).help, "") << "the catalogue's help";
}

TEST(Recognise, TwoWholeRowsAreAmbiguous) {
  const char* ambiguous[] = {
      R"({"type":"CapabilityLedger","schema_version":"sourceos.service.v0.1"})",
      R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1","type":"BrowserAutomationReceipt"})",
      R"({"kind":"RunArtifact","type":"PolicyDecision"})",
      R"({"v":"ipc.v0","type":"AgentSession"})",
  };
  for (const char* text : ambiguous) {
    const Recognised result = recognise(text);
    EXPECT_EQ(result.dialect, Dialect::none) << text;
    ASSERT_EQ(only_rule(result), "kind.ambiguous") << text;
    EXPECT_EQ(result.findings[0].related.size(), 1u);
  }
}

TEST(Recognise, KeysAloneAreNotAmbiguous) {
  EXPECT_EQ(recognise(R"({"v":"ipc.v0","type":"invoke"})").dialect, Dialect::ipc_envelope);
  EXPECT_EQ(recognise(R"({"type":"CapabilityLedger","schema_version":"1.0.0"})").dialect, Dialect::capability_ledger);
  EXPECT_EQ(recognise(R"({"type":"CapabilityLedger","capabilityId":1,"state":1,"owner":1,"timestamp":1})").dialect,
            Dialect::capability_ledger);
}

TEST(Recognise, KnownKindsInUnknownVersions) {
  const char* unsupported[] = {
      R"({"api_version":"workstation-contracts.socios.io/v9","kind":"WorkstationContract"})",
      R"({"apiVersion":"agentplane.socioprophet.ai/v1","kind":"Bundle"})",
      R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v2"})",
      R"({"schema_version":"sourceos.event.v9"})",
      R"({"schema_version":"sourceos.launch-manifest.v0.1"})",
      R"({"schema":"sourceos.repair-plan/v2"})",
      R"({"v":"ipc.v1","type":"hello"})",
  };
  for (const char* text : unsupported) {
    const Recognised result = recognise(text);
    EXPECT_EQ(result.dialect, Dialect::none) << text;
    EXPECT_EQ(only_rule(result), "kind.version.unsupported") << text;
  }
  EXPECT_EQ(recognise(R"({"schema_version":"sourceos.event.v9"})").findings.at(0).message,
            "schema_version \"sourceos.event.v9\" is not a supported version; expected sourceos.event.v0.1");
}

TEST(Recognise, OtherPeoplesDocumentsAreUnknownNotUnsupported) {
  const char* foreign[] = {
      R"({"apiVersion":"trust.cert-manager.io/v1alpha1","kind":"Bundle"})",
      R"({"apiVersion":"apps/v1","kind":"Deployment"})",
      R"({"resourceType":"Bundle","type":"searchset"})",
      R"({"schema_version":"sourceos.something-else.v0.1"})",
      R"({"schema":"sourceos.journal-event/v1alpha1"})",
      R"({"v":"2"})",
      R"({"trace_id":"1","events":[]})",
      R"({"receipt_id":"r","event_id":"e","status":"active","ttl_seconds":300})",
  };
  for (const char* text : foreign) EXPECT_EQ(only_rule(recognise(text)), "kind.unknown") << text;
}

TEST(Recognise, EmbeddedMentionsDoNotCount) {
  EXPECT_EQ(only_rule(recognise(R"({"profile":{"type":"AgentMachineProfile"}})")), "kind.unknown");
}

TEST(Recognise, SharedExamplesAreKnown) {
  const auto folder = test::shared_path("upstream-examples");
  if (!folder) GTEST_SKIP() << "skipped: no ../shared beside this checkout";
  for (const std::string& path : test::files_below(*folder, ".json")) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    EXPECT_NE(recognise(*text).dialect, Dialect::none) << path;
  }
}

}  // namespace
}  // namespace bearproof
