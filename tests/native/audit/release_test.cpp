// The release gates over documents in memory.
#include "bearproof/audit/release.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "files.h"
#include "held_texts.h"

namespace bearproof {
namespace {

struct Released {
  audit::ReleaseCheck::Result result;
  std::vector<report::DocumentReport> services;

  std::uint64_t errors() const { return result.summary.severities[static_cast<std::size_t>(Severity::error)]; }
};

/// The documents of a folder of conformance/collection/.
Released release(const std::string& folder) {
  Validator validator(audit::release_options());
  audit::ReleaseCheck check;
  test::HeldTexts held;
  Released out;
  for (const std::string& path : test::files_below(test::source_path("conformance/collection/" + folder), ".json")) {
    held.texts.push_back(test::read_file(path).value_or(""));
    validator.check(path, held.texts.back(), [&](Checked& checked) {
      if (auto service = check.add(checked)) out.services.push_back(std::move(*service));
    });
  }
  EXPECT_FALSE(held.texts.empty()) << folder;
  out.result = check.finish(held);
  return out;
}

TEST(ReleaseCheck, PassesAServiceThatMeetsEveryGate) {
  const Released good = release("good/service-and-launch");
  EXPECT_EQ(good.result.services, 1u);
  EXPECT_EQ(good.result.ready, 1u);
  EXPECT_TRUE(good.result.findings.empty());
  ASSERT_EQ(good.services.size(), 1u);
  EXPECT_EQ(good.result.summary.documents, 1u) << "only services are counted";
}

TEST(ReleaseCheck, HoldsBackForWhatStandsBetweenDocuments) {
  const Released bad = release("bad/launch-of-others-only");
  EXPECT_EQ(bad.result.services, 1u);
  EXPECT_EQ(bad.result.ready, 1u) << "the service itself is fine";
  ASSERT_EQ(bad.result.findings.size(), 1u);
  EXPECT_EQ(bad.result.findings[0].rule_case, Rule::identity_launch_missing);
  EXPECT_TRUE(bad.result.findings[0].source.ends_with("/service.json")) << bad.result.findings[0].source;
  EXPECT_EQ(bad.errors(), 1u);
}

TEST(ReleaseCheck, OtherFindingsBetweenDocumentsHoldNothingBack) {
  const Released contested = release("bad/owner-contested");
  ASSERT_EQ(contested.result.findings.size(), 1u);
  EXPECT_EQ(contested.result.findings[0].rule_case, Rule::release_gate_1_manifest);
}

TEST(ReleaseCheck, FailsTheFirstGateWhereThereIsNoService) {
  const Released none = release("good/decision-here");
  EXPECT_EQ(none.result.services, 0u);
  EXPECT_TRUE(none.services.empty());
  ASSERT_EQ(none.result.findings.size(), 1u);
  EXPECT_EQ(none.result.findings[0].rule_case, Rule::release_gate_1_manifest);
  EXPECT_EQ(none.result.findings[0].severity, Severity::error);
  EXPECT_FALSE(none.result.findings[0].help.empty());
  EXPECT_EQ(none.errors(), 1u);
}

}  // namespace
}  // namespace bearproof
