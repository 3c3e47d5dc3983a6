// What admits a browser session: every decision that a collection may hold, in every order.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

#include "held_texts.h"

namespace bearproof {
namespace {

using Documents = std::vector<std::string>;

constexpr std::string_view prefix = "urn:srcos:policy:decision:bearbrowser:";

/// The rules that a receipt raises at its decision, of a collection in the order given.
std::vector<std::string> faults(const Documents& documents, std::string_view now = {}) {
  CheckOptions options;
  options.now = now;
  options.ttl_minutes = rules::most_ttl_minutes;
  Validator validator(options);
  Collection together(options);
  test::HeldTexts held;
  for (const std::string& text : documents) {
    validator.check("document-" + std::to_string(held.texts.size()), text, [&](const Checked& checked) {
      EXPECT_NE(checked.document, nullptr) << text;
      together.add(checked);
    });
    held.texts.push_back(text);
  }
  std::vector<std::string> out;
  for (const report::LocatedFinding& finding : together.link(held)) {
    if (finding.pointer != "/policyDecisionRef" || finding.severity != Severity::error) continue;
    EXPECT_FALSE(finding.related.empty()) << finding.message;
    out.emplace_back(info_of(finding.rule_case).id);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The same in every order of the documents, which must not matter.
std::vector<std::string> in_any_order(Documents documents, std::string_view now = {}) {
  std::sort(documents.begin(), documents.end());
  const std::vector<std::string> first = faults(documents, now);
  while (std::next_permutation(documents.begin(), documents.end())) EXPECT_EQ(faults(documents, now), first);
  return first;
}

std::vector<std::string> only(std::string_view rule) { return {"browser.policy." + std::string(rule)}; }
const std::vector<std::string> none;

std::string receipt(std::string_view decision, std::string_view status = "active", std::string_view id = "r_1") {
  return R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1",)"
         R"("receiptId":"urn:srcos:receipt:browser-automation:)" +
         std::string(id) + R"(","sessionRef":"urn:srcos:session:browser:)" + std::string(id) +
         R"(","ownerRef":"urn:srcos:agent:clerk","transport":"cdp","permissionScope":["read_dom"],"origin":"local",)"
         R"("userVisible":true,"revocable":true,"policyDecisionRef":")" +
         std::string(decision) + R"(","evidenceRefs":[],"capturedAt":"2026-05-06T12:00:00Z","status":")" +
         std::string(status) + "\"}";
}

/// @param ruling  the member or members, as JSON
std::string engine(std::string_view id, std::string_view ruling, std::string_view action = "run_automation") {
  return R"({"schemaVersion":"bearbrowser.policy_decision.v1","decisionId":")" + std::string(id) + R"(","action":")" +
         std::string(action) +
         R"(","profile":"agent-runtime","risk":"high","requiresUserApproval":true,"reason":"r",)"
         R"("timestamp":"2026-05-06T11:00:00Z","engine":"local-default","product":"BearBrowser","context":{})" +
         (ruling.empty() ? "" : ",") + std::string(ruling) + "}";
}

std::string upstream(std::string_view id, std::string_view ruling,
                     std::string_view expires = R"("expiresAt":"2026-05-07T00:00:00Z")") {
  return R"({"type":"PolicyDecision","specVersion":"2.0.0","id":")" + std::string(id) +
         R"(","policyId":"urn:srcos:policy:p","inputs":{"subject":{},"object":{},"purpose":"x"},)"
         R"("issuedAt":"2026-05-06T00:00:00Z","decisionHash":"sha256:00",)" +
         std::string(expires) + (ruling.empty() ? "" : ",") + std::string(ruling) + "}";
}

std::string seed(std::string_view decision, std::string_view more = "") {
  return R"({"type":"BrowserAutomationReceipt","specVersion":"2.0.0","id":"urn:srcos:receipt:browser-automation:s",)"
         R"("sessionRef":"urn:srcos:session:s","ownerRef":"urn:srcos:agent-or-plugin:clerk","transport":"cdp",)"
         R"("permissionScope":["click"],"origin":"local","userVisible":true,"revocable":true,"evidenceRefs":[],)"
         R"("capturedAt":"2026-05-06T12:00:00Z","policyDecisionRef":")" +
         std::string(decision) + "\"" + std::string(more) + "}";
}

