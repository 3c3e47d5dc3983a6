// Collections that make link rules meet every document with every other. What these guard against does not take longer:
// it does not end.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/collection/link.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"

namespace bearproof::collection {
namespace {

constexpr int many = 10'000;

/// Documents as the lines of one file, or as files of their own.
class Held : public Texts {
 public:
  void add(std::string text, bool is_line = true) {
    json::Reader reader;
    const json::Document* document = reader.read(text);
    ASSERT_NE(document, nullptr) << text;
    std::vector<Severity> severities(rule_case_count);
    FindingSink sink(severities.data(), Severity::info, false, 0);
    Entry facts;
    facts.read(*document, contract::recognise(document->root(), sink));
    ASSERT_NE(facts.dialect, Dialect::none) << text;
    index_.add(facts, is_line ? "log.ndjson" : std::to_string(texts_.size()) + ".json", {}, is_line);
    texts_.push_back(std::move(text));
  }

  bool read(const Index&, DocumentIndex document, std::string& into) override {
    into = texts_[document];
    bytes_read += into.size();
    return true;
  }

  /// How often each rule is raised; the limit is low, what is beyond it counts too.
  std::uint64_t count(RuleCase rule) {
    std::vector<Severity> severities(rule_case_count, Severity::off);
    severities[static_cast<std::size_t>(rule)] = Severity::error;
    LinkOptions options;
    options.severities = severities.data();
    options.limit = 10;
    const Linked linked = link(index_, options, *this);
    return linked.found.size() + linked.dropped;
  }

  std::uint64_t bytes_read = 0;

 private:
  Index index_;
  std::vector<std::string> texts_;
};

std::string number(int i) { return std::to_string(i); }

std::string service(std::string_view id, std::string_view rest) {
  return R"({"schema_version":"sourceos.service.v0.1","service_id":")" + std::string(id) + "\"" + std::string(rest) +
         "}";
}

TEST(CollectionHostile, ManyBundlesAndNothingTheyReferTo) {
  Held held;
  for (int i = 0; i < many; ++i) {
    held.add(R"({"apiVersion":"agentplane.socioprophet.org/v0.1","kind":"Bundle","metadata":{"name":"b)" + number(i) +
             R"("},"spec":{"agentMachine":{"profileRef":"p","toolSurfaceRefs":["a","b","c"]}}})");
  }
  EXPECT_EQ(held.count(Rule::link_repo_profile), 0u);
}

TEST(CollectionHostile, ManyDocumentsOfOneId) {
  Held held;
  for (int i = 0; i < many; ++i) {
    held.add(R"({"schema_version":"sourceos.event.v0.1","event_id":"x","actor":{"session_id":"x"}})");
  }
  held.add(R"({"type":"AgentSession","id":"y"})");
  EXPECT_EQ(held.count(Rule::store_event_duplicate_id), std::uint64_t{many} - 1);
  EXPECT_EQ(held.count(Rule::browser_session_active_stale), 0u);
}

TEST(CollectionHostile, CopiesOfOneService) {
  Held held;
  for (int i = 0; i < many; ++i) held.add(service("s", R"(,"display_name":"S")"));
  EXPECT_EQ(held.count(Rule::service_id_duplicate), 0u);
  held.add(service("s", R"(,"display_name":"T")"));
  EXPECT_EQ(held.count(Rule::service_id_duplicate), 1u);
  held.add(service("s", R"(,"display_name":"S")"));
  EXPECT_EQ(held.count(Rule::service_id_duplicate), 2u);
}

TEST(CollectionHostile, ServicesAndLaunchManifestsWithoutEachOther) {
  Held held;
  for (int i = 0; i < many; ++i) {
    held.add(service("s" + number(i), R"(,"authority_domain":"app","display_name":"S")"));
    held.add(R"({"schema_version":"sourceos.launch_manifest.v0.1","product_id":"p","display_name":"P)" + number(i) +
             "\"}");
  }
  EXPECT_EQ(held.count(Rule::identity_launch_missing), 0u) << "among so many nobody knows";
}

