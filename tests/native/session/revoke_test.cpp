#include "bearproof/session/revoke.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof::session {
namespace {

constexpr std::string_view now = "2026-05-06T18:00:00Z";

constexpr std::string_view bearbrowser = R"({
  "capturedAt": "2026-05-06T12:00:00Z",
  "evidenceRefs": ["urn:srcos:evidence:a"],
  "origin": "local",
  "ownerRef": "urn:srcos:agent:clerk",
  "permissionScope": ["read_dom"],
  "policyDecisionRef": "urn:srcos:policy:decision:bearbrowser:allow-1",
  "receiptId": "urn:srcos:receipt:browser-automation:a-1",
  "revocable": true,
  "schemaVersion": "bearbrowser.browser_automation_receipt.v1",
  "sessionRef": "urn:srcos:session:browser:s-1",
  "status": "active",
  "transport": "cdp",
  "userVisible": true
})";

constexpr std::string_view seed =
    R"({"id":"urn:srcos:receipt:browser-automation:a","type":"BrowserAutomationReceipt","specVersion":"0.1.0",)"
    R"("sessionRef":"urn:srcos:session:a","ownerRef":"urn:srcos:agent:b","transport":"cdp","permissionScope":["read_dom"],)"
    R"("origin":"local","userVisible":true,"revocable":true,"policyDecisionRef":"urn:srcos:decision:d",)"
    R"("evidenceRefs":["urn:srcos:evidence:e"],"capturedAt":"2026-05-06T12:00:00Z"})";

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out(text);
  const std::size_t at = out.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  if (at != std::string::npos) out.replace(at, what.size(), with);
  return out;
}

std::string revoked(std::string_view text, std::string_view when = now) {
  const auto result = revoke(text, when);
  EXPECT_TRUE(result) << result.error();
  return result ? result->receipt : "";
}

std::string refused(std::string_view text, std::string_view when = now) {
  const auto result = revoke(text, when);
  EXPECT_FALSE(result) << result->receipt;
  return result ? "" : result.error();
}

TEST(Revoke, ChangesTheStateAndInsertsTheTimeInOrderAndStyle) {
  const std::string expected =
      replaced(replaced(bearbrowser, "\"status\": \"active\"", "\"status\": \"revoked\""), "  \"revocable\": true,\n",
               "  \"revocable\": true,\n  \"revokedAt\": \"2026-05-06T18:00:00Z\",\n");
  EXPECT_EQ(revoked(bearbrowser), expected);
}

TEST(Revoke, KeepsTheStyleOfEveryDocument) {
  const auto v1 = [](std::string_view start, std::string_view between, std::string_view colon, std::string_view end,
                     std::string_view state, std::string_view time) {
    std::string out(start);
    const auto add = [&](std::string_view key, std::string_view value) {
      if (out.size() != start.size()) out += between;
      out.append("\"").append(key).append("\"").append(colon).append("\"").append(value).append("\"");
    };
    // Not in the order of names: what is new comes behind the state.
    add("schemaVersion", "bearbrowser.browser_automation_receipt.v1");
    add("receiptId", "urn:srcos:receipt:browser-automation:x");
    add("status", state);
    if (!time.empty()) add("revokedAt", time);
    add("ownerRef", "b");
    return out.append(end);
  };
  for (const std::string_view end : {"}", " }\n", "\r\n}\r\n", "\t}"}) {
    for (const std::string_view between : {",", ", ", ",\n  ", ",\r\n\t", " ,\n\t\t"}) {
      for (const std::string_view colon : {":", ": ", " : ", "\t:\n"}) {
        for (const std::string_view start : {"{", "{ ", "{\r\n\t", "\xef\xbb\xbf{\n  "}) {
          // The space before a comma belongs to the value that it follows.
          const std::string before = v1(start, between, colon, end, "active", "");
          const std::string after = revoked(before);
          std::string wanted = v1(start, between, colon, end, "revoked", now);
          if (between == " ,\n\t\t") wanted = replaced(wanted, "\"revoked\" ,\n", "\"revoked\",\n");
          EXPECT_EQ(after, wanted) << before;
        }
      }
    }
  }
}

