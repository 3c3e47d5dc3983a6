#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"
#include "bearproof/rules/rules.h"

#include "../../../core/rules/owner.h"
#include "../../../core/rules/placeholder.h"
#include "../../../core/rules/secret.h"
#include "../../../core/rules/text_scan.h"
#include "../../../core/rules/time_order.h"
#include "files.h"

namespace bearproof::rules {
namespace {

void run_both(const Context& context, FindingSink& sink) {
  run_on_any(context, sink);
  run_of_dialect(context, sink);
}

// None of these is a secret: they have the shape of one, and say so.
const char* const secret_shapes[] = {
    "-----BEGIN RSA PRIVATE KEY-----\nexample\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\nexample",
    "AKIAEXAMPLEEXAMPLE00",
    "ASIAEXAMPLEEXAMPLE00",
    "ghp_exampleexampleexampleexample00000000",
    "ghs_exampleexampleexample0",
    "github_pat_11EXAMPLE0exampleexample_example",
    "xoxb-000000000000-examplee",
    "xoxp-000000000000-examplee",
    "sk-Example0Example0Example0Example0",
    "sk-proj-Example0Example0Example0",
    "sk-example0example0example0",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl",
    "Bearer 0123456789abcdef",
    "Bearer abc.def.ghi-123=",
    "password=hunter2",
    "Password=hunter2",
    "PASSWORD=hunter2",
};

const char* const plain_words[] = {
    "",
    "-----BEGIN CERTIFICATE-----\nexample",
    "-----BEGIN PUBLIC KEY-----",
    "--------------------",
    "AKIA",
    "AKIAEXAMPLEEXAMPLE000 is one letter too long",
    "XAKIAEXAMPLEEXAMPLE00",
    "ghp_short",
    "right_ghp_exampleexampleexampleexample00000000",
    "github_pat_",
    "xoxo-love-and-kisses",
    "xoxb-short",
    "xoxp-without-any-number-in-it",
    "task-Example0Example0Example0Example0",
    "sk-session-for-the-long-trip-to-the-museum",
    "sk-2026-05-06-session-for-the-trip",
    "eyJ",
    "eyJhbGciOiJub25lIn0",
    "eyJhbGciOiJub25lIn0.payload",
    "Bearer authentication is required",
    "Bearer tokens are refused",
    "the Bearer of bad news 2026",
    "password=",
    "password=$PASSWORD",
    "password=${PASSWORD}",
    "password=<password>",
    "password=****",
    "password=%s",
    "forgotpassword=yes",
    "urn:srcos:decision:01HX8K3V2MZQ5R7T9W1Y3B5D7F",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

TEST(Secret, ShapesAreFoundAloneAndInSentences) {
  for (const std::string shape : secret_shapes) {
    for (const std::string& text : {shape, "see " + shape, "\"" + shape, "(" + shape + ")", "a\t" + shape}) {
      const Secret secret = find_secret(text);
      EXPECT_FALSE(secret.kind.empty()) << text;
      EXPECT_GT(secret.length, 0u);
      EXPECT_LE(secret.length, text.size());
    }
  }
}

TEST(Secret, WordsThatStartLikeOneAreNone) {
  for (const char* text : plain_words) EXPECT_EQ(find_secret(text).kind, "") << text;
}

TEST(Secret, Names) {
  for (const char* name : {"password", "Password", "TOKEN", "api_key", "apiKey", "API-KEY", "private_key", "privateKey",
                           "cvv", "cookie", "Authorization", "pass_phrase"}) {
    EXPECT_TRUE(names_secret(name)) << name;
  }
  for (const char* name :
       {"", "pass", "tokens", "tokenCount", "secretRefRoot", "secretsProhibited", "cookies", "authorization_url",
        "paymentMethod", "a-very-long-name-that-is-no-secret", "secret_fields"}) {
    EXPECT_FALSE(names_secret(name)) << name;
  }
}

TEST(Secret, References) {
  for (const char* value : {"urn:srcos:secret:x", "secret:x", "secrets://a/b", "env:TOKEN", "ref:x", "vault:x",
                            "${TOKEN}", "<token>", "", "  ", "****", "REDACTED", "[redacted]", "none"}) {
    EXPECT_TRUE(is_reference(value)) << value;
  }
  for (const char* value : {"hunter2", "$", "https://vault.example.org/x", "environment", "<"}) {
    EXPECT_FALSE(is_reference(value)) << value;
  }
}

TEST(TextScan, NeverMissesAShapeOrATemplate) {
  // Every shape at every distance from the edges of a block.
  for (const std::string shape : secret_shapes) {
    for (std::size_t before = 0; before < 40; ++before) {
      for (const unsigned after : {0u, 1u, 2u, 15u, 16u, 17u, 33u}) {
        const std::string text = std::string(before, '.') + shape + std::string(after, '.');
        const bool found = !find_secret(text).kind.empty();
        EXPECT_EQ(first_look(text), found ? Look::something : Look::nothing) << text;
      }
    }
  }
  EXPECT_EQ(first_look("<x>"), Look::something);
  EXPECT_EQ(first_look(""), Look::nothing);
  EXPECT_EQ(first_look("an ordinary sentence about an ordinary session"), Look::nothing);
  for (const std::string text : plain_words) {
    const bool is_template = text.find('<') != std::string::npos;
    EXPECT_EQ(first_look(text), is_template ? Look::something : Look::nothing) << text;
  }
}

TEST(TextScan, SeesNamesAndLastWordsInTheirQuotes) {
  for (const std::string name :
       {"password", "TOKEN", "api_key", "API-KEY", "private_key-", "cvv", "_cookie_", "k-e_y"}) {
    for (const std::string space : {"", " ", "\t", "\r\n  "}) {
      const Look expected = names_secret(name) ? Look::something : Look::nothing;
      EXPECT_EQ(first_look("{\"" + name + "\"" + space + ":\"hunter2\"}"), expected) << name;
      EXPECT_EQ(first_look("{\"a\":[\"" + name + "\"" + space + ",\"hunter2\"]}"), Look::nothing) << name;
    }
  }
  for (const std::string value : {"UNSET", "urn:x:TODO", "sha256:REPLACE_WITH_DIGEST", "urn:x:"}) {
    for (const std::string end : {"}", ",\"b\":1}", " }", "\n}"}) {
      EXPECT_EQ(first_look("{\"aRef\":\"" + value + "\"" + end), Look::something) << value;
    }
  }
  EXPECT_EQ(first_look("{\"aRef\":\"session:\",\"b\":\"MYTODO\",\"c\":\"UNSETTLED\"}"), Look::nothing);
  EXPECT_EQ(first_look("{\"a\":\"line\\n\"}"), Look::escapes);
}

TEST(TextScan, SaysTheSameInBlocksAndByBytes) {
  std::mt19937 random(20260506);
  const std::string_view letters = "-sk_bpghouxyoJeEIASKBa<= .:TO\",}\xc3\xa9";
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 70, ' ');
    for (char& c : text)
      c = random() % 4 == 0 ? letters[random() % letters.size()] : static_cast<char>('0' + random() % 10);
    if (random() % 4 == 0) text += "\"to_ken\": 1";
    if (random() % 4 == 0) text += "sk-Example0Example0Example0Example0";
    EXPECT_EQ(first_look(text), first_look_bytewise(text)) << text;
  }
}

TEST(Placeholder, TemplatesAndWordsThatLookLikeThem) {
  for (const char* text : {"<id>", "urn:x:<local-id>", "urn:srcos:capability:<name>@1.0", "UNSET", "urn:x:TODO",
                           "sha256:REPLACE_WITH_DIGEST", "image@sha256:REPLACE_WITH_DIGEST", "urn:srcos:session:"}) {
    EXPECT_TRUE(find_placeholder(text).found) << text;
  }
  for (const char* text : {"", "a<b", "a<b=c>", "<>", "<a/b>", "UNSETTLED", "urn:x:todo", "urn:x:TODO-17", "MYTODO",
                           "session:", "REPLACE_WITH_DIGEST_OF_IMAGE_1.png"}) {
    EXPECT_FALSE(find_placeholder(text).found) << text;
  }
  EXPECT_TRUE(find_placeholder("a<b> <c>").found);
  for (const char* name : {"id", "receiptId", "event_id", "ownerRef", "evidenceRefs", "policy_ref", "raw_refs"}) {
    EXPECT_TRUE(names_identifier(name)) << name;
  }
  for (const char* name : {"", "comment", "Refs2", "paid", "valid", "policyPackHash"}) {
    EXPECT_FALSE(names_identifier(name)) << name;
  }
}

/// Runs a function on a JSON value.
template <class Function>
auto with_value(const std::string& text, Function function) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  return function(document->root());
}

