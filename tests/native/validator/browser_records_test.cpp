// Records that BearBrowser's own scripts write are valid, with every word that they use.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

namespace bearproof {
namespace {

/// The worst severity found, as a word; "none" where nothing was. The document has to be of this dialect.
std::string worst(std::string_view text, Dialect dialect) {
  Validator validator(CheckOptions{});
  const report::DocumentReport report = validator.check("record.json", text);
  EXPECT_EQ(report.dialect, dialect) << text;
  Severity severity = Severity::off;
  for (const report::LocatedFinding& finding : report.findings) {
    if (severity == Severity::off || finding.severity > severity) severity = finding.severity;
  }
  return severity == Severity::off ? "none" : std::string(name_of(severity));
}

std::string event(std::string_view type, std::string_view surface = "native-shell",
                  std::string_view profile = "bootstrap") {
  return R"({"actor":{"id":"anna","type":"system"},"eventId":"evt-00112233445566778899aabbccddeeff","eventType":")" +
         std::string(type) +
         R"(","payload":{},"policy":{"decision":"not_applicable","decisionId":"local-0011223344556677",)"
         R"("mode":"not_applicable"},"product":"BearBrowser","profile":")" +
         std::string(profile) +
         R"(","redaction":{"payloadClass":"metadata","secretValuesLogged":false,"secretValuesPresent":false},)"
         R"("schemaVersion":"bearbrowser.provenance.v1","surface":")" +
         std::string(surface) + R"(","timestamp":"2026-05-06T12:00:00Z"})";
}

std::string event_type_verdict(std::string_view type) { return worst(event(type), Dialect::browser_provenance_event); }

TEST(BrowserRecords, EventsOfTheContract) {
  for (const std::string_view type : {"app.launch",
                                      "app.close",
                                      "navigation.requested",
                                      "navigation.committed",
                                      "tab.created",
                                      "tab.closed",
                                      "page.shared_with_agent",
                                      "credential.requested",
                                      "credential.granted",
                                      "credential.denied",
                                      "autofill.requested",
                                      "download.requested",
                                      "upload.requested",
                                      "clipboard.read_requested",
                                      "clipboard.write_requested",
                                      "extension.capability_used",
                                      "automation.observed",
                                      "automation.action_requested",
                                      "automation.action_approved",
                                      "automation.action_denied",
                                      "memory.candidate_created",
                                      "memory.committed",
                                      "memory.rejected",
                                      "policy.decision",
                                      "runtime.health",
                                      "browser.session.start",
                                      "browser.capture.create",
                                      "browser.download.create",
                                      "browser.upload.create",
                                      "browser.automation.run",
                                      "browser.diagnostics.export_redacted"}) {
    EXPECT_EQ(event_type_verdict(type), "none") << type;
  }
  for (const std::string_view surface : {"native-shell", "gecko-runtime", "automation-wrapper", "terminal-browser",
                                         "packaging", "credential-broker", "policy", "agent-sidecar"}) {
    EXPECT_EQ(worst(event("app.launch", surface), Dialect::browser_provenance_event), "none") << surface;
  }
  for (const std::string_view profile : {"bootstrap", "human-secure", "agent-runtime", "unknown"}) {
    EXPECT_EQ(worst(event("app.launch", "policy", profile), Dialect::browser_provenance_event), "none") << profile;
  }
}

TEST(BrowserRecords, EventsThatOnlyAnEmitterKnowsAreNoticed) {
  for (const std::string_view type :
       {"capture.capture-start", "capture.capture-stop", "capture.capture-export", "capture.capture-enable",
        "capture.whois", "capture.capture-status", "capture.list-connections", "capture.list-firewall",
        "capture.firewall-set", "capture.policy.violation"}) {
    EXPECT_EQ(event_type_verdict(type), "notice") << type;
  }
  EXPECT_EQ(worst(event("app.launch", "capture-sidecar"), Dialect::browser_provenance_event), "notice");
}

TEST(BrowserRecords, OtherEventsAreNone) {
  for (const std::string_view type :
       {"", "app", "App.launch", "automation.revoked", "browser.session.started", "capture.", "capture.whoami"}) {
    EXPECT_EQ(event_type_verdict(type), "error") << type;
  }
}

std::string action(std::string_view type, std::string_view kind) {
  return R"({"actionId":"act-00112233445566778899aabbccddeeff","actionType":")" + std::string(type) +
         R"(","decision":{"decisionId":"local-0011223344556677","mode":"local-default","reason":"r","state":"hold"},)"
         R"("requestedBy":{"id":"local-user","type":"human"},"risk":{"level":"medium","reason":"r",)"
         R"("requiresUserApproval":true},"schemaVersion":"bearbrowser.policy_action.v1","target":{"kind":")" +
         std::string(kind) + R"("},"timestamp":"2026-05-06T12:00:00Z"})";
}

TEST(BrowserRecords, ActionsAndTheirTargets) {
  for (const std::string_view type :
       {"navigate", "summarize_page", "compare_tabs", "share_page_with_agent", "request_credential", "request_autofill",
        "download_file", "upload_file", "read_clipboard", "write_clipboard", "run_automation", "write_memory_candidate",
        "commit_memory"}) {
    EXPECT_EQ(worst(action(type, "page"), Dialect::browser_policy_action), "none") << type;
    EXPECT_EQ(worst(R"({"action":")" + std::string(type) +
                        R"(","context":{},"decision":"hold","decisionId":"urn:srcos:policy:decision:bearbrowser:x",)"
                        R"("engine":"local-default","product":"BearBrowser","profile":"human-secure","reason":"r",)"
                        R"("requiresUserApproval":true,"risk":"low","schemaVersion":"bearbrowser.policy_decision.v1",)"
                        R"("timestamp":"2026-05-06T12:00:00Z"})",
                    Dialect::browser_policy_decision),
              "none")
        << type;
  }
  EXPECT_EQ(worst(action("buy", "page"), Dialect::browser_policy_action), "error");
  for (const std::string_view kind :
       {"url", "tab", "page", "credential", "file", "clipboard", "memory", "automation"}) {
    EXPECT_EQ(worst(action("navigate", kind), Dialect::browser_policy_action), "none") << kind;
  }
  for (const std::string_view kind : {"note", "system", "Page", "anything else"}) {
    EXPECT_EQ(worst(action("navigate", kind), Dialect::browser_policy_action), "notice") << kind;
  }
  EXPECT_EQ(worst(action("navigate", " "), Dialect::browser_policy_action), "error");
}

}  // namespace
}  // namespace bearproof