TEST(Revoke, ReplacesWhatIsThereAndNothingElse) {
  const std::string null_time = replaced(seed, "}", ",\"revokedAt\":null,\"x\":[1.50e+0,\"\\u00e4\"]}");
  EXPECT_EQ(revoked(null_time), replaced(null_time, "null", "\"2026-05-06T18:00:00Z\""));
  EXPECT_EQ(revoked(seed), replaced(seed, "}", ",\"revokedAt\":\"2026-05-06T18:00:00Z\"}"));
  // A state or time that says nothing is no way out.
  for (const std::string_view state : {"\"paused\"", "7", "null", "{\"a\":[\"revoked\"]}", "\"\""}) {
    const std::string text = replaced(bearbrowser, "\"active\"", state);
    EXPECT_NE(revoked(text).find("\"status\": \"revoked\""), std::string::npos) << state;
  }
  const std::string vague = replaced(seed, "}", ",\"revokedAt\":\"soon\"}");
  EXPECT_EQ(revoked(vague), replaced(vague, "\"soon\"", "\"2026-05-06T18:00:00Z\""));
  // Names may be spelled with escapes, and what is inside other members is not the receipt's state.
  const std::string escaped = replaced(bearbrowser, "\"status\"", "\"stat\\u0075s\"");
  EXPECT_NE(revoked(escaped).find("\"stat\\u0075s\": \"revoked\""), std::string::npos);
  const std::string inner = replaced(bearbrowser, "[\"read_dom\"]", "[{\"status\":\"active\",\"revokedAt\":1}]");
  EXPECT_NE(revoked(inner).find("[{\"status\":\"active\",\"revokedAt\":1}]"), std::string::npos);
}

TEST(Revoke, AStateThatIsMissingIsInserted) {
  const std::string none = replaced(bearbrowser, "  \"status\": \"active\",\n", "");
  EXPECT_EQ(revoked(none), revoked(bearbrowser));
  const std::string bare = R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1"})";
  EXPECT_EQ(revoked(bare), R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1",)"
                           R"("revokedAt":"2026-05-06T18:00:00Z","status":"revoked"})");
}

TEST(Revoke, TwiceComesBackUnchangedWithTheSameEvent) {
  for (const std::string_view text : {bearbrowser, seed}) {
    const auto once = revoke(text, now);
    ASSERT_TRUE(once);
    EXPECT_TRUE(once->changed);
    const auto twice = revoke(once->receipt, "2027-01-01T00:00:00Z");
    ASSERT_TRUE(twice);
    EXPECT_FALSE(twice->changed);
    EXPECT_EQ(twice->receipt, once->receipt);
    EXPECT_EQ(twice->event, once->event);
  }
}

TEST(Revoke, SaysWhyItDoesNot) {
  for (const std::string_view state : {"ended", "failed", "denied"}) {
    EXPECT_EQ(refused(replaced(bearbrowser, "active", state)),
              "the session has ended: status is " + std::string(state));
  }
  EXPECT_EQ(refused("{\"type\":\"PolicyDecision\",\"id\":\"urn:srcos:decision:a\",\"specVersion\":\"2\"}")
                .find("the document is"),
            0U);
  EXPECT_EQ(refused("{}"), "the document is of no known kind, not a receipt of a browser automation session");
  EXPECT_EQ(refused("[1]"), "the document is of no known kind, not a receipt of a browser automation session");
  EXPECT_NE(refused(bearbrowser.substr(0, 200)).find("the text is no JSON document"), std::string::npos);
  EXPECT_NE(refused("").find("the text is no JSON document"), std::string::npos);
  EXPECT_NE(refused(std::string(bearbrowser) + "\n" + std::string(bearbrowser)).find("line 16"), std::string::npos);
  EXPECT_NE(refused(bearbrowser, "now").find("RFC 3339"), std::string::npos);
  // A reason quotes nothing.
  const std::string token = "ghp_" + std::string(36, 'a');
  EXPECT_EQ(refused("{\"a\": " + token).find("ghp"), std::string::npos);
}

TEST(Revoke, ARecordThatSaysTwoThingsDoesNotEscape) {
  const std::string two_states =
      replaced(bearbrowser, R"("status": "active")", R"("status": "ended", "status": "active")");
  const auto made = revoke(two_states, now);
  ASSERT_TRUE(made) << made.error();
  EXPECT_TRUE(made->changed);
  EXPECT_EQ(made->receipt.find("active\""), std::string::npos) << made->receipt;
  EXPECT_EQ(made->receipt.find("ended\""), std::string::npos) << made->receipt;
  // All of them say revoked now: nothing is left to do.
  const auto again = revoke(made->receipt, now);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->changed);

  const auto elsewhere = revoke(replaced(bearbrowser, R"(["read_dom"])", R"([{"a":1,"a":2}])"), now);
  ASSERT_TRUE(elsewhere);
  EXPECT_NE(elsewhere->receipt.find(R"([{"a":1,"a":2}])"), std::string::npos);

  EXPECT_EQ(refused(replaced(bearbrowser, R"("status": "active")", R"("status": "ended", "status": "failed")")),
            "the session has ended: status is ended");
  EXPECT_EQ(refused(replaced(bearbrowser, R"("status": "active")", R"("receiptId": "another", "status": "active")")),
            "the receipt states its id twice");
}

