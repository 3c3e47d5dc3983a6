#include "bearproof/report/catalogue_json.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/catalogue/texts.h"
#include "bearproof/contract/contract.h"
#include "bearproof/report/json_writer.h"
#include "bearproof/report/report.h"

namespace bearproof::report {
namespace {

void write_case(std::string& out, RuleCase rule_case) {
  const RuleInfo& info = info_of(rule_case);
  Object object(out);
  if (!info.case_name.empty()) object.text("case", info.case_name);
  object.text("severity", name_of(info.severity));
  if (const RuleTexts* texts = texts_of(rule_case)) object.text("condition", texts->condition);
  object.text("message", info.message).text("help", info.help).end();
}

/// Rules, not cases: a rule that loses by several of its cases is named once.
std::vector<std::string_view> superseded_by(RuleCase first) {
  std::vector<std::string_view> ids;
  for (const Supersession& pair : supersessions()) {
    const std::string_view loser = info_of(pair.loser).id;
    if (info_of(pair.winner).first != first || info_of(pair.loser).first == first) continue;
    if (std::find(ids.begin(), ids.end(), loser) == ids.end()) ids.push_back(loser);
  }
  return ids;
}

void write_rule(std::string& out, RuleCase first) {
  const RuleInfo& rule = info_of(first);
  Object object(out);
  object.text("id", rule.id).text("family", rule.family).text("title", rule.title);
  if (const RuleTexts* texts = texts_of(first)) object.text("source", texts->source);
  object.boolean("sensitive", rule.sensitive).boolean("fixable", rule.fixable).boolean("gate", rule.release_gate);
  write_array(object.key("cases"), cases_of(first), write_case);
  const std::vector<std::string_view> losers = superseded_by(first);
  if (!losers.empty()) {
    write_array(object.key("supersedes"), losers,
                [](std::string& to, std::string_view id) { json::append_string(to, id); });
  }
  object.end();
}

void write_dialect(std::string& out, Dialect dialect) {
  const DialectInfo& info = info_of(dialect);
  Object object(out);
  object.text("dialect", info.dialect).text("title", info.title);
  if (!info.schema.empty()) object.text("schema", contract::schema_uri(dialect));
  object.end();
}

}  // namespace

std::string rules_json() {
  std::vector<RuleCase> rules;
  for (std::size_t i = 0; i < rule_table().size(); ++i) {
    if (rule_table()[i].case_name.empty()) rules.push_back(RuleCase{static_cast<std::uint16_t>(i)});
  }
  std::string out;
  write_array(out, rules, write_rule);
  return out;
}

std::string kinds_json() {
  // Dialects of one kind need not stand together in the table; the kind stands where its first dialect does.
  std::vector<std::vector<Dialect>> kinds;
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    const auto same = [&](const std::vector<Dialect>& kind) {
      return info_of(kind.front()).kind == dialect_table()[i].kind;
    };
    auto at = std::find_if(kinds.begin(), kinds.end(), same);
    if (at == kinds.end()) at = kinds.emplace(kinds.end());
    at->push_back(static_cast<Dialect>(i));
  }
  std::string out;
  write_array(out, kinds, [](std::string& to, const std::vector<Dialect>& dialects) {
    Object object(to);
    object.text("kind", info_of(dialects.front()).kind).text("family", info_of(dialects.front()).family);
    write_array(object.key("dialects"), dialects, write_dialect);
    object.end();
  });
  return out;
}

std::string about_json() {
  std::string out;
  Object(out).text("version", version()).text("ruleset", contract::ruleset()).end();
  return out;
}

}  // namespace bearproof::report
