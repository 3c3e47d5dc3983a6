// The acceptance sentences of the sourceos-syncd README, each in a test of its name: the required behaviours, the
// release conditions that one document shows, and the verdicts of the project's own documents.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

#include "files.h"
#include "held_texts.h"

namespace bearproof {
namespace {

struct Outcome {
  std::string verdict;
  std::vector<std::string> errors;    ///< ids of the rules, in the order of the document
  std::vector<std::string> warnings;  ///< likewise
};

Outcome check(std::string_view text, Mode mode = Mode::standard) {
  CheckOptions options;
  options.mode = mode;
  Validator validator(options);
  const report::DocumentReport report = validator.check("document", text);
  Outcome outcome;
  outcome.verdict = report::name_of(report.verdict);
  for (const report::LocatedFinding& finding : report.findings) {
    if (finding.severity == Severity::error) outcome.errors.emplace_back(info_of(finding.rule_case).id);
    if (finding.severity == Severity::warning) outcome.warnings.emplace_back(info_of(finding.rule_case).id);
  }
  return outcome;
}

std::string example(std::string_view path) {
  const auto text = test::read_file(test::source_path("schemas/" + std::string(path)));
  EXPECT_TRUE(text) << path;
  return text.value_or("");
}

/// The text with one passage put in the place of another, which must be there.
std::string with(std::string text, std::string_view passage, std::string_view instead) {
  const std::size_t at = text.find(passage);
  EXPECT_NE(at, std::string::npos) << passage << " is not in\n" << text;
  if (at != std::string::npos) text.replace(at, passage.size(), instead);
  return text;
}

using Rules = std::vector<std::string>;

TEST(S004RequiredBehaviours, ExpectedDenialsRenderAsNoticeAndBlockedExpectedNotAsErrors) {
  const std::string event = example("event/examples/refused-lookup.json");
  EXPECT_NE(event.find("\"severity\": \"notice\""), std::string::npos);
  EXPECT_NE(event.find("\"outcome\": \"blocked_expected\""), std::string::npos);
  EXPECT_EQ(check(event).verdict, "valid");
  for (const char* loud : {"warning", "error", "critical"}) {
    const std::string severity = std::string("\"severity\": \"") + loud + "\"";
    EXPECT_EQ(check(with(event, "\"severity\": \"notice\"", severity)).errors, Rules{"event.denial.severity"}) << loud;
  }
  const std::string registry = example("policy/examples/widget-registry.json");
  EXPECT_EQ(check(with(registry, "\"severity\": \"notice\"", "\"severity\": \"error\"")).errors,
            Rules{"policy.registry.expected-severity"});
}

TEST(S004RequiredBehaviours, RepeatedRecordsCollapseIntoOneEventWithCountFirstSeenLastSeenAndEvidenceSamples) {
  const std::string event = example("event/examples/coalesced-lookups.json");
  EXPECT_EQ(check(event).verdict, "valid");
  for (const char* member : {"count", "first_seen", "last_seen"}) {
    const Outcome outcome = check(with(event, std::string("\"") + member + "\":", "\"x\":"));
    EXPECT_EQ(outcome.errors.size() + outcome.warnings.size(), 2U) << member << ": one missing, one unheard of";
  }
  EXPECT_EQ(check(with(event, "\"sample_evidence_refs\"", "\"samples\"")).warnings,
            (Rules{"event.coalesce.samples-missing", "event.legacy.only"}));
  EXPECT_EQ(check(with(event, "\"suppressed_count\": 46", "\"suppressed_count\": 48")).errors,
            Rules{"event.coalesce.counts"});
}

TEST(S004RequiredBehaviours, RedactionPreservesActorTargetClassPolicyRuleAndOutcome) {
  const std::string event = example("event/examples/refused-lookup.json");
  const std::string_view passages[] = {"\"display_name\": \"Weather widget\"",
                                       "\"target_class\": \"privileged_ipc_service\"",
                                       "\"policy_rule\": \"calendar.lookup.requires-entitlement\"",
                                       "\"outcome\": \"blocked_expected\"", "\"display\": \"Calendar service\""};
  for (const std::string_view passage : passages) {
    for (const char* mark : {"<private>", "[redacted]", "***"}) {
      const std::string name(passage.substr(0, passage.find(':')));
      const std::string redacted = name + ": \"" + mark + "\"";
      EXPECT_EQ(check(with(event, passage, redacted)).errors, Rules{"event.redaction.causality-lost"}) << redacted;
    }
  }
}

TEST(S004RequiredBehaviours, NetworkTrustLookupIsExplicitAndPolicyAuthorised) {
  const std::string event = example("event/examples/trust-evaluated-locally.json");
  EXPECT_EQ(check(event).verdict, "valid");
  const std::string looked = with(event, "\"not_attempted\"", "\"succeeded\"");
  EXPECT_EQ(check(looked).warnings, Rules{"event.trust.silent-network"});
  EXPECT_EQ(check(with(looked, "\"local_first\"", "\"local_only\"")).errors, Rules{"event.trust.silent-network"});
  EXPECT_TRUE(check(with(looked, "\"local_first\"", "\"remote_allowed\"")).warnings.empty());
  const std::string process = example("process/examples/agent-in-container.json");
  EXPECT_EQ(check(with(process, "\"blocked_by_policy\"", "\"succeeded\"")).errors, Rules{"provenance.trust.network"});
}

TEST(S004RequiredBehaviours, AnalyticsHardwareAndDeveloperLanesStayOutOfOperatorViews) {
  const std::string event = example("event/examples/dark-wake.json");
  for (const char* lane : {"analytics", "hardware_ui", "developer_diagnostics"}) {
    const std::string quiet = with(event, "\"lane\": \"power\"", std::string("\"lane\": \"") + lane + "\"");
    EXPECT_TRUE(check(quiet).warnings.empty()) << lane;
    const std::string loud = with(quiet, "\"severity\": \"info\"", "\"severity\": \"notice\"");
    EXPECT_EQ(check(loud).warnings, Rules{"event.lane.mixed"}) << lane;
  }
}

TEST(S004RequiredBehaviours, WakeLaunchIdentityParserIncidentAndTelemetryActivityProducesReceipts) {
  std::string event = example("event/examples/dark-wake.json");
  const std::size_t begin = event.find('[', event.find("\"evidence\""));
  const std::size_t end = event.find(']', begin);
  ASSERT_NE(end, std::string::npos);
  event.replace(begin, end - begin + 1, "[]");
  for (const char* activity : {"power.wake", "process.exec"}) {
    const Outcome outcome = check(with(event, "\"power.wake\"", std::string("\"") + activity + "\""));
    EXPECT_EQ(outcome.warnings, Rules{"event.receipt.required"}) << activity;
  }
  for (const char* activity : {"app.identity_mismatch", "parser.worker", "incident.bundle"}) {
    const Outcome outcome = check(with(event, "\"power.wake\"", std::string("\"") + activity + "\""));
    EXPECT_EQ(outcome.warnings, (Rules{"event.legacy.only", "event.receipt.required"})) << activity;
  }
}

TEST(S004Doctrine, RepairPreviewIsNonDestructive) {
  const std::string plan = example("state/examples/replay-and-verify.plan.json");
  EXPECT_EQ(check(plan).verdict, "valid");
  const Outcome outcome = check(with(plan, "\"destructive\": false", "\"destructive\": true"));
  EXPECT_EQ(outcome.verdict, "invalid");
  EXPECT_NE(std::find(outcome.errors.begin(), outcome.errors.end(), "repair.preview.destructive"),
            outcome.errors.end());
}

TEST(S004Doctrine, OperatorNarrativeSaysWhatHappenedWhyWhatRiskRemainsAndWhatToDo) {
  const std::string event = example("event/examples/refused-lookup.json");
  for (const char* member : {"why", "risk", "next_action"}) {
    const Outcome outcome = check(with(event, std::string("\"") + member + "\":", "\"drilldown_refs\": [], \"x\":"));
    EXPECT_EQ(outcome.verdict, "invalid") << member;
    EXPECT_EQ(outcome.errors.front(), "event.narrative.empty") << member;
  }
}

// Whether there is a service manifest at all, and the launch manifest that it names, only a collection shows.

struct Gate {
  const char* example;
  const char* passage;
  const char* instead;
  const char* rule;
};

void fails_gate(const Gate& gate) {
  const std::string manifest = example(std::string("service/examples/") + gate.example + ".service.json");
  EXPECT_EQ(check(manifest, Mode::release).verdict, "valid") << gate.example;
  const std::string failing = with(manifest, gate.passage, gate.instead);
  EXPECT_EQ(check(failing, Mode::release).errors, Rules{gate.rule});
}

Rules errors_between(const std::vector<std::string>& texts) {
  CheckOptions options;
  options.mode = Mode::release;
  Validator validator(options);
  Collection together(options);
  test::HeldTexts held;
  for (const std::string& text : texts) {
    validator.check("document", text, [&](const Checked& checked) { together.add(checked); });
    held.texts.push_back(text);
  }
  Rules errors;
  for (const report::LocatedFinding& finding : together.link(held)) {
    if (finding.severity == Severity::error) errors.emplace_back(info_of(finding.rule_case).id);
  }
  return errors;
}

TEST(S004ReleaseConditions, HasServiceManifest) {
  const auto read = [](const char* name) {
    return test::read_file(test::source_path(std::string("conformance/collection/good/service-and-launch/") + name))
        .value_or("");
  };
  const std::string launch = read("launch.json");
  const std::string service = read("service.json");
  EXPECT_EQ(errors_between({launch, service}), Rules{});
  EXPECT_EQ(errors_between({launch}), Rules{"release.gate.1-manifest"});
  // What says no schema_version is no service manifest.
  const std::string nameless = with(service, "\"schema_version\"", "\"version\"");
  EXPECT_EQ(errors_between({launch, nameless}), Rules{"release.gate.1-manifest"});
}
TEST(S004ReleaseConditions, EmitsEventsOrDocumentsWhyNot) {
  fails_gate({"indexer", "\"emits_events\": true", "\"emits_events\": false", "release.gate.2-events"});
  const std::string manifest = example("service/examples/indexer.service.json");
  const std::string exempt =
      with(with(manifest, "\"emits_events\": true", "\"emits_events\": false"), "\"data_classes\"",
           "\"events_exemption\": \"Its parent reports.\", \"data_classes\"");
  EXPECT_EQ(check(exempt, Mode::release).verdict, "valid");
}
TEST(S004ReleaseConditions, DeclaresRequiredOptionalAndDeniedCapabilities) {
  fails_gate({"indexer", "\"file.documents.read\"", "", "release.gate.3-capabilities"});
}
TEST(S004ReleaseConditions, HasHermeticLaunchManifestIfItIsAnApp) {
  fails_gate({"notes-app", "\"launch/bear-notes.json\"", "null", "release.gate.4-launch"});
}
TEST(S004ReleaseConditions, ProducesIncidentBundleForFiveClassesOfFault) {
  for (const char* fault : {"crashes", "denial-storms", "wake-anomalies", "identity-mismatches", "parser-faults"}) {
    fails_gate({"notes-app", fault, "other", "release.gate.5-incident"});
  }
  fails_gate({"notes-app", "\"incident_bundle\": true", "\"incident_bundle\": false", "release.gate.5-incident"});
}
TEST(S004ReleaseConditions, PerformsNoSilentRemoteTrustLookup) {
  fails_gate({"notes-app", "\"no_silent_remote_trust\": true", "\"no_silent_remote_trust\": false",
              "release.gate.6-remote-trust"});
}
TEST(S004ReleaseConditions, EmitsNoRemoteTelemetryByDefault) {
  fails_gate({"notes-app", "telemetry.emit.remote.default", "network.listen", "release.gate.7-telemetry"});
}
TEST(S004ReleaseConditions, CoalescesRepeatedExpectedDenials) {
  fails_gate({"notes-app", "\"coalesces_expected_denials\": true", "\"coalesces_expected_denials\": \"yes\"",
              "release.gate.8-coalesce"});
}
TEST(S004ReleaseConditions, PreservesPrivacyWhileRetainingCausalStructure) {
  fails_gate({"notes-app", "\"privacy_causal_structure\"", "\"privacy\"", "release.gate.9-privacy"});
}
TEST(S004ReleaseConditions, HasDeliveryExcellenceSignalQualityMetric) {
  fails_gate({"notes-app", "\"bear-notes.signal_quality.v1\"", "\" \"", "release.gate.10-signal"});
}

TEST(S004ReleaseConditions, OutsideReleaseModeAFailingGateIsANotice) {
  const std::string manifest = example("service/examples/notes-app.service.json");
  const Outcome outcome = check(with(manifest, "\"bear-notes.signal_quality.v1\"", "\"\""));
  EXPECT_EQ(outcome.verdict, "valid");
  EXPECT_TRUE(outcome.errors.empty() && outcome.warnings.empty());
}

TEST(S004Documents, GetTheVerdictsThatTheirFoldersName) {
  const auto folder = test::shared_path("upstream-examples/sourceos-syncd/examples");
  if (!folder) GTEST_SKIP() << "skipped: the documents of sourceos-syncd are not beside this checkout";
  int seen = 0;
  for (const std::string& path : test::files_below(*folder, ".json")) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    const Outcome outcome = check(*text);
    EXPECT_EQ(outcome.verdict, path.find("/invalid/") == std::string::npos ? "valid" : "invalid") << path;
    ++seen;
  }
  EXPECT_GE(seen, 12);
}

TEST(S004Documents, TheServiceOfBearBrowserPassesItsReleaseGates) {
  const auto path = test::shared_path("upstream-examples/sourceos-syncd/examples/services/bearbrowser.service.json");
  if (!path) GTEST_SKIP() << "skipped: the documents of sourceos-syncd are not beside this checkout";
  const auto text = test::read_file(*path);
  ASSERT_TRUE(text);
  const Outcome outcome = check(*text, Mode::release);
  EXPECT_EQ(outcome.verdict, "valid");
  EXPECT_TRUE(outcome.warnings.empty());
}

}  // namespace
}  // namespace bearproof