TEST(Owner, OneAndSomeoneInParticular) {
  const auto ambiguity = [](const std::string& text) { return with_value(text, owner_ambiguity); };
  for (const char* one : {"\"urn:srcos:agent:a\"", "\"urn:srcos:human:human\"", "\"agent-example\"",
                          "\"Travel helper\"", "\"Dr. Who\"", "\"any-one\"", "\"urn:srcos:agent:unknown-pleasures\"",
                          "\"mail@example.org\"", "\"a,\"", "\"  a \"", "\"a b-c\""}) {
    EXPECT_EQ(ambiguity(one), Ambiguity::none) << one;
  }
  for (const char* absent : {"null", "\"\"", "\" \"", "[]", "5", "{}"}) {
    EXPECT_EQ(ambiguity(absent), Ambiguity::none) << absent << ": missing, which is another rule";
  }
  for (const char* several :
       {"[\"a\"]", "[\"a\",\"b\"]", "\"a,b\"", "\"a; b\"", "\"a|b\"", "\"urn:x:a urn:x:b\"", "\"agent-a\\tagent-b\""}) {
    EXPECT_EQ(ambiguity(several), Ambiguity::several) << several;
  }
  EXPECT_EQ(ambiguity("\"urn:srcos:agent-or-plugin:\""), Ambiguity::unnamed);
  EXPECT_EQ(ambiguity("\"urn:srcos:agent-or-plugin:<id>\""), Ambiguity::template_);
  EXPECT_EQ(ambiguity("\"urn:srcos:agent:TODO\""), Ambiguity::template_);
  for (const char* anyone :
       {"\"*\"", "\"any\"", "\"Unknown\"", "\"urn:srcos:agent:*\"", "\"urn:srcos:agent:unknown\""}) {
    EXPECT_EQ(ambiguity(anyone), Ambiguity::anyone) << anyone;
  }
}

