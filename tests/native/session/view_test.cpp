// The session view: standing, phase, histories, what is hidden, what is bounded.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/report.h"
#include "bearproof/session/session.h"
#include "bearproof/validator/schema_set.h"

#include "files.h"

namespace bearproof::session {
namespace {

/// A document to be viewed.
struct Given {
  std::string source;
  std::string text;
  bool lines = false;
};

View view_of(const std::vector<Given>& documents, const Options& options = {}) {
  Builder builder(options);
  for (const Given& document : documents) {
    if (document.lines) {
      Validator::Lines lines = builder.lines(document.source);
      lines.push(document.text);
      lines.finish();
    } else {
      builder.add(document.source, document.text);
    }
  }
  return builder.finish();
}

/// A BearBrowser receipt on one line. @param more  further members: `,"revokedAt":"…"`
std::string receipt(std::string_view name, std::string_view status = "active", std::string_view owner = "clerk",
                    std::string_view session = "", std::string_view more = "") {
  std::string out = R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1","receiptId":)";
  out.append("\"urn:srcos:receipt:browser-automation:").append(name).append("\",\"sessionRef\":\"urn:srcos:session:");
  out.append(session.empty() ? name : session).append("\",\"ownerRef\":\"urn:srcos:agent:").append(owner);
  out +=
      R"(","transport":"cdp","permissionScope":["read_dom","click"],"origin":"local","userVisible":true,)"
      R"("revocable":true,"policyDecisionRef":"urn:srcos:decision:permit-7","evidenceRefs":["urn:srcos:evidence:e"],)"
      R"("capturedAt":"2026-05-06T12:00:00Z","tabScope":["tab-1"],"displayName":"Clerk","status":")";
  return out.append(status).append("\"").append(more).append("}");
}

constexpr std::string_view revoked_at = R"(,"revokedAt":"2026-05-06T12:30:00Z")";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string example(const std::string& name) {
  return test::read_file(test::source_path("schemas/browser/examples/" + name + ".json")).value_or("");
}

const Session& only(const View& view) {
  EXPECT_EQ(view.sessions.size(), 1u);
  static const Session none;
  return view.sessions.empty() ? none : view.sessions.front();
}

bool tells(const Session& session, RuleCase rule_case, bool refuses) {
  return std::any_of(session.reasons.begin(), session.reasons.end(), [&](const Reason& reason) {
    return info_of(reason.rule_case).id == info_of(rule_case).id && reason.refuses == refuses;
  });
}

const Field& field_of(const Session& session, FieldName name) { return session.fields[static_cast<std::size_t>(name)]; }

TEST(SessionView, ASoundReceiptIsConsistent) {
  const View view = view_of({{"a.json", receipt("a")}});
  const Session& session = only(view);
  EXPECT_EQ(session.standing, Standing::consistent);
  EXPECT_EQ(session.phase, Phase::active);
  EXPECT_TRUE(session.reasons.empty());
  EXPECT_EQ(session.cannot_revoke, "");
  EXPECT_EQ(session.receipt, "urn:srcos:receipt:browser-automation:a");
  EXPECT_EQ(session.digest, json::sha256_text(receipt("a")));
  EXPECT_EQ(session.records.size(), 1u);
  EXPECT_FALSE(view.refuses());
  EXPECT_EQ(view.summary.active, 1u);
  EXPECT_EQ(view.summary.consistent, 1u);
}

