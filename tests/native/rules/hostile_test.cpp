// Documents that make rules look again and again at the same bytes. What these guard against does not take longer: it
// does not end.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"
#include "bearproof/rules/rules.h"

namespace bearproof::rules {
namespace {

std::vector<RuleCase> raised(const std::string& text, Dialect dialect) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr);
  if (document == nullptr) return {};
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::info, true, 10);
  const Context context{document->root(), dialect, std::nullopt};
  run_on_any(context, sink);
  run_of_dialect(context, sink);
  std::vector<RuleCase> rules;
  for (const Finding& finding : sink.findings()) rules.push_back(finding.rule_case);
  return rules;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(RulesHostile, AssignmentsWithinAssignments) {
  for (const std::string_view piece : {"password=$", "password=urn:", "password=%"}) {
    EXPECT_TRUE(raised("{\"note\":\"" + repeated(piece, 50'000) + ">\"}", Dialect::none).empty()) << piece;
  }
  // So long a value is one, whatever stands at its end.
  EXPECT_EQ(raised("{\"note\":\"password=<" + std::string(1000, 'x') + ">\"}", Dialect::none).size(), 1u);
}

TEST(RulesHostile, BracketsWithinBrackets) {
  const std::string text = "{\"aRef\":\"" + repeated("<", 1'000'000) + ">\",\"bRef\":\"<x>\"}";
  EXPECT_EQ(raised(text, Dialect::none), (std::vector<RuleCase>{Rule::format_urn_placeholder}));
}

TEST(RulesHostile, LongListsAgainstLongLists) {
  const std::string asked = repeated("\"a\",", 200'000);
  const std::string granted = repeated("\"b\",", 200'000);
  const auto envelope = [&](std::string_view last) {
    return R"({"result":"allow","requestedCapabilities":[)" + asked + R"("a"],"grant":{"scope":[)" + granted + "\"" +
           std::string(last) + "\"]}}";
  };
  EXPECT_TRUE(raised(envelope("a"), Dialect::host_interface_envelope).empty());
  EXPECT_TRUE(raised(envelope("*"), Dialect::host_interface_envelope).empty());
  EXPECT_EQ(raised(envelope("c"), Dialect::host_interface_envelope),
            (std::vector<RuleCase>{Rule::hostif_allow_invalid_grant}));
}

TEST(RulesHostile, ALongListOfOneName) {
  std::string tools;
  for (int i = 0; i < 200'000; ++i) tools += "{\"toolId\":\"t" + std::to_string(i) + "\"},";
  EXPECT_TRUE(raised("{\"tools\":[" + tools + "{}]}", Dialect::agent_tool_surface).empty());
  EXPECT_EQ(raised("{\"tools\":[" + tools + R"({"toolId":"t\u0037"}]})", Dialect::agent_tool_surface),
            (std::vector<RuleCase>{Rule::machine_tool_duplicate}));
}

}  // namespace
}  // namespace bearproof::rules
