#include "rule_files.h"

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"

#include "files.h"

namespace bearproof::test {
namespace {

std::string text_of(json::Value value) {
  std::string scratch;
  return value && value.is_string() ? std::string(value.string(scratch)) : std::string();
}

void add_conditions(json::Value rule, std::map<RuleCase, std::string>& out) {
  const std::string id = text_of(rule.find("id"));
  const std::string condition = text_of(rule.find("condition"));
  const auto add = [&](const std::string& spelling, const std::string& text) {
    const auto rule_case = rule_case_from(spelling);
    if (!rule_case) {
      ADD_FAILURE() << spelling << " is not in the program";
    } else {
      out[*rule_case] = text;
    }
  };
  add(id, condition);
  const json::Value cases = rule.find("cases");
  if (!cases) return;
  for (const json::Value one : cases.items()) {
    const std::string own = text_of(one.find("condition"));
    add(id + "#" + text_of(one.find("case")), own.empty() ? condition : own);
  }
}

void add_examples(json::Value rule, std::vector<RuleExample>& out) {
  const auto first = rule_from(text_of(rule.find("id")));
  const json::Value examples = rule.find("examples");
  if (!first || !examples) return;
  for (const json::Member side : examples.members()) {
    if (side.value.find("none")) continue;  // there can be no fixture
    out.push_back(
        {*first, side.key.equals("bad"), text_of(side.value.find("fixture")), text_of(side.value.find("command"))});
  }
}

/// Calls back for every rule of every file.
template <typename Visit>
void for_each_rule(Visit visit) {
  json::Reader reader;
  for (const std::string& path : rule_files()) {
    const std::string text = read_file(path).value_or("");
    const json::Document* document = reader.read(text);
    EXPECT_NE(document, nullptr) << path;
    if (document == nullptr) continue;
    for (const json::Value rule : document->root().find("rules").items()) visit(rule);
  }
}

}  // namespace

std::vector<std::string> rule_files() { return files_below(source_path("core/catalogue/rules"), ".json"); }

const std::map<RuleCase, std::string>& conditions() {
  static const std::map<RuleCase, std::string> all = [] {
    std::map<RuleCase, std::string> out;
    for_each_rule([&](json::Value rule) { add_conditions(rule, out); });
    return out;
  }();
  return all;
}

const std::vector<RuleExample>& rule_examples() {
  static const std::vector<RuleExample> all = [] {
    std::vector<RuleExample> out;
    for_each_rule([&](json::Value rule) { add_examples(rule, out); });
    return out;
  }();
  return all;
}

}  // namespace bearproof::test