std::string v2(std::string_view decision, std::string_view more = "") {
  return seed(decision, R"(,"startedAt":"2026-05-06T12:00:00Z","capabilityLedgerRef":"urn:srcos:capability-ledger:l")" +
                            std::string(more));
}

std::string action(std::string_view id, std::string_view decision, std::string_view state,
                   std::string_view resolves = "", std::string_view mode = "local-default",
                   std::string_view type = "run_automation") {
  std::string text = R"({"schemaVersion":"bearbrowser.policy_action.v1","actionId":"act-00000000)" + std::string(id) +
                     R"(","timestamp":"2026-05-06T11:00:00Z","actionType":")" + std::string(type) +
                     R"(","requestedBy":{"type":"human","id":"u"},"target":{"kind":"automation")";
  if (!resolves.empty()) text += R"(,"resolvedFromActionId":"act-00000000)" + std::string(resolves) + "\"";
  text += R"(},"risk":{"level":"high","requiresUserApproval":true},"decision":{"state":")" + std::string(state) +
          R"(","decisionId":")" + std::string(decision) + R"(","mode":")" + std::string(mode) + "\"}}";
  return text;
}

const std::string id = std::string(prefix) + "d1";
const std::string up = "urn:srcos:decision:d1";

TEST(Decisions, OfTheRightKindAdmit) {
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow")")}), none);
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"observe")")}), none);
  EXPECT_EQ(in_any_order({receipt(up), upstream(up, R"("decision":"permit")")}), none);
  EXPECT_EQ(in_any_order({seed(up), upstream(up, R"("decision":"permit")")}), none);
  EXPECT_EQ(in_any_order({v2(up), upstream(up, R"("decision":"permitWithObligations")")}), none);
  EXPECT_EQ(in_any_order({receipt(id), action("a", "d1", "allow")}), none);
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow")"), action("a", "d1", "allow")}), none);
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow")"), engine(id, R"("decision":"allow")")}),
            none);
}

TEST(Decisions, ThatDenyRefuse) {
  for (const std::string_view status : {"active", "ended", "failed", "orphaned"}) {
    EXPECT_EQ(in_any_order({receipt(id, status), engine(id, R"("decision":"deny")")}), only("refused")) << status;
  }
  EXPECT_EQ(in_any_order({receipt(id, "denied"), engine(id, R"("decision":"deny")")}), none);
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"deny")", "navigate")}), only("refused"));
  EXPECT_EQ(in_any_order({receipt(id), action("a", "d1", "deny")}), only("refused"));
  EXPECT_EQ(in_any_order({seed(up), upstream(up, R"("decision":"deny")")}), only("refused"));
  EXPECT_EQ(in_any_order({v2(up), upstream(up, R"("decision":"deny")")}), only("refused"));
  EXPECT_EQ(in_any_order({v2(up, R"(,"terminalState":"active")"), upstream(up, R"("decision":"deny")")}),
            only("refused"));
  EXPECT_EQ(in_any_order({v2(up, R"(,"terminalState":"denied")"), upstream(up, R"("decision":"deny")")}), none);
}

TEST(Decisions, ThatCannotBeReadPermitNothing) {
  for (const std::string_view word : {"DENY", "denied", "Deny", "ALLOW", "Allow", "allow ", " allow", "allowed",
                                      "permit", "yes", "true", "", "none"}) {
    const std::string ruling = "\"decision\":\"" + std::string(word) + "\"";
    EXPECT_EQ(in_any_order({receipt(id), engine(id, ruling)}), only("unreadable")) << word;
    if (word == "permit") continue;
    EXPECT_EQ(in_any_order({seed(up), upstream(up, ruling)}), only("unreadable")) << word;
  }
  EXPECT_EQ(in_any_order({seed(up), upstream(up, R"("decision":"allow")")}), only("unreadable"));
  for (const std::string_view ruling :
       {"", R"("decision":null)", R"("decision":true)", R"("decision":1)", R"("decision":["allow"])",
        R"("decision":{"state":"allow"})", R"("decision":"allow","decision":"deny")",
        R"("decision":"deny","decision":"allow")", R"("decision":"allow","decision":"allow")"}) {
    EXPECT_EQ(in_any_order({receipt(id), engine(id, ruling)}), only("unreadable")) << ruling;
    EXPECT_EQ(in_any_order({v2(up), upstream(up, ruling)}), only("unreadable")) << ruling;
  }
  EXPECT_EQ(in_any_order({v2(up), upstream(up, R"("decision":"permit","decision":"deny")")}), only("unreadable"));
  EXPECT_EQ(in_any_order({v2(up), upstream(up, R"("decision":"permit")", R"("expiresAt":"later")")}),
            only("unreadable"));
  EXPECT_EQ(in_any_order({v2(up), upstream(up, R"("decision":"permit")", R"("expiresAt":null)")}), only("unreadable"));
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow")", "navigate")}), only("unreadable"));
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"hold")", "navigate")}), only("unreadable"));
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow","dryRun":true)")}), only("unreadable"));
  EXPECT_EQ(in_any_order({receipt(id), action("a", "d1", "not_evaluated")}), only("unreadable"));
}

