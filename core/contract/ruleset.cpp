#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/canonical.h"

#include "embedded.h"

namespace bearproof::contract {
namespace {

std::string compute() {
  std::vector<std::string> lines;
  for (const RuleInfo& rule : rule_table()) {
    std::string line(rule.id);
    line.append("#").append(rule.case_name).append(" ").append(name_of(rule.severity)).append("\n");
    lines.push_back(std::move(line));
  }
  stable_sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line;

  text += embedded_schemas_digest();
  return json::sha256_text(text);
}

}  // namespace

std::string_view ruleset() {
  static const std::string digest = compute();
  return digest;
}

}  // namespace bearproof::contract
