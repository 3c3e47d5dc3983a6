#include "bearproof/validator/options.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "bearproof/validator/nearest.h"

namespace bearproof {
namespace {

std::string problem(std::string_view json) {
  CheckOptions options;
  return parse_options(json, options).value_or("");
}

TEST(Options, AreReadFromJson) {
  CheckOptions options;
  const auto wrong = parse_options(
      R"({"mode":"strict","level":"warning","now":"2026-01-31T12:00:00+01:00","digest":true,)"
      R"("severities":{"browser.owner.missing":"notice","parse.encoding.bom":"off"},"limits":{"nesting":64,"keys":0}})",
      options);
  ASSERT_FALSE(wrong) << *wrong;
  EXPECT_EQ(options.mode, Mode::strict);
  EXPECT_EQ(options.level, Severity::warning);
  EXPECT_EQ(options.now, "2026-01-31T12:00:00+01:00");
  EXPECT_TRUE(options.digest);
  ASSERT_EQ(options.severities.size(), 2u);
  EXPECT_EQ(options.severities[0], (std::pair(Rule::browser_owner_missing, Severity::notice)));
  EXPECT_EQ(options.severities[1], (std::pair(Rule::parse_encoding_bom, Severity::off)));
  EXPECT_EQ(options.limits.nesting, 64u);
  EXPECT_EQ(options.limits.keys, 0u);
  EXPECT_EQ(options.limits.document, Limits().document);
}

TEST(Options, SayHowLongASessionMayBeActive) {
  CheckOptions options;
  EXPECT_EQ(options.ttl_minutes, 120u);
  EXPECT_FALSE(parse_options(R"({"ttlMinutes":1})", options));
  EXPECT_EQ(options.ttl_minutes, 1u);
  EXPECT_FALSE(parse_options(R"({"ttlMinutes":525600})", options));
  EXPECT_EQ(options.ttl_minutes, 525600u);
}

TEST(Options, AReportNamesALifetimeThatHasAnEffectAndIsNotTheDefault) {
  CheckOptions options;
  ASSERT_FALSE(set_ttl(options, 90));
  EXPECT_EQ(report_options(options, "").ttl_minutes, 0U) << "without now it has no effect";
  ASSERT_FALSE(set_now(options, "2026-05-06T14:30:00Z"));
  EXPECT_EQ(report_options(options, "").ttl_minutes, 90U);
  ASSERT_FALSE(set_ttl(options, rules::default_ttl_minutes));
  EXPECT_EQ(report_options(options, "").ttl_minutes, 0U);
}

TEST(Options, NoneAreTheDefaults) { EXPECT_EQ(problem("{}"), ""); }

TEST(Options, SayWhatIsWrongAndWhere) {
  const std::array<std::pair<std::string_view, std::string_view>, 22> cases = {{
      {"", "options are not JSON: "},
      {"[]", "options: expected an object, found an array"},
      {R"({"levle":"info"})", R"(unknown option "levle" (did you mean "level"?))"},
      {R"({"level":"warn"})",
       R"(option "level": "warn" is not one of error, warning, notice and info (did you mean "warning"?))"},
      {R"({"level":"off"})", R"(option "level": "off" is not one of)"},
      {R"({"level":1})", R"(option "level": expected a string, found 1)"},
      {R"({"mode":"strickt"})",
       R"(option "mode": "strickt" is not one of default, release and strict (did you mean "strict"?))"},
      {R"({"now":"yesterday"})", R"(option "now": "yesterday" is not an RFC 3339 date-time)"},
      {R"({"ttlMinutes":0})", R"(option "ttlMinutes": 0 minutes: expected 1 to 525600)"},
      {R"({"ttlMinutes":525601})", R"(option "ttlMinutes": 525601 minutes: expected 1 to 525600)"},
      {R"({"ttlMinutes":"120"})", R"(option "ttlMinutes": expected a whole number of minutes, found "120")"},
      {R"({"digest":"yes"})", R"(option "digest": expected true or false, found "yes")"},
      {R"({"severities":[]})", R"(option "severities": expected an object of rules and levels, found an array)"},
      {R"({"severities":{"browser.owner.mising":"off"}})",
       R"(option "severities": unknown rule "browser.owner.mising" (did you mean "browser.owner.missing"?))"},
      {R"({"severities":{"browser.owner.missing":"fatal"}})", R"(option "severities": "fatal" is not one of)"},
      {R"({"severities":{"browser.owner.missing":1}})", R"(option "severities": expected a level for)"},
      {R"({"severities":{"limit.steps":"off"}})", R"(option "severities": "limit.steps" stays an error)"},
      {R"({"severities":{"engine.failed":"info"}})", R"(option "severities": "engine.failed" stays an error)"},
      {R"({"limits":{"nesting":513}})", R"(option "limits": "nesting" may be lowered, not raised: at most 512 levels)"},
      {R"({"limits":{"nesting":-1}})", R"(option "limits": expected a whole number for "nesting", found -1)"},
      {R"({"limits":{"nesing":1}})", R"(option "limits": unknown limit "nesing" (did you mean "nesting"?))"},
      {R"({"level":"info","level":"error"})", R"(option "level" is given twice)"},
  }};
  for (const auto& [json, message] : cases) {
    const std::string said = problem(json);
    EXPECT_TRUE(said.starts_with(message)) << json << "\n  said: " << said << "\n  expected: " << message;
  }
}

TEST(Options, StayAsTheyWereWhereOneIsWrong) {
  CheckOptions options;
  EXPECT_TRUE(parse_options(R"({"mode":"strict","digest":true,"level":"loud"})", options));
  EXPECT_EQ(options.mode, Mode::standard);
  EXPECT_FALSE(options.digest);
}

TEST(Options, FindingsLeftOutMayBeTurnedOff) { EXPECT_EQ(problem(R"({"severities":{"limit.findings":"off"}})"), ""); }

TEST(Options, EveryLimitHasItsDefaultAsItsMost) {
  for (const LimitInfo& limit : limit_table()) {
    CheckOptions options;
    EXPECT_FALSE(set_limit(options, limit.name, limit.value)) << limit.name;
    EXPECT_TRUE(set_limit(options, limit.name, limit.value + 1)) << limit.name;
    EXPECT_EQ(Limits().*limit.field, limit.value) << limit.name;
  }
}

TEST(Nearest, FindsWhatWasMeant) {
  constexpr std::array<std::string_view, 4> words = {"check", "rules", "explain", "schema"};
  EXPECT_EQ(nearest("chek", words), "check");
  EXPECT_EQ(nearest("hceck", words), "check");
  EXPECT_EQ(nearest("rule", words), "rules");
  EXPECT_EQ(nearest("schemata", words), "schema");
  EXPECT_EQ(nearest("expl", words), "explain");
  EXPECT_EQ(nearest("bowtie", words), std::nullopt);
  EXPECT_EQ(nearest("", words), std::nullopt);
  EXPECT_EQ(nearest(std::string(1000, 'c'), words), std::nullopt);
  EXPECT_EQ(did_you_mean("chek", words), R"( (did you mean "check"?))");
  EXPECT_EQ(did_you_mean("zzz", words), "");
}

}  // namespace
}  // namespace bearproof