TEST(Decisions, ThatGiveTheirIdTwiceGoByBoth) {
  const std::string twice = engine("urn:x:other", R"("decisionId":")" + id + R"(","decision":"allow")");
  EXPECT_EQ(in_any_order({receipt(id), twice}), only("unreadable"));
  EXPECT_EQ(in_any_order({receipt("urn:x:other"), twice}), only("unreadable"));
}

TEST(Decisions, OfAnotherKindAreNone) {
  const std::string session =
      R"({"type":"AgentSession","specVersion":"2.0.0","id":"urn:srcos:session:w","role":"main","status":"running"})";
  EXPECT_EQ(in_any_order({receipt("urn:srcos:session:w"), session}), only("unreadable"));
  const std::string itself = "urn:srcos:receipt:browser-automation:r_1";
  EXPECT_EQ(faults({receipt(itself)}), only("unreadable"));
}

TEST(Decisions, ThatContradictEachOtherRefuseInAnyOrder) {
  const std::map<std::string, std::string> engines = {
      {"allow", engine(id, R"("decision":"allow")")},     {"deny", engine(id, R"("decision":"deny")")},
      {"hold", engine(id, R"("decision":"hold")")},       {"observe", engine(id, R"("decision":"observe")")},
      {"null", engine(id, R"("decision":null)")},         {"other", engine(id, R"("decision":"allow")", "navigate")},
      {"risk", engine(id, R"("decision":"allow","x":1)")}};
  for (const auto& [a, one] : engines) {
    for (const auto& [b, two] : engines) {
      if (a >= b) continue;
      EXPECT_EQ(in_any_order({receipt(id), one, two}), only("contradictory")) << a << " and " << b;
    }
  }
  EXPECT_EQ(in_any_order({seed(up), upstream(up, R"("decision":"permit")"), upstream(up, R"("decision":"deny")")}),
            only("contradictory"));
  EXPECT_EQ(in_any_order({receipt(id), engine(id, R"("decision":"allow")"), action("a", "d1", "deny")}),
            only("contradictory"));
  EXPECT_EQ(in_any_order({receipt(id), action("a", "d1", "allow"), engine(id, R"("decision":"allow")"),
                          engine(id, R"("decision":"allow","x":1)")}),
            only("contradictory"));
}

TEST(Decisions, ThatHoldAreLiftedByAPersonAlone) {
  const std::string held = engine(id, R"("decision":"hold")");
  const std::string proposed = action("a", id, "hold");
  EXPECT_EQ(in_any_order({receipt(id), held}), only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, held}), only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, proposed}), only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, proposed, action("b", "m1", "allow", "a", "manual")}), none);
  EXPECT_EQ(in_any_order({receipt(id), held, proposed, action("b", "m1", "deny", "a", "manual")}), only("refused"));
  EXPECT_EQ(in_any_order({receipt(id), held, proposed, action("b", "m1", "allow", "a", "local-default")}),
            only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, proposed, action("b", "m1", "observe", "a", "manual")}), only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, proposed, action("b", "m1", "allow", "a", "manual", "navigate")}),
            only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, action("b", "m1", "allow", "a", "manual")}), only("held"));
  EXPECT_EQ(in_any_order({receipt(id), held, action("b", id, "allow", "b", "manual")}), only("contradictory"));
  EXPECT_EQ(in_any_order({receipt(id), proposed, action("b", "m1", "allow", "a", "manual"),
                          action("c", "m2", "deny", "a", "manual")}),
            only("contradictory"));
  EXPECT_EQ(in_any_order({receipt(id), proposed, action("b", "d1", "allow", "a", "manual")}), none);
}

