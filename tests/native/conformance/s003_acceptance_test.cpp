// The non-negotiables of the agentplane README: no AGPL, evidence of every run, timeouts that the bundle owns.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

using Rules = std::vector<std::string>;

/// The rules of all errors and warnings, in the order of the report.
Rules faults_of(std::string_view text) {
  Validator validator(CheckOptions{});
  const report::DocumentReport report = validator.check("bundle.json", text);
  EXPECT_EQ(info_of(report.dialect).kind, "Bundle") << text;
  Rules faults;
  for (const report::LocatedFinding& finding : report.findings) {
    if (finding.severity >= Severity::warning) faults.emplace_back(info_of(finding.rule_case).id);
  }
  return faults;
}

struct Parts {
  std::string license = R"("licensePolicy":{"allowAGPL":false})";
  std::string policy = R"("maxRunSeconds":60)";
  std::string artifacts = R"("outDir":"artifacts/report")";
};

/// The same bundle in both versions.
std::vector<std::string> bundles(const Parts& parts) {
  std::vector<std::string> out;
  for (const bool second : {false, true}) {
    std::string text = R"({"apiVersion":"agentplane.socioprophet.org/)";
    text += second ? "v0.2" : "v0.1";
    text += R"(","kind":"Bundle","metadata":{"name":"report","version":"0.1.0","createdAt":"2026-05-06T10:15:00Z")";
    if (!parts.license.empty()) text += "," + parts.license;
    text += R"(},"spec":{"vm":{"backendIntent":"qemu","modulePath":"vm.nix"},"secrets":{},)";
    text += R"("smoke":{"script":"smoke.sh"},"policy":{)" + parts.policy + R"(},"artifacts":{)" + parts.artifacts + "}";
    if (second) {
      text += R"(,"trust":{"attestationMode":"none","grantMode":"none","policyDecisionRequired":false,)"
              R"("ledgerMode":"off"})";
    }
    out.push_back(text + "}}");
  }
  return out;
}

void expect_faults(const Parts& parts, const Rules& faults) {
  for (const std::string& text : bundles(parts)) EXPECT_EQ(faults_of(text), faults) << text;
}

Parts with_license(const std::string& license) {
  Parts parts;
  parts.license = license;
  return parts;
}

Parts with_policy(const std::string& policy) {
  Parts parts;
  parts.policy = policy;
  return parts;
}

TEST(S003Acceptance, EveryBundleMustDeclareAllowAgplFalse) {
  expect_faults(Parts{}, {});
  expect_faults(with_license(R"("licensePolicy":{"allowAGPL":false,"notes":"none at all"})"), {});
  for (const char* undeclared : {"", R"("licensePolicy":{})", R"("licensePolicy":{"notes":"allowAGPL: false"})"}) {
    expect_faults(with_license(undeclared), {"bundle.license.undeclared"});
  }
  for (const char* value : {"true", "null", "0", "\"false\"", "[]"}) {
    expect_faults(with_license(R"("licensePolicy":{"allowAGPL":)" + std::string(value) + "}"), {"bundle.license.agpl"});
  }
}

TEST(S003Acceptance, MaxRunSecondsIsFrom5To3600) {
  for (const char* value : {"5", "6", "60", "3599", "3600"}) {
    expect_faults(with_policy(R"("maxRunSeconds":)" + std::string(value)), {});
  }
  for (const char* value : {"4", "3601", "0", "-5", "5.5", "1e9", "true", "null", "\"60\"", "[60]"}) {
    expect_faults(with_policy(R"("maxRunSeconds":)" + std::string(value)), {"bundle.timeout.range"});
  }
  expect_faults(with_policy(""), {"bundle.timeout.range"});
  expect_faults(with_policy(R"("failOnTimeout":true)"), {"bundle.timeout.range"});
}

TEST(S003Acceptance, EveryRunLeavesItsEvidenceInADirectoryThatTheBundleNames) {
  for (const char* artifacts : {"", R"("outDir":"")", R"("outDir":"  ")"}) {
    Parts parts;
    parts.artifacts = artifacts;
    expect_faults(parts, {"bundle.artifacts.outdir"});
  }
}

TEST(S003Acceptance, EveryEvidenceArtifactIsCheckedAgainstASchema) {
  std::set<std::string_view> without;
  for (const DialectInfo& info : dialect_table()) {
    if (info.family == "agentplane" && info.schema.empty()) without.insert(info.kind);
  }
  EXPECT_TRUE(without.empty());
  // One of each lies among the examples, and is valid (Conformance.EveryExampleIsConsistent).
  std::set<std::string> kinds;
  for (const std::string& path : test::files_below(test::source_path("schemas/agentplane/examples"), ".json")) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    Validator validator(CheckOptions{});
    kinds.emplace(info_of(validator.check(path, *text).dialect).kind);
  }
  for (const char* kind : {"ValidationArtifact", "PlacementDecision", "PlacementReceipt", "RunArtifact",
                           "ReplayArtifact", "PromotionArtifact", "ReversalArtifact", "SessionArtifact"}) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
}

}  // namespace
}  // namespace bearproof