TEST(SessionView, WhatASessionNeedsIsThere) {
  const std::pair<std::string_view, std::string_view> faults[] = {
      {R"("policyDecisionRef":"urn:srcos:decision:permit-7",)", ""},
      {R"("policyDecisionRef":"urn:srcos:decision:permit-7")", R"("policyDecisionRef":" ")"},
      {R"("policyDecisionRef":"urn:srcos:decision:permit-7")", R"("policyDecisionRef":["urn:srcos:decision:x"])"},
      {R"("ownerRef":"urn:srcos:agent:clerk",)", ""},
      {R"("ownerRef":"urn:srcos:agent:clerk")", R"("ownerRef":null)"},
      {R"("ownerRef":"urn:srcos:agent:clerk")", R"("ownerRef":["urn:srcos:agent:a","urn:srcos:agent:b"])"},
      {R"("ownerRef":"urn:srcos:agent:clerk")", R"("ownerRef":"urn:srcos:agent:a","ownerRef":"urn:srcos:agent:b")"},
      {R"("sessionRef":"urn:srcos:session:a",)", ""},
      {R"("userVisible":true)", R"("userVisible":false)"},
      {R"("userVisible":true,)", ""},
      {R"("userVisible":true)", R"("userVisible":"true")"},
      {R"("revocable":true)", R"("revocable":false)"},
      {R"("receiptId":"urn:srcos:receipt:browser-automation:a",)", ""},
      {R"("receiptId":"urn:srcos:receipt:browser-automation:a")", R"("receiptId":"")"},
      {R"("receiptId":"urn:srcos:receipt:browser-automation:a")", R"("receiptId":7)"},
  };
  for (const auto& [what, with] : faults) {
    const View view = view_of({{"a.json", replaced(receipt("a"), what, with)}});
    EXPECT_EQ(only(view).standing, Standing::not_admitted) << with << " for " << what;
    ASSERT_FALSE(only(view).reasons.empty()) << what;
    EXPECT_TRUE(only(view).reasons.front().refuses) << what;
    EXPECT_TRUE(view.refuses());
  }
}

TEST(SessionView, OtherFaultsNeedAttention) {
  const View view =
      view_of({{"a.json", replaced(receipt("a"), R"("transport":"cdp")", R"("transport":"playwright")")}});
  EXPECT_EQ(only(view).standing, Standing::needs_attention);
  EXPECT_EQ(field_of(only(view), FieldName::transport).state, Field::State::faulted);
  EXPECT_TRUE(tells(only(view), Rule::browser_transport_unknown, false));
  EXPECT_FALSE(view.refuses());
}

TEST(SessionView, PhasesOfTheDialects) {
  struct Case {
    std::string text;
    Phase phase;
    std::string_view outcome;
  };
  const std::string v2 = example("sourceos-v2-active");
  const std::string seed = example("seed-active");
  const std::vector<Case> cases = {
      {receipt("a", "orphaned"), Phase::active, ""},
      {receipt("a", "revoked", "clerk", "", revoked_at), Phase::ended, "revoked"},
      {receipt("a", "ended"), Phase::ended, "ended"},
      {receipt("a", "denied"), Phase::ended, "denied"},
      {receipt("a", "failed", "clerk", "", R"(,"terminatedAt":"2026-05-06T12:30:00Z")"), Phase::ended, "failed"},
      {receipt("a", "ended", "clerk", "", R"(,"terminatedAt":"2026-05-06T12:30:00Z")"), Phase::ended, "ended"},
      {receipt("a", "stopped", "clerk", "", R"(,"terminatedAt":"2026-05-06T12:30:00Z")"), Phase::ended, "ended"},
      {receipt("a", "active", "clerk", "", R"(,"terminatedAt":"2026-05-06T12:30:00Z")"), Phase::active, ""},
      {receipt("a", "paused"), Phase::unstated, ""},
      {receipt("a", "ended", "clerk", "", R"(,"status":"active")"), Phase::unstated, ""},
      {v2, Phase::active, ""},
      {example("sourceos-v2-completed"), Phase::ended, "completed"},
      {example("sourceos-v2-failed"), Phase::ended, "failed"},
      {seed, Phase::unstated, ""},
      {replaced(seed, "{", R"({"revokedAt":"2026-05-06T12:30:00Z",)"), Phase::ended, "revoked"},
      {replaced(seed, "{", R"({"revokedAt":null,)"), Phase::unstated, ""},
      {replaced(seed, "{", R"({"revokedAt":"soon",)"), Phase::unstated, ""},
  };
  for (const Case& one : cases) {
    const View view = view_of({{"a.json", one.text}});
    EXPECT_EQ(only(view).phase, one.phase) << one.text;
    EXPECT_EQ(only(view).outcome, one.outcome) << one.text;
    if (one.phase == Phase::ended) {
      EXPECT_NE(only(view).cannot_revoke, "") << one.text;
    }
  }
}

