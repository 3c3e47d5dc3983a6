#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"
#include "bearproof/rules/rules.h"

namespace bearproof::rules {
namespace {

/// Runs the rules of v0.1 contracts.
/// @return the findings; when deciding, one without a rule if there is any
/// @param messages  where given: set to what the findings say
std::vector<Finding> run_rules(const std::string& text, bool explaining, std::vector<std::string>* messages = nullptr) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  if (document == nullptr) return {};
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::info, explaining, 100);
  Context context;
  context.root = document->root();
  context.dialect = Dialect::workstation_contract_v0_1;
  run_of_dialect(context, sink);
  if (messages != nullptr) {
    messages->clear();
    for (const Finding& finding : sink.findings()) messages->push_back(json::text_of(finding.message, document));
  }
  return explaining ? std::move(sink.findings()) : std::vector<Finding>(sink.hit() ? 1 : 0);
}

std::string contract(const std::string& lanes) {
  return R"({"metadata":{"labels":{"sourceos.agent_machine":"true"}},"spec":{"lanes":[)" + lanes + "]}}";
}

std::string step(std::string_view command) {
  std::string text = R"({"evidence":{"emit":["agent-machine.mount.evidence"]},"steps":[{"run":)";
  json::append_string(text, command);
  return contract(text + "}]}");
}

TEST(WorkstationRules, DecideWhatTheyExplainWhateverStepsSay) {
  constexpr std::string_view pieces[] = {"sourceosctl", "agent-machine",
                                         "mounts",      "plan",
                                         "--dev-root",  "--root=",
                                         "~",           "$HOME",
                                         "${HOME}",     "/Downloads",
                                         "'",           "\"",
                                         "\\",          "\n",
                                         ";",           "--",
                                         "=",           "bash",
                                         "-c",          "#",
                                         "$(",          ")",
                                         " ",           " ",
                                         " ",           " ",
                                         " ",           "workspace-ops",
                                         "run",         "terminal-command",
                                         "--no-audit",  "..",
                                         "/",           "é",
                                         "\t",          "{",
                                         "}",           ".photoslibrary"};
  std::uint64_t state = 7;
  const auto roll = [&](std::size_t count) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((state >> 33) % count);
  };
  int faulty = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string command = round % 2 == 0 ? "sourceosctl agent-machine mounts " : "";
    for (std::size_t n = roll(24); n > 0; --n) command += pieces[roll(std::size(pieces))];
    const std::string text = step(command);
    const auto findings = run_rules(text, true);
    ASSERT_EQ(run_rules(text, false).empty(), findings.empty()) << command;
    faulty += findings.empty() ? 0 : 1;
  }
  EXPECT_GT(faulty, 100);
  EXPECT_LT(faulty, 3900);
}

TEST(WorkstationRules, NamesOfLanesAreComparedInTimeThatGrowsWithTheirNumber) {
  std::string lanes;
  for (int i = 0; i < 100000; ++i) {
    lanes += (i > 0 ? ",{\"name\":\"lane-" : "{\"name\":\"lane-") + std::to_string(i) + "\"}";
  }
  lanes += R"(,{"name":"lane-4\u0032"},{"name":17},{},"lane-1")";
  std::string text = contract(lanes);
  text.replace(text.find("\"true\""), 6, "\"false\"");
  std::vector<std::string> messages;
  const auto findings = run_rules(text, true, &messages);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule_case, Rule::workstation_lane_duplicate_name);
  EXPECT_EQ(messages[0], "another lane is called \"lane-42\"");
}

TEST(WorkstationRules, OtherShapesAreLeftToTheSchema) {
  for (const char* text :
       {"{}", R"({"spec":[]})", R"({"spec":{"lanes":{}}})", R"({"spec":{"lanes":[1,null,[],{"steps":{}}]}})",
        R"({"metadata":[],"spec":{"lanes":[{"steps":[{"run":1},7],"mounts":[{"source":[]}],"evidence":[]}]}})"}) {
    EXPECT_TRUE(run_rules(text, true).empty()) << text;
  }
}

}  // namespace
}  // namespace bearproof::rules
