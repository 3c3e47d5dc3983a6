#include <array>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/catalogue/texts.h"

namespace bearproof {
namespace {

bool is_rule_id(std::string_view id) {
  bool dot = false;
  char before = '.';
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && c != '.' && !(c == '-' && dot)) return false;
    if (!plain && (before == '.' || before == '-')) return false;
    dot = dot || c == '.';
    before = c;
  }
  return dot && before != '.' && before != '-';
}

TEST(Catalogue, IdsAreWellFormedAndCasesUnique) {
  std::set<std::string> spellings;
  for (std::size_t i = 0; i < rule_case_count; ++i) {
    const RuleInfo& rule = rule_table()[i];
    EXPECT_TRUE(is_rule_id(rule.id)) << rule.id;
    EXPECT_TRUE(rule.id.starts_with(std::string(rule.family) + ".")) << rule.id;
    std::string spelling(rule.id);
    if (!rule.case_name.empty()) spelling.append("#").append(rule.case_name);
    EXPECT_TRUE(spellings.insert(spelling).second) << spelling << " twice";
    const auto found = rule_case_from(spelling);
    ASSERT_TRUE(found) << spelling;
    EXPECT_EQ(static_cast<std::size_t>(*found), i);
    EXPECT_EQ(rule_from(rule.id), rule.first) << rule.id;
  }
  EXPECT_FALSE(rule_from("no.such.rule"));
  EXPECT_FALSE(rule_case_from("browser.scope.empty#never"));
}

TEST(Catalogue, EveryRuleSaysWhatPeopleNeed) {
  for (const RuleInfo& rule : rule_table()) {
    EXPECT_NE(rule.severity, Severity::off) << rule.id;
    EXPECT_FALSE(rule.title.empty()) << rule.id;
    EXPECT_FALSE(rule.message.empty()) << rule.id;
    EXPECT_FALSE(rule.help.empty()) << rule.id;
    EXPECT_EQ(rule.help.back(), '.') << rule.id << ": help is a sentence";
    EXPECT_NE(rule.message.back(), '.') << rule.id << ": a message is no sentence";
  }
}

TEST(Catalogue, EveryCaseHasTexts) {
  for (std::size_t i = 0; i < rule_case_count; ++i) {
    const RuleTexts* texts = texts_of(RuleCase{static_cast<std::uint16_t>(i)});
    const std::string_view id = rule_table()[i].id;
#if defined(__EMSCRIPTEN__)
    EXPECT_EQ(texts, nullptr) << id << ": loaded on demand here";
#else
    ASSERT_NE(texts, nullptr) << id;
    EXPECT_FALSE(texts->condition.empty() || texts->source.empty()) << id;
    EXPECT_FALSE(texts->why.empty() || texts->bad.empty() || texts->good.empty()) << id;
#endif
  }
}

TEST(Catalogue, AWinnerIsNeverMilderThanItsLoser) {
  // Else supersession could turn an error into something less.
  std::map<RuleCase, Severity> mildest;
  std::map<RuleCase, Severity> worst;
  for (const RuleInfo& rule : rule_table()) {
    const auto [low, first_low] = mildest.emplace(rule.first, rule.severity);
    if (!first_low) low->second = std::min(low->second, rule.severity);
    const auto [high, first_high] = worst.emplace(rule.first, rule.severity);
    if (!first_high) high->second = std::max(high->second, rule.severity);
  }
  for (const Supersession& pair : supersessions()) {
    EXPECT_EQ(info_of(pair.winner).first, pair.winner);
    EXPECT_EQ(info_of(pair.loser).first, pair.loser);
    EXPECT_NE(pair.winner, pair.loser);
    // A milder case of the winner does not stand where the loser's worst does; the worst of both are compared.
    EXPECT_GE(worst[pair.winner], worst[pair.loser]) << info_of(pair.winner).id << " over " << info_of(pair.loser).id;
  }
}

TEST(Catalogue, StrictAndReleaseRaiseWhatTheyShould) {
  std::array<Severity, rule_case_count> standard;
  std::array<Severity, rule_case_count> strict;
  std::array<Severity, rule_case_count> release;
  effective_severities(Mode::standard, standard);
  effective_severities(Mode::strict, strict);
  effective_severities(Mode::release, release);
  for (std::size_t i = 0; i < rule_case_count; ++i) {
    const RuleInfo& rule = rule_table()[i];
    EXPECT_EQ(standard[i], rule.severity) << rule.id;
    const bool kind_warning = rule.family == "kind" && rule.severity == Severity::warning;
    EXPECT_EQ(strict[i], kind_warning ? Severity::error : rule.severity) << rule.id;
    EXPECT_EQ(release[i], rule.release_gate ? Severity::error : rule.severity) << rule.id;
  }
  EXPECT_EQ(strict[static_cast<std::size_t>(Rule::kind_unknown)], Severity::error);
}

TEST(Catalogue, KindsAndDialectsAreUnique) {
  std::set<std::string> names;
  for (const DialectInfo& info : dialect_table()) {
    EXPECT_FALSE(info.kind.empty() || info.dialect.empty() || info.family.empty() || info.title.empty()) << info.kind;
    EXPECT_TRUE(names.insert(std::string(info.kind) + " " + std::string(info.dialect)).second) << info.kind;
    if (!info.schema.empty()) {
      EXPECT_TRUE(info.schema.starts_with(std::string(info.family) + "/" + std::string(info.kind) + "."))
          << info.schema;
      EXPECT_TRUE(info.schema.ends_with(".schema.json")) << info.schema;
    }
  }
}

}  // namespace
}  // namespace bearproof