TEST(SessionView, TheFieldsOfTheDialects) {
  const View bearbrowser = view_of({{"a.json", receipt("a")}});
  EXPECT_EQ(field_of(only(bearbrowser), FieldName::tab_scope).values, std::vector<std::string>{"tab-1"});
  const View v2 = view_of({{"a.json", example("sourceos-v2-active")}});
  const Field& scope = field_of(only(v2), FieldName::tab_scope);
  EXPECT_EQ(scope.state, Field::State::stated);
  EXPECT_EQ(scope.nouns, (std::vector<std::string_view>{"origin", "tab", "window", "workspace"}));
  EXPECT_EQ(scope.values.size(), 4u);
  EXPECT_EQ(field_of(only(v2), FieldName::display_name).state, Field::State::not_in_dialect);
  EXPECT_EQ(field_of(only(v2), FieldName::captured_at).pointer, "/startedAt");
  const View seed = view_of({{"a.json", example("seed-active")}});
  for (const FieldName name :
       {FieldName::display_name, FieldName::tab_scope, FieldName::status, FieldName::captured_at}) {
    EXPECT_EQ(field_of(only(seed), name).state, Field::State::not_in_dialect);
  }
  EXPECT_EQ(field_of(only(seed), FieldName::receipt_id).pointer, "/id");
}

TEST(SessionView, SensitivePermissionsComeFirst) {
  const View view =
      view_of({{"a.json", replaced(receipt("a"), R"(["read_dom","click"])",
                                   R"(["read_dom","fly","download","click","use_credentials","download"])")}});
  std::vector<std::string> words;
  for (const Granted& granted : only(view).permissions) words.push_back(granted.word);
  EXPECT_EQ(words, (std::vector<std::string>{"use_credentials", "download", "click", "read_dom", "fly"}));
}

TEST(SessionHistory, ALogIsOneSession) {
  const std::string log = receipt("a") + "\n\n" + receipt("a", "revoked", "clerk", "", revoked_at) + "\n";
  const View view = view_of({{"receipts.jsonl", log, true}});
  const Session& session = only(view);
  EXPECT_EQ(session.phase, Phase::ended);
  EXPECT_EQ(session.outcome, "revoked");
  EXPECT_EQ(session.at.line, 3u);
  ASSERT_EQ(session.records.size(), 2u);
  EXPECT_EQ(session.records[0].at.line, 1u);
  EXPECT_EQ(session.records[1].changed, (std::vector<std::string_view>{"status", "revokedAt"}));
  EXPECT_EQ(session.revoked_at, "2026-05-06T12:30:00Z");
}

TEST(SessionHistory, AFileAndItsLineAreOneRecord) {
  const std::string pretty = replaced(receipt("a"), "{", "{\n  ");
  for (const bool file_first : {true, false}) {
    std::vector<Given> documents = {{"a.json", pretty}, {"receipts.jsonl", receipt("a") + "\n", true}};
    if (!file_first) std::swap(documents[0], documents[1]);
    const View view = view_of(documents);
    ASSERT_EQ(only(view).records.size(), 1u);
    EXPECT_EQ(only(view).at.source, "a.json");
    EXPECT_EQ(only(view).digest, json::sha256_text(pretty));
    ASSERT_EQ(only(view).records[0].also.size(), 1u);
    EXPECT_EQ(only(view).records[0].also[0].source, "receipts.jsonl");
    EXPECT_EQ(only(view).standing, Standing::consistent);
  }
}

TEST(SessionHistory, AFileIsNewerThanItsLog) {
  for (const bool file_first : {true, false}) {
    std::vector<Given> documents = {{"a.json", receipt("a", "ended")}, {"receipts.jsonl", receipt("a") + "\n", true}};
    if (!file_first) std::swap(documents[0], documents[1]);
    const View view = view_of(documents);
    EXPECT_EQ(only(view).phase, Phase::ended);
    EXPECT_EQ(only(view).records.size(), 2u);
  }
}

