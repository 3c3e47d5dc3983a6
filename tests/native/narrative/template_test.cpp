// The language of the narratives' sentences. The header is private to the component: all of them are written in it.
#include "../../../core/narrative/template.h"

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

#include "../../../core/narrative/templates.h"

namespace bearproof::narrative {
namespace {

constexpr std::string_view sample =
    R"({"who":"urn:srcos:agent:a@1.2","at":"2026-05-06T12:06:30.25+02:00","state":"blocked_by_policy","yes":true,"no":false,)"
    R"("null":null,"blank":"  ","list":["x_y","b","c","d","e"],"four":["a","b","c","d"],"one":["a"],"empty":[],)"
    R"("object":{"deep":"d","number":12},"evil":"{who} [yes: x]","digest":"sha256:00"})";

std::string filled(std::string_view text) {
  json::Reader reader;
  const json::Document* document = reader.read(sample);
  EXPECT_NE(document, nullptr);
  return fill(text, document->root(), {});
}

std::string told(std::string_view text) {
  json::Reader reader;
  return sentence(text, reader.read(sample)->root(), {});
}

TEST(NarrativeTemplate, SaysValuesInWords) {
  EXPECT_EQ(filled("{who}"), "a 1.2");
  EXPECT_EQ(filled("{at}"), "2026-05-06 12:06 +02:00");
  EXPECT_EQ(filled("{state}"), "blocked by policy");
  EXPECT_EQ(filled("{yes} {no}"), "yes no");
  EXPECT_EQ(filled("{list}"), "x y, b, c and 2 more");
  EXPECT_EQ(filled("{four}"), "a, b, c and d");
  EXPECT_EQ(filled("{one}"), "a");
  EXPECT_EQ(filled("{object/deep} {object/number}"), "d 12");
  EXPECT_EQ(filled("{digest}"), "a digest");
}

TEST(NarrativeTemplate, MissingValuesTakeTheirAlternative) {
  EXPECT_EQ(filled("{nobody,blank,who|x}"), "a 1.2");
  EXPECT_EQ(filled("{nobody|somebody}"), "somebody");
  EXPECT_EQ(filled("{null|none} {blank|none} {empty|none} {object|none} {who/deeper|none}"),
            "none none none none none");
  EXPECT_EQ(filled("before {nobody}"), "") << "nothing is better than half a sentence";
}

TEST(NarrativeTemplate, AlternativesTakeTheFirstThatFits) {
  EXPECT_EQ(filled("[state=a,blocked_by_policy: one|: two]"), "one");
  EXPECT_EQ(filled("[yes=true&no=false: both]"), "both");
  EXPECT_EQ(filled("[yes&!no&!nobody&!empty&!null: all]"), "all");
  EXPECT_EQ(filled("[no: x|nobody: y|who: {nobody}|: last]"), "last") << "a missing value makes it not fit";
  EXPECT_EQ(filled("[nobody,state=blocked_by_policy: first that is there]"), "first that is there");
  EXPECT_EQ(filled("a[nobody: b]c"), "ac");
  EXPECT_EQ(filled("a[who: b[nobody: c|: d]]"), "a b d");
  EXPECT_EQ(filled("[yes:, x]"), ", x") << "the text follows the colon as it stands";
}

TEST(NarrativeTemplate, CountsThings) {
  EXPECT_EQ(filled("{#list item}, {#one item}, {#empty item}, {#nobody item}, {#who item}"),
            "5 items, 1 item, no items, no items, no items");
  EXPECT_EQ(filled("{#list capability}"), "5 capabilities");
}

TEST(NarrativeTemplate, ValuesAreNeverTemplates) { EXPECT_EQ(filled("{evil}"), "{who} [yes: x]"); }

TEST(NarrativeTemplate, SentencesAreWellFormed) {
  EXPECT_EQ(told("{object/deep}  did it[nobody: x] ."), "D did it .");
  EXPECT_EQ(told("it ended."), "It ended.");
  EXPECT_EQ(told("it ended.[yes: . ]"), "It ended. .");
  EXPECT_EQ(told("why?"), "Why?");
  EXPECT_EQ(told("[nobody: x]"), "");
}

TEST(NarrativeTemplate, FaultsAreNamed) {
  EXPECT_EQ(fault_of("{a|b}[c=d: {e}|: f]", true), "");
  EXPECT_EQ(fault_of("{a}", false), "");
  for (const std::string_view wrong : {"{a}", "{a", "a}", "[a: b", "a]", "[a b: c]", "[a", "{#a}", "{#a b|c}", "{}"}) {
    EXPECT_NE(fault_of(wrong, true), "") << wrong;
  }
}

TEST(NarrativeTemplate, EveryTemplateIsSound) {
  for (const Template& row : templates()) {
    const std::string name = std::string(info_of(row.dialect).kind) + " " + std::string(info_of(row.dialect).dialect);
    for (const std::string_view text : {row.severity, row.happened, row.why, row.risk, row.next}) {
      EXPECT_EQ(fault_of(text, true), "") << name << ": " << text;
      EXPECT_FALSE(text.empty()) << name;
    }
    for (const std::string_view text : {row.actor, row.target, row.policy_rule, row.outcome}) {
      EXPECT_EQ(fault_of(text, false), "") << name << ": " << text;
    }
  }
}

TEST(NarrativeTemplate, EveryKindIsTold) {
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    const Template* const row = template_of(static_cast<Dialect>(i));
    ASSERT_NE(row, nullptr) << dialect_table()[i].kind;
    EXPECT_EQ(info_of(row->dialect).kind, dialect_table()[i].kind);
  }
  EXPECT_EQ(template_of(Dialect::none), nullptr);
}

TEST(NarrativeTemplate, AnEmptyDocumentOfEveryKindIsToldWithoutGaps) {
  json::Reader reader;
  const json::Value root = reader.read("{}")->root();
  for (const Template& row : templates()) {
    for (const std::string_view text : {row.happened, row.why, row.risk, row.next}) {
      const std::string said = sentence(text, root, {});
      EXPECT_GE(said.size(), 5u) << text;
      EXPECT_EQ(said.find_first_of("{}[]|"), std::string::npos) << said;
    }
    EXPECT_TRUE(severity_from(fill(row.severity, root, {}))) << row.severity;
  }
}

}  // namespace
}  // namespace bearproof::narrative