TEST(CollectionHostile, ALongListOfOneLargeCapability) {
  Held held;
  const std::string domains(200'000, ' ');
  held.add(
      R"({"schema_version":"sourceos.capability.v0.1","capability":"c","compatible_authority_domains":["system"])" +
      domains + "}");
  std::string list;
  for (int i = 0; i < many; ++i) list += i == 0 ? "\"c\"" : ",\"c\"";
  held.add(service("s", R"(,"authority_domain":"app","capabilities":{"required":[)" + list + "]}"));
  EXPECT_EQ(held.count(Rule::service_capability_domain), std::uint64_t{many});
  EXPECT_LT(held.bytes_read, 1'000'000u);
}

TEST(CollectionHostile, PlansAndReportsOfOneComponent) {
  Held held;
  const auto instant = [](int i) {
    return "20" + number(10 + i % 90) + "-01-01T00:00:00." + number(100'000 + i) + "Z";
  };
  const auto plan = [&](std::string_view component, const std::string& at) {
    held.add(R"({"schema":"sourceos.repair-plan/v1alpha1","source_report":{"component":")" + std::string(component) +
             "\"" + (at.empty() ? at : ",\"generated_at\":\"" + at + "\"") + "}}");
  };
  for (int i = 0; i < many; ++i) {
    held.add(R"({"schema":"sourceos.state-integrity-report/v1alpha1","identity":{"component":"c"},"generated_at":")" +
             instant(i) + "\"}");
    plan("c", instant(many + i));
  }
  EXPECT_EQ(held.count(Rule::repair_source_mismatch), std::uint64_t{many});
  plan("c", instant(7));
  plan("c", "");
  plan("d", instant(7));
  EXPECT_EQ(held.count(Rule::repair_source_mismatch), std::uint64_t{many} + 1);
}

std::string message(std::string_view type, int id, std::string_view rest) {
  return R"({"v":"ipc.v0","type":")" + std::string(type) + R"(","id":"m)" + number(id) + "\"" + std::string(rest) + "}";
}

TEST(CollectionHostile, ManyInvocationsOfALongListOfCapabilities) {
  Held held;
  std::string list;
  for (int i = 0; i < many; ++i) list += "{\"name\":\"op" + number(i) + "\"},";
  held.add(message("hello", 0, ""));
  held.add(message("capabilities", 1, R"(,"payload":{"capabilities":[)" + list + R"("last"]})"));
  for (int i = 2; i < many; ++i) held.add(message("invoke", i, R"(,"payload":{"op":"last"})"));
  held.add(message("invoke", many, R"(,"payload":{"op":"other"})"));
  EXPECT_EQ(held.count(Rule::ipc_invoke_unadvertised), 1u);
  EXPECT_LT(held.bytes_read, 10'000'000u);
}

TEST(CollectionHostile, ATranscriptGoesOnBehindOtherLines) {
  Held held;
  held.add(message("hello", 0, ""));
  held.add(R"({"schema_version":"sourceos.event.v0.1","event_id":"x"})");
  held.add(message("hello_ack", 1, R"(,"replyTo":"m0")"));
  EXPECT_EQ(held.count(Rule::ipc_handshake_order), 0u);
  EXPECT_EQ(held.count(Rule::ipc_reply_unknown), 0u);
  held.add(message("error", 2, R"(,"replyTo":"m9")"));
  EXPECT_EQ(held.count(Rule::ipc_reply_unknown), 1u);
}

TEST(CollectionHostile, LaunchesOfOneProfileWithManyMounts) {
  Held held;
  std::string mounts;
  for (int i = 0; i < many; ++i)
    mounts += (i == 0 ? "{\"agentPath\":\"/m" : ",{\"agentPath\":\"/m") + number(i) + "\"}";
  held.add(R"({"type":"AgentMachineProfile","id":"p","mounts":[)" + mounts + "]}", false);
  for (int i = 0; i < 100; ++i) {
    held.add(R"({"type":"AgentMachineFingerprint","id":"f)" + number(i) + R"(","profileRef":"p","mountedPaths":[)" +
                 "{\"agentPath\":\"/m9999\"},{\"agentPath\":\"/n\"}]}",
             false);
  }
  EXPECT_EQ(held.count(Rule::machine_fingerprint_mismatch), 100u);
  EXPECT_LT(held.bytes_read, 2'000'000u);
}

TEST(CollectionHostile, AFileWhoseDigestIsGivenAgainAndAgain) {
  Held held;
  const std::string file = R"({"type":"AgentSession","id":"y"})" + std::string(100'000, ' ');
  held.add(file, false);
  const std::string right = R"({"ref":"0.json","sha256":")" + json::sha256_text(file) + "\"}";
  const std::string wrong = R"({"ref":"0.json","sha256":"sha256:)" + std::string(64, '0') + "\"}";
  std::string list = right + "," + wrong;
  for (int i = 0; i < many; ++i) list += "," + right;
  held.add(R"({"kind":"OfficeArtifactEvidence","artifactHashes":[)" + list + "]}", false);
  EXPECT_EQ(held.count(Rule::evidence_digest_file), 1u);
  EXPECT_LT(held.bytes_read, 5'000'000u);
}

}  // namespace
}  // namespace bearproof::collection