TEST(Decisions, OfAResolutionMayBeNamed) {
  const std::string named = receipt(std::string(prefix) + "m1");
  EXPECT_EQ(in_any_order({named, action("a", "d1", "hold"), action("b", "m1", "allow", "a", "manual")}), none);
  EXPECT_EQ(in_any_order({named, action("b", "m1", "allow", "a", "manual")}), none);
  EXPECT_EQ(in_any_order({named, action("a", "d1", "deny"), action("b", "m1", "allow", "a", "manual")}),
            only("unreadable"));
  EXPECT_EQ(in_any_order({named, action("a", "d1", "hold"), action("b", "m1", "deny", "a", "manual")}),
            only("refused"));
  EXPECT_EQ(in_any_order({receipt("m1"), action("b", "m1", "allow", "a", "manual")}), none) << "without the prefix";
}

TEST(Decisions, JoinWhereThePrefixStandsTwice) {
  const std::string twice = std::string(prefix) + id;
  for (const std::string& named : {twice, std::string(prefix) + twice}) {
    EXPECT_EQ(in_any_order({receipt(named), engine(id, R"("decision":"allow")")}), none);
    EXPECT_EQ(in_any_order({receipt(named), engine(id, R"("decision":"deny")")}), only("refused"));
    EXPECT_EQ(in_any_order({receipt(named), engine(id, R"("decision":"hold")")}), only("held"));
    EXPECT_EQ(in_any_order({receipt(named), action("a", "d1", "hold"), action("b", "m1", "allow", "a", "manual")}),
              none);
    EXPECT_EQ(in_any_order({receipt(named), engine(id, R"("decision":"allow")"), engine(id, R"("decision":"deny")")}),
              only("contradictory"));
  }
  EXPECT_EQ(in_any_order({receipt(std::string(prefix) + up), upstream(up, R"("decision":"deny")")}), only("refused"))
      << "a prefix before another family's name";
}

TEST(Decisions, Expire) {
  const std::string permit = upstream(up, R"("decision":"permit")");
  EXPECT_EQ(in_any_order({v2(up), permit}, "2026-05-07T00:00:00Z"), none);
  EXPECT_EQ(in_any_order({v2(up), permit}, "2026-05-07T00:00:01Z"), only("expired"));
  EXPECT_EQ(in_any_order({seed(up), permit}, "2026-05-07T00:00:01Z"), only("expired"));
  EXPECT_EQ(in_any_order({receipt(up), permit}, "2026-05-07T00:00:01Z"), only("expired"));
  EXPECT_EQ(in_any_order({receipt(up, "ended"), permit}, "2026-05-07T00:00:01Z"), none);
  EXPECT_EQ(in_any_order({seed(up, R"(,"revokedAt":"2026-05-06T13:00:00Z")"), permit}, "2026-05-07T00:00:01Z"), none);
  EXPECT_EQ(in_any_order({v2(up), permit}), none) << "without an instant for the present";
  const std::string before = upstream(up, R"("decision":"permit")", R"("expiresAt":"2026-05-06T11:59:59Z")");
  EXPECT_EQ(in_any_order({receipt(up, "ended"), before}), only("expired")) << "it had expired before the start";
}

TEST(Decisions, ThatAreNotHereSayNothing) {
  EXPECT_EQ(faults({receipt(id)}), none);
  EXPECT_EQ(faults({receipt(id), engine(std::string(prefix) + "d2", R"("decision":"deny")")}), none);
  EXPECT_EQ(faults({receipt(id), action("a", "d2", "hold")}), none);
}

TEST(Decisions, TakeLinearTime) {
  Documents documents;
  for (int i = 0; i < 3000; ++i) {
    documents.push_back(receipt(id, "active", "r_" + std::to_string(i)));
    documents.push_back(engine(id, R"("decision":"hold")"));
    documents.push_back(action("a", "d1", "hold"));
    documents.push_back(action("b" + std::to_string(i), "d1", i == 0 ? "deny" : "allow", "a", "manual"));
  }
  const auto start = std::chrono::steady_clock::now();
  const std::vector<std::string> found = faults(documents);
  EXPECT_EQ(found, std::vector<std::string>(1000, "browser.policy.contradictory")) << "as many as are listed";
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

}  // namespace
}  // namespace bearproof