TEST(SessionHistory, EndedOverRevokedStaysRevoked) {
  const std::string log = receipt("a") + "\n" + receipt("a", "revoked", "clerk", "", revoked_at) + "\n" +
                          receipt("a", "ended", "clerk", "", revoked_at) + "\n";
  const View view = view_of({{"receipts.jsonl", log, true}});
  EXPECT_EQ(only(view).phase, Phase::ended);
  EXPECT_EQ(only(view).outcome, "revoked");
  EXPECT_EQ(only(view).revoked_at, "2026-05-06T12:30:00Z");
}

TEST(SessionHistory, ActiveAfterRevokedIsNotAdmitted) {
  const std::string log =
      receipt("a") + "\n" + receipt("a", "revoked", "clerk", "", revoked_at) + "\n" + receipt("a") + "\n";
  const std::vector<std::vector<Given>> sets = {
      {{"receipts.jsonl", log, true}},
      // However often and however differently it is said.
      {{"receipts.jsonl", log + receipt("a", "active", "clerk", "", R"(,"evidenceRefs2":1)") + "\n", true}},
      // The agent writes its file back to what it was.
      {{"a.json", receipt("a")},
       {"receipts.jsonl", receipt("a") + "\n" + receipt("a", "revoked", "clerk", "", revoked_at) + "\n", true}},
      {{"receipts.jsonl",
        receipt("a", "revoked", "clerk", "", revoked_at) + "\n" + receipt("a", "ended") + "\n" +
            receipt("a", "orphaned") + "\n",
        true}},
  };
  for (const auto& documents : sets) {
    const View view = view_of(documents);
    EXPECT_EQ(only(view).standing, Standing::not_admitted);
    EXPECT_TRUE(tells(only(view), Rule::browser_receipt_repeated, true));
    EXPECT_EQ(only(view).phase, Phase::active);
    EXPECT_EQ(only(view).cannot_revoke, "");
  }
}

TEST(SessionHistory, AnEarlierRefusalIsRemembered) {
  const std::string blank = replaced(receipt("a"), "urn:srcos:decision:permit-7", "");
  const View view = view_of({{"receipts.jsonl", blank + "\n" + receipt("a") + "\n", true}});
  EXPECT_EQ(only(view).standing, Standing::needs_attention);
  EXPECT_TRUE(tells(only(view), Rule::browser_session_earlier_refused, false));
}

TEST(SessionHistory, NobodyDisappearsBelowAnother) {
  const View view = view_of({{"a.json", receipt("a", "active", "clerk", "s")},
                             {"b.json", receipt("a", "ended", "intruder", "s")},
                             {"c.json", receipt("a", "ended", "intruder", "s", R"(,"x":1)")}});
  ASSERT_EQ(view.sessions.size(), 2u);
  for (const Session& session : view.sessions) {
    EXPECT_EQ(session.standing, Standing::not_admitted) << session.owner;
    EXPECT_TRUE(tells(session, Rule::doc_id_duplicate, true));
  }
  EXPECT_NE(view.sessions[0].key, view.sessions[1].key);
}

TEST(SessionHistory, KeysAreStable) {
  const std::string before = only(view_of({{"a.json", receipt("a")}})).key;
  EXPECT_EQ(only(view_of({{"other.json", receipt("a", "ended")}})).key, before);
  EXPECT_NE(only(view_of({{"a.json", receipt("a", "active", "other")}})).key, before);
  EXPECT_NE(only(view_of({{"a.json", receipt("a", "active", "clerk", "other")}})).key, before);
  // Records that nobody can tell apart stand for themselves.
  const std::string nameless = replaced(receipt("a"), R"("receiptId":"urn:srcos:receipt:browser-automation:a",)", "");
  const View view = view_of({{"a.json", nameless}, {"a.json", nameless}, {"b.json", nameless}});
  ASSERT_EQ(view.sessions.size(), 3u);
  EXPECT_NE(view.sessions[0].key, view.sessions[1].key);
  EXPECT_NE(view.sessions[1].key, view.sessions[2].key);
}