TEST(TimeOrder, ComparesInstantsNotTexts) {
  const auto before = [](const std::string& a, const std::string& b) {
    return with_value("[\"" + a + "\",\"" + b + "\"]", [](json::Value list) {
      const json::Value first = *list.items().begin();
      return is_before(first, {&list.document(), first.next()});
    });
  };
  EXPECT_TRUE(before("2026-05-06T04:30:59Z", "2026-05-06T04:31:00Z"));
  EXPECT_FALSE(before("2026-05-06T04:31:00Z", "2026-05-06T04:31:00Z"));
  EXPECT_FALSE(before("2026-05-06T04:31:01Z", "2026-05-06T04:31:00Z"));
  EXPECT_FALSE(before("2026-05-06T06:31:00+02:00", "2026-05-06T04:31:00Z")) << "the same instant";
  EXPECT_TRUE(before("2026-05-06T06:30:00+02:00", "2026-05-06T04:31:00Z"));
  EXPECT_TRUE(before("2026-05-05T23:31:00-05:00", "2026-05-06T04:31:00.001Z"));
  EXPECT_FALSE(before("2026-05-05T23:31:00-05:00", "2026-05-06T04:31:00.000Z"));
  EXPECT_FALSE(before("yesterday", "2026-05-06T04:31:00Z")) << "no time: another rule";
  EXPECT_FALSE(before("2026-13-06T04:31:00Z", "2026-14-06T04:31:00Z"));
  EXPECT_FALSE(is_before({}, {}));
}

/// All rules over one document, deciding and explaining, at every level: both must say the same.
void agree(const std::string& path, const std::string& text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  if (document == nullptr || !document->root().is_object()) return;
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  for (const Severity level : {Severity::info, Severity::notice, Severity::warning, Severity::error}) {
    FindingSink none(severities.data(), level, false, 1000);
    const Dialect dialect = contract::recognise(document->root(), none);
    FindingSink deciding(severities.data(), level, false, 1000);
    run_both({document->root(), dialect, {}}, deciding);
    FindingSink explaining(severities.data(), level, true, 1000);
    run_both({document->root(), dialect, {}}, explaining);
    EXPECT_EQ(deciding.hit(), !explaining.findings().empty()) << path;
    for (const Finding& finding : explaining.findings()) {
      EXPECT_GE(severities[static_cast<std::size_t>(finding.rule_case)], level) << path;
      EXPECT_LT(finding.place.node, document->size) << path;
    }
  }
}

