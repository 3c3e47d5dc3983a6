// What the session view makes of policy decisions: of those that the documents hold, only a permission admits.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/session/session.h"

#include "files.h"

namespace bearproof::session {
namespace {

std::string example(std::string_view name) {
  return test::read_file(test::source_path("schemas/browser/examples/" + std::string(name) + ".json")).value_or("");
}

std::string with(std::string text, std::string_view what, std::string_view instead) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), instead);
}

constexpr std::string_view allowed = "urn:srcos:policy:decision:bearbrowser:3d6b2f60-90a7-4f0a-9a35-2f6f5f8f0d11";
constexpr std::string_view held = "urn:srcos:policy:decision:bearbrowser:8a1f0f5e-64c1-4f5b-8a2a-6fd1f8b7c0a2";
constexpr std::string_view denied = "urn:srcos:policy:decision:bearbrowser:b1a0c9d8-e7f6-4543-9210-fedcba987654";

/// The example of a session that goes on, admitted by this decision.
std::string receipt(std::string_view decision) {
  const std::string text = example("bearbrowser-v1-active");
  const std::size_t key = text.find("\"policyDecisionRef\"");
  const std::size_t begin = text.find('"', text.find(':', key)) + 1;
  return std::string(text).replace(begin, text.find('"', begin) - begin, decision);
}

/// The standing of the one session, and the rule that refuses it.
std::pair<Standing, std::string> standing(const std::vector<std::string>& documents) {
  Builder builder(Options{});
  int number = 0;
  for (const std::string& text : documents) builder.add("document-" + std::to_string(number++), text);
  const View view = builder.finish();
  EXPECT_EQ(view.sessions.size(), 1u);
  if (view.sessions.empty()) return {};
  const Session& session = view.sessions.front();
  std::string rule;
  for (const Reason& reason : session.reasons) {
    if (reason.refuses && rule.empty()) rule = info_of(reason.rule_case).id;
  }
  return {session.standing, rule};
}

using Expected = std::pair<Standing, std::string>;
const Expected sound = {Standing::consistent, ""};
Expected refused(std::string_view rule) { return {Standing::not_admitted, std::string(rule)}; }

TEST(SessionDecisions, AllowedSessionsAreConsistent) {
  EXPECT_EQ(standing({receipt(allowed)}), sound);
  EXPECT_EQ(standing({receipt(allowed), example("policy-decision-allow")}), sound);
  EXPECT_EQ(standing({receipt(allowed), example("policy-decision-hold"), example("policy-decision-deny")}), sound);
}

TEST(SessionDecisions, HeldAndDeniedSessionsAreNotAdmitted) {
  EXPECT_EQ(standing({receipt(held), example("policy-decision-hold")}), refused("browser.policy.held"));
  EXPECT_EQ(standing({example("policy-decision-hold"), receipt(held), example("policy-decision-hold")}),
            refused("browser.policy.held"));
  EXPECT_EQ(standing({example("policy-decision-deny"), receipt(denied)}), refused("browser.policy.refused"));
}

TEST(SessionDecisions, WhatIsNoPermissionIsNotAdmitted) {
  const std::string allow = example("policy-decision-allow");
  const auto word = [&](std::string_view other) { return with(allow, R"("decision": "allow")", other); };
  for (const std::string_view other : {R"("decision": "DENY")", R"("decision": "denied")", R"("decision": null)",
                                       R"("decision": "allow", "decision": "deny")", R"("word": "allow")"}) {
    EXPECT_EQ(standing({receipt(allowed), word(other)}), refused("browser.policy.unreadable")) << other;
  }
  const std::string deny = word(R"("decision": "deny")");
  EXPECT_EQ(standing({receipt(allowed), allow, deny}), refused("browser.policy.contradictory"));
  EXPECT_EQ(standing({deny, allow, receipt(allowed)}), refused("browser.policy.contradictory"));
}

TEST(SessionDecisions, APersonLiftsAHold) {
  const std::string proposed = with(example("policy-action-held"), "local-5b7d9f1a3c2e4d6f", held);
  EXPECT_EQ(standing({receipt(held), example("policy-decision-hold"), proposed}), refused("browser.policy.held"));
  EXPECT_EQ(standing({receipt(held), example("policy-decision-hold"), proposed, example("policy-action-resolution")}),
            sound);
}

}  // namespace
}  // namespace bearproof::session
