// What recognition says of texts that the descriptors do not speak of. That it knows each dialect by what its
// descriptor asks for is tested in descriptors_test.cpp.
#include <string>

#include <gtest/gtest.h>

#include "files.h"
#include "recognised.h"

namespace bearproof {
namespace {

using test::only_rule;
using test::recognise;
using test::Recognised;

TEST(Recognise, MembersMayStandInAnyOrderAndBeOfAnyType) {
  EXPECT_EQ(recognise(R"({"kind":"WorkstationContract","api_version":"workstation-contracts.socios.io/v0.2"})").dialect,
            Dialect::workstation_contract_v0_2);
  EXPECT_EQ(recognise(R"({"terminalState":1,"type":"BrowserAutomationReceipt"})").dialect,
            Dialect::browser_receipt_sourceos_v2);
  for (const char* value : {"null", "[]", "{}", "false", "\"\""}) {
    const std::string text = std::string(R"({"type":"BrowserAutomationReceipt","controlledScope":)") + value + "}";
    EXPECT_EQ(recognise(text).dialect, Dialect::browser_receipt_sourceos_v2) << text;
  }
}

TEST(Recognise, AfterAPrefixAnythingMayFollow) {
  EXPECT_EQ(recognise(R"({"schemaVersion":"workspace-ops/file-conflict/v1"})").dialect, Dialect::workspace_operation);
}

TEST(Recognise, AVariantGivesWayToWhatItMustNotHave) {
  EXPECT_EQ(recognise(R"({"schema":"sourceos.policy-decision/v1alpha1","effect":1,"status":"allowed"})").dialect,
            Dialect::policy_decision_record);
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
  EXPECT_EQ(recognise("[]").messages[0], "expected an object at the top level, found array");
}

TEST(Recognise, NamesTheKeysOfWhatItDoesNotKnow) {
  const Recognised result = recognise(R"({"name":"x","dependencies":{}})");
  EXPECT_EQ(only_rule(result), "kind.unknown");
  EXPECT_EQ(result.messages[0], "no known kind of contract; its keys are \"name\", \"dependencies\"");
  EXPECT_EQ(only_rule(recognise("{}")), "kind.unknown");
}

TEST(Recognise, KeysInMessagesAreShortenedAndEscaped) {
  const std::string many =
      R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g\n":1,")" + std::string(99, 'x') + R"(":1,"i":1,"j":1})";
  const Recognised result = recognise(many);
  ASSERT_EQ(only_rule(result), "kind.unknown");
  const std::string& message = result.messages[0];
  EXPECT_NE(message.find("\"g\\n\""), std::string::npos) << message;
  EXPECT_NE(message.find(std::string(32, 'x') + "…"), std::string::npos) << message;
  EXPECT_EQ(message.find(std::string(33, 'x')), std::string::npos) << message;
  EXPECT_NE(message.find("and 2 more"), std::string::npos) << message;
}

TEST(Recognise, SuggestsTheDiscriminatorThatWasNearlyMet) {
  EXPECT_EQ(recognise(R"({"type":"BrowserAutomationReciept"})").helps.at(0),
            "Did you mean \"type\": \"BrowserAutomationReceipt\"?");
  EXPECT_EQ(recognise(R"({"type":"capabilityledger"})").helps.at(0), "Did you mean \"type\": \"CapabilityLedger\"?");
  EXPECT_EQ(recognise(R"({"kind":"CapabilityLedger"})").helps.at(0), "Did you mean \"type\": \"CapabilityLedger\"?");
  EXPECT_EQ(recognise(R"({"api_version":"agentplane.socioprophet.org/v0.1"})").helps.at(0),
            "Did you mean \"apiVersion\": \"agentplane.socioprophet.org/v0.1\", with \"kind\": \"Bundle\"?");
  EXPECT_EQ(recognise(R"({"type":"Deployment"})").helps.at(0), "") << "the catalogue's help";
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
  EXPECT_EQ(recognise(R"({"schema_version":"sourceos.event.v9"})").messages.at(0),
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