TEST(SessionView, BothClaimsOfAContestedSession) {
  std::vector<Given> documents;
  for (int i = 0; i < 1002; ++i) {
    const std::string name = "r" + std::to_string(i);
    documents.push_back({name + ".json", receipt(name, "active", "owner" + std::to_string(i), "shared")});
  }
  // Two receipts of one owner, and a rival, given after the flood.
  documents.push_back({"v1.json", receipt("v1", "active", "victim", "s")});
  documents.push_back({"v2.json", receipt("v2", "active", "victim", "s")});
  documents.push_back({"v3.json", receipt("v3", "active", "rival", "s")});
  // One that had ended first hides no contest between the others.
  documents.push_back({"w0.json", receipt("w0", "ended", "gone", "w")});
  documents.push_back({"w1.json", receipt("w1", "active", "one", "w")});
  documents.push_back({"w2.json", receipt("w2", "active", "two", "w")});
  const View view = view_of(documents);
  EXPECT_EQ(view.sessions.size(), documents.size());
  for (const Session& session : view.sessions) {
    const bool has_ended = session.phase == Phase::ended;
    EXPECT_EQ(session.standing, has_ended ? Standing::consistent : Standing::not_admitted) << session.receipt;
    EXPECT_LE(session.reasons.size(), most_reasons);
  }
}

TEST(SessionView, TheOrder) {
  const auto at = [](std::string text, std::string_view time) {
    return replaced(std::move(text), "2026-05-06T12:00:00Z", time);
  };
  const View view = view_of({
      {"1", at(receipt("old"), "2026-05-06T11:00:00Z")},
      {"2", at(receipt("new"), "2026-05-06T15:00:00+02:00")},
      {"3", at(receipt("over", "ended"), "2026-05-06T18:00:00Z")},
      {"4", replaced(receipt("bad"), R"("revocable":true)", R"("revocable":false)")},
      {"5", receipt("orphan", "orphaned")},
      {"6", receipt("gone", "revoked", "clerk", "", R"(,"revokedAt":"2026-05-06T19:00:00Z")")},
  });
  std::string order;
  for (const Session& session : view.sessions) order += session.receipt.substr(session.receipt.rfind(':') + 1) + " ";
  EXPECT_EQ(order, "bad orphan new old gone over ");
  EXPECT_EQ(view.summary.active, 4u);
  EXPECT_EQ(view.summary.ended, 2u);
  EXPECT_EQ(view.summary.not_admitted, 1u);
  EXPECT_EQ(view.summary.needs_attention, 1u);
  EXPECT_EQ(view.summary.consistent, 2u);
}

TEST(SessionView, SecretsAreHidden) {
  const std::string token = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
  const View view =
      view_of({{"a.json", replaced(receipt("a"), "\"Clerk\"", "\"run " + token + "\"")},
               {"b.json", replaced(receipt("b"), "urn:srcos:agent:clerk", token)},
               // Told by the name under which it stands, and repeated elsewhere.
               {"c.json", receipt("c", "active", "clerk", "", R"(,"password":"hunter2-hunter2")")},
               {"d.json", replaced(receipt("d", "active", "clerk", "", R"(,"password":"hunter2-hunter2")"), "\"Clerk\"",
                                   "\"hunter2-hunter2\"")}});
  const std::string json = to_json(view);
  const std::string text = to_text(view, false, 80);
  // As a member's name, and in what is no document.
  const std::string more = to_json(view_of({{"e.json", receipt("e", "active", "clerk", "", ",\"" + token + "\":1")},
                                            {"f.json", "{\"a\": " + token + "}"},
                                            {"g.json", "{\"a\": \"" + token}}));
  EXPECT_EQ(more.find("ghp_"), std::string::npos) << more;
  for (const std::string& out : {json, text}) {
    EXPECT_EQ(out.find(token), std::string::npos);
    EXPECT_EQ(out.find("hunter2-hunter2"), std::string::npos);
  }
  EXPECT_NE(json.find("[hidden: 44 characters]"), std::string::npos);
  for (const Session& session : view.sessions) {
    if (session.at.source != "a.json") continue;
    EXPECT_EQ(field_of(session, FieldName::display_name).state, Field::State::faulted);
    EXPECT_EQ(session.label, "");
  }
}