TEST(Revoke, ASessionThatStartsInTheFutureIsRevokedFromItsStart) {
  const std::string text = replaced(bearbrowser, "2026-05-06T12:00:00Z", "2099-01-01T00:00:00+02:00");
  EXPECT_NE(revoked(text).find("\"revokedAt\": \"2099-01-01T00:00:00+02:00\""), std::string::npos);
}

TEST(Revoke, TheEventNamesWhatWasRevoked) {
  const auto result = revoke(bearbrowser, now);
  ASSERT_TRUE(result);
  json::Reader reader;
  const json::Document* event = reader.read(result->event);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(json::canonical(*event), result->event);
  const json::Value root = event->root();
  EXPECT_TRUE(root.find("schemaVersion").equals("bearbrowser.provenance.v1"));
  EXPECT_TRUE(root.find("eventType").equals("automation.action_denied"));
  EXPECT_TRUE(root.find("timestamp").equals(now));
  EXPECT_EQ(root.find("eventId").raw().size(), 36U);
  EXPECT_TRUE(root.find("payload").find("receiptId").equals("urn:srcos:receipt:browser-automation:a-1"));
  EXPECT_TRUE(root.find("payload").find("sessionRef").equals("urn:srcos:session:browser:s-1"));
  EXPECT_TRUE(root.find("payload").find("ownerRef").equals("urn:srcos:agent:clerk"));
  EXPECT_TRUE(root.find("policy").find("decision").equals("deny"));
  const auto other = revoke(replaced(bearbrowser, "browser-automation:a-1", "browser-automation:a-2"), now);
  ASSERT_TRUE(other);
  EXPECT_NE(other->event.substr(0, 120), result->event.substr(0, 120));
}

TEST(Revoke, TheEventHidesSecretsAndStaysSmall) {
  const std::string token = "ghp_" + std::string(36, 'a');
  const auto result = revoke(replaced(bearbrowser, "agent:clerk", "agent:" + token), now);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->event.find("ghp_"), std::string::npos);
  EXPECT_NE(result->event.find("\"ownerRef\":\"<REDACTED>\""), std::string::npos);
  EXPECT_NE(result->event.find("\"payloadClass\":\"secret-blocked\""), std::string::npos);
  EXPECT_NE(result->event.find("\"secretValuesPresent\":true"), std::string::npos);
  const auto long_name = revoke(replaced(bearbrowser, "clerk", std::string(100'000, 'x')), now);
  ASSERT_TRUE(long_name);
  EXPECT_LT(long_name->event.size(), 2000U);
}

/// A value as its document writes it.
std::string_view written(json::Value value) {
  const json::Value::Span span = value.span();
  return value.document().text.substr(span.begin, span.end - span.begin);
}

/// Members of a receipt that a revocation may touch.
bool may_change(std::string_view name) { return name == "status" || name == "terminalState" || name == "revokedAt"; }

/// The members that a revocation must leave as they are, in their order.
std::vector<std::pair<std::string, std::string>> unchanged_members(json::Value root) {
  std::vector<std::pair<std::string, std::string>> out;
  std::string scratch;
  for (const json::Member member : root.members()) {
    const std::string_view name = member.key.string(scratch);
    if (!may_change(name)) out.emplace_back(name, written(member.value));
  }
  return out;
}

TEST(Revoke, EveryFixtureStaysAsValidAsItWas) {
  std::size_t changed = 0;
  for (const std::string_view folder : {"conformance", "schemas/browser/examples"}) {
    for (const std::string& path : test::files_below(test::source_path(folder), ".json")) {
      const auto text = test::read_file(path);
      ASSERT_TRUE(text) << path;
      Validator validator(CheckOptions{});
      const report::DocumentReport before = validator.check("a", *text);
      const auto result = revoke(*text, "2026-11-27T00:00:00Z");
      if (!result) continue;
      const report::DocumentReport after = validator.check("a", result->receipt);
      if (before.verdict == report::Verdict::valid) {
        EXPECT_EQ(after.verdict, report::Verdict::valid) << path << "\n" << result->receipt;
      }
      EXPECT_EQ(after.dialect, before.dialect) << path;
      const report::DocumentReport event = validator.check("e", result->event);
      EXPECT_EQ(event.dialect, Dialect::browser_provenance_event) << path;
      EXPECT_EQ(event.verdict, report::Verdict::valid) << path << "\n" << result->event;
      changed += result->changed;

      json::Reader one;
      json::Reader two;
      const json::Document* old_document = one.read(*text);
      const json::Document* new_document = two.read(result->receipt);
      ASSERT_NE(old_document, nullptr) << path;
      ASSERT_NE(new_document, nullptr) << path;
      EXPECT_EQ(unchanged_members(new_document->root()), unchanged_members(old_document->root())) << path;
      EXPECT_GE(new_document->root().size(), old_document->root().size()) << path;
    }
  }
  EXPECT_GT(changed, 20U);
}

}  // namespace
}  // namespace bearproof::session
