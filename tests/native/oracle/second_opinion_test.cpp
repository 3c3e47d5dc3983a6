#include "bearproof/oracle/second_opinion.h"

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

namespace bearproof::oracle {
namespace {

std::string draft7(std::string_view schema) {
  json::Reader reader;
  const json::Document* document = reader.read(schema);
  if (document == nullptr) return "unreadable";
  const auto rewritten = to_draft7(*document);
  return rewritten ? *rewritten : "refused: " + rewritten.error();
}

std::vector<Failure> failures(std::string_view schema, std::string_view text) {
  auto opinion = SecondOpinion::compile(schema);
  EXPECT_TRUE(opinion) << opinion.error();
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  const std::vector<Failure> found = opinion->failures(*document);
  EXPECT_EQ(found.empty(), opinion->valid(*document)) << text;
  return found;
}

bool valid(std::string_view schema, std::string_view text) { return failures(schema, text).empty(); }

TEST(Draft7, KeepsWhatBothDraftsReadAlike) {
  EXPECT_EQ(draft7(R"({"type":"object","properties":{"a":{"const":1.50}},"required":["a"]})"),
            R"({"type":"object","properties":{"a":{"const":1.50}},"required":["a"]})");
}

TEST(Draft7, DropsWhatAssertsNothing) {
  EXPECT_EQ(
      draft7(R"({"$schema":"x","$id":"urn:x","title":"t","x-bearproof-rule":"a.b","format":"date","minLength":1})"),
      R"({"minLength":1})");
}

TEST(Draft7, MovesDefinitionsAndReferences) {
  EXPECT_EQ(
      draft7(R"({"$defs":{"a":{"type":"null"}},"properties":{"p":{"$ref":"#/$defs/a","not":true}}})"),
      R"({"definitions":{"a":{"type":"null"}},"properties":{"p":{"allOf":[{"$ref":"#/definitions/a"}],"not":true}}})");
}

TEST(Draft7, JoinsDependentKeywords) {
  EXPECT_EQ(draft7(R"({"dependentRequired":{"a":["b"]}})"), R"({"dependencies":{"a":["b"]}})");
}

TEST(Draft7, RefusesByNameWhatItCannotSay) {
  EXPECT_EQ(draft7(R"({"prefixItems":[true]})"), "refused: prefixItems");
  EXPECT_EQ(draft7(R"({"unevaluatedProperties":false})"), "refused: unevaluatedProperties");
  EXPECT_EQ(draft7(R"({"contains":true,"minContains":2})"), "refused: minContains");
  EXPECT_EQ(draft7(R"({"$ref":"other.json"})"), "refused: $ref to another resource");
  EXPECT_EQ(draft7(R"({"patternProperties":{"a":true}})"), "refused: patternProperties");
}

TEST(SecondOpinion, JudgesEveryTypeThroughTheAdapter) {
  constexpr std::string_view types[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
  constexpr std::string_view values[] = {"null", "true", "3", "3.5", "\"a\"", "[1]", "{\"a\":1}"};
  for (std::size_t t = 0; t < std::size(types); ++t) {
    for (std::size_t v = 0; v < std::size(values); ++v) {
      const bool integer_is_number = types[t] == "number" && values[v] == "3";
      EXPECT_EQ(valid(std::string("{\"type\":\"").append(types[t]).append("\"}"), values[v]),
                t == v || integer_is_number)
          << types[t] << " " << values[v];
    }
  }
}

TEST(SecondOpinion, SeesEscapesDecoded) {
  EXPECT_TRUE(valid(R"({"const":"aé"})", R"("a\u00e9")"));
  EXPECT_TRUE(valid(R"({"required":["a b"]})", R"({"a\u0020b":1})"));
  EXPECT_FALSE(valid(R"({"maxLength":1})", R"("\u00e9\u00e9")"));
}

TEST(SecondOpinion, RunsPatternsOnOurEngine) {
  EXPECT_TRUE(valid(R"({"pattern":"^\\p{Lu}+$"})", R"("ÄÖ")"));
  EXPECT_FALSE(valid(R"({"pattern":"^(a+)+$"})", "\"" + std::string(50'000, 'a') + "!\""));
}

TEST(SecondOpinion, PointsIntoTheDocument) {
  const std::vector<Failure> found =
      failures(R"({"properties":{"a/b":{"items":{"type":"string"}}}})", R"({"a/b":["x",7]})");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().pointer, "/a~1b/1");
}

TEST(SecondOpinion, RefusesASchemaThatItCannotHold) {
  EXPECT_FALSE(SecondOpinion::compile("{\"type\":"));
  EXPECT_FALSE(SecondOpinion::compile(R"({"type":"sometimes"})"));
  EXPECT_FALSE(SecondOpinion::compile(R"({"$dynamicRef":"#a"})"));
}

}  // namespace
}  // namespace bearproof::oracle