TEST(SessionView, ARecordThatSaysTwoThingsCanBeRevokedWhileItSaysWhichSessionItIs) {
  const View two_states = view_of({{"a.json", receipt("a", "active", "clerk", "", R"(,"status":"ended")")}});
  EXPECT_EQ(only(two_states).cannot_revoke, "");
  EXPECT_NE(only(two_states).phase, Phase::ended);
  const View two_ids = view_of({{"a.json", receipt("a", "active", "clerk", "", R"(,"receiptId":"b")")}});
  EXPECT_NE(only(two_ids).cannot_revoke, "");
  EXPECT_NE(only(two_ids).phase, Phase::ended);
}

TEST(SessionView, OthersAreListedAndBounded) {
  std::string flood;
  for (int i = 0; i < 5000; ++i) flood += i % 2 == 0 ? "1\n" : "{\n";
  Builder builder(Options{});
  Validator::Lines lines = builder.lines("flood.jsonl");
  lines.push(flood);
  lines.finish();
  builder.add("torn.json", R"({"schemaVersion":"bearbrowser.browser_autom)");
  builder.add("a.json", receipt("a"));
  builder.add_oversized("large.json", std::uint64_t{1} << 40);
  builder.add_failed("trap.json");
  const View view = builder.finish();
  EXPECT_EQ(view.sessions.size(), 1u);
  EXPECT_EQ(view.others.size(), 2 * most_others_of_source + 3);
  EXPECT_EQ(view.summary.others_left_out, 5000 - 2 * most_others_of_source);
  EXPECT_EQ(view.summary.unreadable, 2502u);
  for (const std::string_view source : {"torn.json", "large.json", "trap.json"}) {
    const auto found = std::find_if(view.others.begin(), view.others.end(),
                                    [&](const Other& other) { return other.at.source == source; });
    ASSERT_NE(found, view.others.end()) << source;
    EXPECT_TRUE(found->not_admitted) << source;
    EXPECT_FALSE(found->reasons.empty()) << source;
  }
  EXPECT_TRUE(view.refuses());
}

