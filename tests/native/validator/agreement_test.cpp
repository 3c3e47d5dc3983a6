// Deciding and explaining agree: what a check at one level lists is what a check at the lowest level lists from there
// up.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

namespace bearproof {
namespace {

/// Numbers that look random and are the same in every build.
class Dice {
 public:
  std::uint32_t below(std::size_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>((state_ >> 33) % count);
  }

 private:
  std::uint64_t state_ = 20260131;
};

struct Member {
  std::string key;
  std::string value;
};

const std::vector<std::vector<Member>> originals = {
    {{"type", R"("BrowserAutomationReceipt")"},
     {"specVersion", R"("2.0.0")"},
     {"id", R"("urn:srcos:receipt:browser-automation:r-1")"},
     {"sessionRef", R"("urn:srcos:session:s-1")"},
     {"ownerRef", R"("urn:srcos:agent-or-plugin:a-1")"},
     {"origin", R"("local")"},
     {"transport", R"("cdp")"},
     {"permissionScope", R"(["read_dom"])"},
     {"userVisible", "true"},
     {"revocable", "true"},
     {"policyDecisionRef", R"("urn:srcos:decision:d-1")"},
     {"evidenceRefs", R"(["urn:srcos:evidence:e-1"])"},
     {"capturedAt", R"("2026-01-31T12:00:00Z")"}},
    {{"schemaVersion", R"("bearbrowser.browser_automation_receipt.v1")"},
     {"receiptId", R"("r-1")"},
     {"status", R"("active")"},
     {"userVisible", "true"},
     {"revocable", "true"},
     {"evidenceRefs", "[]"},
     {"permissionScope", "[]"},
     {"policyDecisionRef", R"("x")"},
     {"capturedAt", R"("2026-01-31T12:00:00Z")"}},
    {{"type", R"("CapabilityLedger")"},
     {"id", R"("urn:srcos:capability-ledger:c-1")"},
     {"capabilityRef", R"("urn:srcos:capability:x@1")"},
     {"effectiveState", R"("enabled")"},
     {"declaredBy", R"(["config","ui"])"},
     {"negotiatedBy", R"(["runtime","server","plugin","policy"])"},
     {"policyDecisionRef", R"("urn:srcos:decision:d-1")"},
     {"evidenceRefs", "[]"}},
};

constexpr std::array<std::string_view, 16> values = {"null",
                                                     "true",
                                                     "false",
                                                     "0",
                                                     "-1.5e3",
                                                     R"("")",
                                                     R"("x")",
                                                     "[]",
                                                     "{}",
                                                     R"(["x","x"])",
                                                     R"({"token":"hunter2hunter2"})",
                                                     R"("urn:srcos:session:<local-id>")",
                                                     R"("2026-13-01T00:00:00Z")",
                                                     R"("ended")",
                                                     R"("ghp_abcdefghijklmnopqrstuvwxyz0123456789")",
                                                     R"("revoked")"};

std::string mutated(std::vector<Member> members, Dice& dice) {
  const std::uint32_t changes = dice.below(4);
  for (std::uint32_t i = 0; i < changes && !members.empty(); ++i) {
    const std::uint32_t at = dice.below(members.size());
    switch (dice.below(4)) {
      case 0: members.erase(members.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 1: members[at].value = values[dice.below(values.size())]; break;
      case 2: members[at].key += "x"; break;
      default: members.push_back({members[at].key, std::string(values[dice.below(values.size())])}); break;
    }
  }
  std::string text = "{";
  for (const Member& member : members) {
    if (text.size() > 1) text += ',';
    text += "\"" + member.key + "\":" + member.value;
  }
  text += "}";
  if (dice.below(30) == 0) text.insert(dice.below(text.size()), 1, "]}x\xff\""[dice.below(5)]);
  return text;
}

TEST(Agreement, OfDecidingAndExplaining) {
  std::vector<Validator> validators;
  for (const Severity level : {Severity::info, Severity::notice, Severity::warning, Severity::error}) {
    CheckOptions options;
    options.level = level;
    validators.emplace_back(options);
  }
  Dice dice;
  std::array<std::uint64_t, report::verdict_count> seen{};
  for (int round = 0; round < 1000; ++round) {
    const std::string text = mutated(originals[dice.below(originals.size())], dice);
    const report::DocumentReport all = validators[0].check("x", text);
    ++seen[static_cast<std::size_t>(all.verdict)];
    for (Validator& validator : validators) {
      report::DocumentReport expected = all;
      std::erase_if(expected.findings,
                    [&](const auto& finding) { return finding.severity < validator.options().level; });
      EXPECT_EQ(to_json(validator.check("x", text)), to_json(expected))
          << text << " at " << name_of(validator.options().level);
    }
  }
  for (const auto verdict : {report::Verdict::unreadable, report::Verdict::invalid, report::Verdict::valid}) {
    EXPECT_GT(seen[static_cast<std::size_t>(verdict)], 5u) << name_of(verdict);
  }
}

TEST(Agreement, OfLinesAndDocuments) {
  Dice dice;
  std::string stream;
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    texts.push_back(mutated(originals[dice.below(originals.size())], dice));
    stream += texts.back() + "\n";
  }
  Validator validator({});
  std::vector<report::DocumentReport> lines;
  Validator::Lines reading(validator, "x", Validator::Lines::Which::every,
                           [&](Checked& checked) { lines.push_back(checked.report()); });
  reading.push(stream);
  reading.finish();
  ASSERT_EQ(lines.size(), texts.size());
  Validator single({});
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const report::DocumentReport document = single.check("x", texts[i]);
    EXPECT_EQ(lines[i].verdict, document.verdict) << texts[i];
    ASSERT_EQ(lines[i].findings.size(), document.findings.size()) << texts[i];
    for (std::size_t j = 0; j < document.findings.size(); ++j) {
      EXPECT_EQ(lines[i].findings[j].rule_case, document.findings[j].rule_case) << texts[i];
      EXPECT_EQ(lines[i].findings[j].message, document.findings[j].message) << texts[i];
      EXPECT_EQ(lines[i].findings[j].range->start.column, document.findings[j].range->start.column) << texts[i];
    }
  }
}

}  // namespace
}  // namespace bearproof