TEST(Rules, DecidingAndExplainingAgree) {
  for (const std::string& path : test::files_below(test::source_path("conformance"), ".json")) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    agree(path, *text);
  }
}

TEST(Rules, SecretsAreNeverRepeated) {
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  for (const std::string shape : secret_shapes) {
    if (shape.find('\n') != std::string::npos) continue;
    const std::string text = R"({"type":"CapabilityLedger","stateReason":")" + shape + R"("})";
    json::Reader reader;
    const json::Document* document = reader.read(text);
    ASSERT_NE(document, nullptr) << text;
    FindingSink sink(severities.data(), Severity::info, true, 1000);
    run_both({document->root(), Dialect::capability_ledger, {}}, sink);
    bool raised = false;
    for (const Finding& finding : sink.findings()) {
      raised = raised || finding.rule_case == Rule::doc_secret_present;
      const std::string message = json::text_of(finding.message, document);
      EXPECT_EQ(message.find(shape), std::string::npos) << message;
      EXPECT_EQ(json::text_of(finding.help, document).find(shape), std::string::npos);
    }
    EXPECT_TRUE(raised) << text;
  }
}

TEST(Rules, EscapesHideNothing) {
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  for (const char* text : {R"({"c":"\u0067hp_exampleexampleexampleexample00000000"})",
                           R"({"c":"a\nghp_exampleexampleexampleexample00000000"})", R"({"t\u006fken":"0123456789"})",
                           R"({"c":"a\n","to_ken":"0123456789"})", R"({"c":"a\n","-API-Key-":"0123456789"})",
                           R"({"c":["\u0041KIAEXAMPLEEXAMPLE00"]})"}) {
    json::Reader reader;
    const json::Document* document = reader.read(text);
    ASSERT_NE(document, nullptr) << text;
    FindingSink sink(severities.data(), Severity::info, true, 1000);
    run_both({document->root(), Dialect::none, {}}, sink);
    ASSERT_EQ(sink.findings().size(), 1u) << text;
    EXPECT_EQ(sink.findings()[0].rule_case, Rule::doc_secret_present);
  }
}

TEST(Rules, SharedExamplesHoldNoSecrets) {
  const auto folder = test::shared_path("upstream-examples");
  if (!folder) GTEST_SKIP() << "skipped: no ../shared beside this checkout";
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  for (const std::string& path : test::files_below(*folder, ".json")) {
    const auto text = test::read_file(path);
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr) << path;
    FindingSink sink(severities.data(), Severity::warning, true, 1000);
    run_both({document->root(), Dialect::none, {}}, sink);
    for (const Finding& finding : sink.findings()) {
      ADD_FAILURE() << path << ": " << info_of(finding.rule_case).id << " at "
                    << json::pointer_to(*document, finding.place.node);
    }
  }
}

TEST(Rules, DialectWordsComeWithTheOtherWordAndAFix) {
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  const std::string text =
      R"({"type":"BrowserAutomationReceipt","startedAt":"","permissionScope":["click","inspect_cookies"]})";
  json::Reader reader;
  const json::Document* document = reader.read(text);
  ASSERT_NE(document, nullptr);
  FindingSink sink(severities.data(), Severity::info, true, 1000);
  const json::Value scope = document->root().find("permissionScope");
  // As the schema raises them: without words.
  for (const json::Value item : scope.items()) sink.raise(Rule::browser_scope_dialect_mix, Place::value(item.index()));
  run_of_dialect({document->root(), Dialect::browser_receipt_sourceos_v2, {}}, sink);
  ASSERT_GE(sink.findings().size(), 2u);
  EXPECT_EQ(json::text_of(sink.findings()[0].message, document),
            "\"click\" is BearBrowser v1's word; sourceos-spec v2 says activate_control");
  ASSERT_TRUE(sink.findings()[0].fix);
  EXPECT_EQ(sink.findings()[0].fix->patch,
            R"([{"op":"replace","path":"/permissionScope/0","value":"activate_control"}])");
  EXPECT_EQ(json::text_of(sink.findings()[1].message, document),
            "\"inspect_cookies\" is BearBrowser v1's word; sourceos-spec v2 has none for it");
  EXPECT_FALSE(sink.findings()[1].fix);
}

}  // namespace
}  // namespace bearproof::rules