TEST(SessionView, LongThingsAreCut) {
  std::string scope;
  for (int i = 0; i < 1000; ++i) scope += (i == 0 ? "\"tab-" : ",\"tab-") + std::to_string(i) + "\"";
  const std::string text =
      replaced(replaced(receipt("a"), "\"tab-1\"", scope), "\"Clerk\"", "\"" + std::string(5'000'000, 'x') + "\"");
  const View view = view_of({{"a.json", text}});
  EXPECT_EQ(field_of(only(view), FieldName::tab_scope).values.size(), most_values);
  EXPECT_EQ(field_of(only(view), FieldName::tab_scope).left_out, 1000 - most_values);
  EXPECT_LT(to_json(view).size(), 40'000u);

  std::string log;
  for (int i = 0; i < 1000; ++i) log += receipt("a", "active", "clerk", "", ",\"x\":" + std::to_string(i)) + "\n";
  const View history = view_of({{"receipts.jsonl", log, true}});
  EXPECT_EQ(only(history).records.size(), most_records);
  EXPECT_EQ(only(history).records_left_out, 1000 - most_records);
  EXPECT_EQ(only(history).records.back().at.line, 1000u);
}

TEST(SessionView, FindingsThatWereCutRefuse) {
  std::string more;
  for (int i = 0; i < 1500; ++i) more += ",\"extra" + std::to_string(i) + "\":1";
  const View view = view_of({{"a.json", receipt("a", "active", "clerk", "", more)}});
  EXPECT_EQ(only(view).standing, Standing::not_admitted);
  EXPECT_TRUE(tells(only(view), Rule::limit_findings, true));
}

TEST(SessionView, UndeclaredAutomation) {
  Options options;
  options.remote_control = true;
  EXPECT_TRUE(view_of({}, options).undeclared_automation);
  EXPECT_TRUE(view_of({}, options).refuses());
  EXPECT_FALSE(view_of({{"a.json", receipt("a")}}, options).undeclared_automation);
  EXPECT_TRUE(view_of({{"a.json", receipt("a", "ended")}}, options).undeclared_automation);
  const std::string extension = replaced(receipt("a"), R"("transport":"cdp")", R"("transport":"extension")");
  EXPECT_TRUE(view_of({{"a.json", extension}}, options).undeclared_automation);
  EXPECT_FALSE(view_of({}).undeclared_automation);
}

TEST(SessionView, BeyondItsLifetimeWithNow) {
  Options options;
  options.now = "2026-05-06T14:30:00Z";
  EXPECT_EQ(only(view_of({{"a.json", receipt("a")}})).standing, Standing::consistent);
  EXPECT_EQ(only(view_of({{"a.json", receipt("a")}}, options)).standing, Standing::needs_attention);
  EXPECT_EQ(only(view_of({{"receipts.jsonl", receipt("a"), true}}, options)).standing, Standing::needs_attention);
  EXPECT_EQ(only(view_of({{"a.json", receipt("a", "ended")}}, options)).standing, Standing::consistent);
  options.ttl_minutes = 151;
  EXPECT_EQ(only(view_of({{"a.json", receipt("a")}}, options)).standing, Standing::consistent);
}

TEST(SessionOptions, AreStrict) {
  Options options;
  EXPECT_FALSE(parse_options(
      R"({"now":"2026-05-06T14:30:00Z","ttlMinutes":5,"remoteControl":true,"limits":{"document":1024}})", options));
  EXPECT_EQ(options.ttl_minutes, 5u);
  EXPECT_TRUE(options.remote_control);
  EXPECT_EQ(options.limits.document, 1024u);
  for (const std::string_view wrong :
       {"", "[]", R"({"now":"soon"})", R"({"ttlMinutes":0})", R"({"ttlMinutes":"5"})", R"({"remoteControl":1})",
        R"({"severities":{}})", R"({"level":"error"})", R"({"mode":"strict"})", R"({"limits":{"document":1e99}})",
        R"({"limits":[]})", R"({"now":"2026-05-06T14:30:00Z","now":"2026-05-06T14:30:00Z"})"}) {
    Options before = options;
    EXPECT_TRUE(parse_options(wrong, options)) << wrong;
    EXPECT_EQ(options.now, before.now);
    EXPECT_EQ(options.ttl_minutes, before.ttl_minutes);
  }
}

TEST(SessionView, TheTableCommandsNoTerminal) {
  const View view =
      view_of({{"a\x1b[2J.json", replaced(receipt("a"), "\"Clerk\"", R"("\u001b[31m\u202eevil")")},
               {"b.json", replaced(receipt("b"), "urn:srcos:agent:clerk", "urn:srcos:agent:\\u0007bell")}});
  const std::string text = to_text(view, false, 80);
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(text.find("<U+202E>"), std::string::npos);
}

/// Every fixture and example, as one set each and all together.
TEST(SessionView, FollowsItsPublishedSchema) {
  SchemaSet set(CheckOptions{});
  for (const std::string name : {"sessions", "terms"}) {
    const std::string path = "schemas/published/" + name + ".schema.json";
    set.add("urn:test:" + name, path, test::read_file(test::source_path(path)).value_or(""));
  }
  schema::CompileOptions compile;
  compile.assert_format = true;
  const auto program = set.compile("urn:bearproof:schema:published:sessions", compile);
  ASSERT_TRUE(program);
  CheckOptions options;
  options.schema = &*program;
  Validator validator(options);
  std::vector<Given> all;
  std::size_t sessions = 0;
  for (const char* folder : {"conformance", "schemas"}) {
    for (const char* suffix : {".json", ".ndjson"}) {
      for (const std::string& file : test::files_below(test::source_path(folder), suffix)) {
        all.push_back({file, test::read_file(file).value_or(""), std::string_view(suffix) == ".ndjson"});
        const View view = view_of({all.back()});
        sessions += view.sessions.size();
        const report::DocumentReport report = validator.check(file, to_json(view));
        EXPECT_EQ(report.verdict, report::Verdict::valid)
            << file << ": " << (report.findings.empty() ? "" : report.findings.front().message);
      }
    }
  }
  EXPECT_GE(sessions, 100u);
  Options asked;
  asked.now = "2026-05-06T14:30:00Z";
  asked.remote_control = true;
  const report::DocumentReport report = validator.check("all", to_json(view_of(all, asked)));
  EXPECT_EQ(report.verdict, report::Verdict::valid) << (report.findings.empty() ? "" : report.findings.front().message);
}

}  // namespace
}  // namespace bearproof::session
