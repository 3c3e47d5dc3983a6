#include "bearproof/catalogue/rules.h"

#include <array>

#include "bearproof/report/catalogue_json.h"
#include "bearproof/validator/nearest.h"

#include "commands.h"
#include "formats.h"
#include "messages.h"
#include "table.h"

namespace bearproof::cli {
namespace {

/// "error", or all that its cases have: "error, warning, info".
std::string severities_of(const RuleInfo& rule) {
  std::string text;
  for (auto severity = static_cast<std::size_t>(Severity::error); severity > 0; --severity) {
    for (const RuleInfo& info : rule_table()) {
      if (info.first != rule.first || info.severity != static_cast<Severity>(severity)) continue;
      text.append(text.empty() ? "" : ", ").append(name_of(info.severity));
      break;
    }
  }
  return text;
}

}  // namespace

Exit rules(const RulesArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "rules", *problem);
  if (arguments.format == "json") {
    world.out.write(report::rules_json() + "\n");
    return Exit::ok;
  }
  std::vector<std::vector<std::string>> rows;
  for (const RuleInfo& info : rule_table()) {
    if (!info.case_name.empty()) continue;
    rows.push_back({std::string(info.id), severities_of(info), std::string(info.title)});
  }
  world.out.write(table(rows));
  return Exit::ok;
}

}  // namespace bearproof::cli
