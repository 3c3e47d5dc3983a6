// Every keyword, by cases of its own: beside the official suite, and there where that is not at hand.
#include "fixture.h"

namespace bearproof::test {
namespace {

struct Case {
  std::string_view schema;
  std::string_view document;
  bool valid;
};

void run(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    Checker checker(each.schema);
    ASSERT_TRUE(checker.compiled()) << each.schema << ": " << checker.fault();
    EXPECT_EQ(checker.valid(each.document), each.valid) << each.schema << " on " << each.document;
  }
}

// What a subschema reads of nested members must not change the name that the next keyword sees.
TEST(SchemaKeywords, EscapedNamesUnderSeveralKeywords) {
  constexpr std::string_view schema = R"({"properties":{"a":{"properties":{"bb":{"type":"integer"}}}},
                                          "patternProperties":{"^a$":{"required":["q"]}},
                                          "additionalProperties":false})";
  run({{schema, R"({"a":{"bb":1}})", false},
       {schema, R"({"\u0061":{"\u0062b":1}})", false},
       {schema, R"({"\u0061":{"\u0062b":1,"q":1}})", true},
       {schema, R"({"\u0062":{"\u0061":1}})", false}});
}

TEST(SchemaKeywords, BooleanSchemas) {
  run({{"true", "{}", true}, {"false", "{}", false}, {"{}", "1", true}, {R"({"not":{}})", "1", false}});
}

TEST(SchemaKeywords, Type) {
  run({{R"({"type":"integer"})", "1", true},
       {R"({"type":"integer"})", "1.0", true},
       {R"({"type":"integer"})", "1e2", true},
       {R"({"type":"integer"})", "1.5", false},
       {R"({"type":"integer"})", "1e400", true},
       {R"({"type":"integer"})", "1e-400", false},
       {R"({"type":"integer"})", "-0", true},
       {R"({"type":["integer","null"]})", "null", true},
       {R"({"type":["integer","null"]})", "1.5", false},
       {R"({"type":["integer","number"]})", "1.5", true},
       {R"({"type":["string","array"]})", "{}", false},
       {R"({"type":"object"})", "{}", true},
       {R"({"type":"boolean"})", "false", true}});
}

TEST(SchemaKeywords, EnumAndConst) {
  run({{R"({"const":1})", "1.0", true},
       {R"({"const":true})", "true", true},
       {R"({"const":true})", "1", false},
       {R"({"const":false})", "0", false},
       {R"({"const":null})", "null", true},
       {R"({"const":"a"})", R"("\u0061")", true},
       {R"({"const":"\u0061b"})", R"("ab")", true},
       {R"({"const":{"a":1,"b":[2]}})", R"({"b":[2.0],"a":1})", true},
       {R"({"const":{"a":1}})", R"({"a":1,"b":1})", false},
       {R"({"const":9007199254740993})", "9007199254740992", false},
       {R"({"enum":["a","b"]})", R"("b")", true},
       {R"({"enum":["a","b"]})", R"("\u0062")", true},
       {R"({"enum":["a","b"]})", R"("c")", false},
       {R"({"enum":["a",1,null,true,[],{}]})", "false", false},
       {R"({"enum":["a",1,null,true,[],{}]})", "{}", true},
       {R"({"enum":["a",1,null,true,[],{}]})", "1e0", true},
       {R"({"enum":[1,2,3,4,5,6,7,8]})", "7.0", true},
       {R"({"enum":[1,2,3,4,5,6,7,8]})", "9", false},
       {R"({"enum":[]})", "1", false}});
}

TEST(SchemaKeywords, Strings) {
  run({{R"({"minLength":2})", R"("é")", false},
       {R"({"minLength":2})", R"("éé")", true},
       {R"({"maxLength":1})", R"("😀")", true},
       {R"({"maxLength":1})", R"("\ud83d\ude00")", true},
       {R"({"maxLength":1})", R"("ab")", false},
       {R"({"maxLength":2.0})", R"("abc")", false},
       {R"({"pattern":"^urn:"})", R"("urn:x")", true},
       {R"({"pattern":"^urn:"})", R"("\u0075rn:x")", true},
       {R"({"pattern":"^urn:"})", R"("ur")", false},
       {R"({"pattern":"b+"})", R"("abc")", true},
       {R"({"pattern":"^b+$"})", R"("abc")", false},
       {R"({"pattern":"b"})", "1", true}});
}

TEST(SchemaKeywords, Numbers) {
  run({{R"({"minimum":9007199254740993})", "9007199254740992", false},
       {R"({"maximum":1e400})", "1e399", true},
       {R"({"maximum":1e399})", "1e400", false},
       {R"({"minimum":0})", "-1e-400", false},
       {R"({"exclusiveMinimum":0})", "-0", false},
       {R"({"exclusiveMinimum":0})", "1e-400", true},
       {R"({"exclusiveMaximum":3})", "3.0", false},
       {R"({"exclusiveMaximum":3})", "2.99999999999999999999", true},
       {R"({"multipleOf":0.1})", "0.3", true},
       {R"({"multipleOf":0.1})", "0.35", false},
       {R"({"multipleOf":3})", "9", true},
       {R"({"multipleOf":3})", "-10", false},
       {R"({"multipleOf":1e-8})", "12391239123", true},
       {R"({"minimum":5})", R"("4")", true}});
}

TEST(SchemaKeywords, Objects) {
  run({{R"({"required":["a"]})", R"({"\u0061":1})", true},
       {R"({"required":["a"]})", R"({"b":1})", false},
       {R"({"required":["a"]})", "[]", true},
       {R"({"properties":{"a":false}})", R"({"a":1})", false},
       {R"({"properties":{"a":{"type":"string"}},"additionalProperties":false})", R"({"a":"x"})", true},
       {R"({"properties":{"a":{"type":"string"}},"additionalProperties":false})", R"({"b":"x"})", false},
       {R"({"additionalProperties":{"type":"integer"}})", R"({"b":1,"c":2})", true},
       {R"({"additionalProperties":{"type":"integer"}})", R"({"b":1,"c":""})", false},
       {R"({"required":["b"],"properties":{"a":true},"additionalProperties":false})", R"({"b":1})", false},
       {R"({"patternProperties":{"^x":{"type":"integer"},"y$":{"minimum":5}}})", R"({"xy":6})", true},
       {R"({"patternProperties":{"^x":{"type":"integer"},"y$":{"minimum":5}}})", R"({"xy":4})", false},
       {R"({"patternProperties":{"^x":{}},"additionalProperties":false})", R"({"xa":1,"a":1})", false},
       {R"({"properties":{"x":{"type":"object","required":["q"]}},"patternProperties":{"^x":{"minProperties":2}}})",
        R"({"x":{"q":1}})", false},
       {R"({"properties":{"x":{"type":"object","required":["q"]}},"patternProperties":{"^x":{"minProperties":2}}})",
        R"({"x":{"q":1,"r":2}})", true},
       {R"({"propertyNames":{"maxLength":2}})", R"({"ab":1,"abc":2})", false},
       {R"({"propertyNames":{"anyOf":[{"const":"a"},{"const":"b"}]}})", R"({"a":1,"b":2})", true},
       {R"({"propertyNames":{"anyOf":[{"const":"a"},{"const":"b"}]}})", R"({"a":1,"c":2})", false},
       {R"({"minProperties":1})", "{}", false},
       {R"({"maxProperties":1})", R"({"a":1,"b":2})", false},
       {R"({"dependentRequired":{"a":["b","c"]}})", R"({"a":1,"b":2})", false},
       {R"({"dependentRequired":{"a":["b","c"]}})", R"({"b":2})", true},
       {R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"a":1})", false},
       {R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"c":1})", true},
       {R"({"properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}}})", R"({"__proto__":"x"})",
        false},
       {R"({"required":["__proto__"]})", "{}", false},
       {R"({"required":["constructor","toString"]})", R"({"constructor":1,"toString":2})", true}});
}

TEST(SchemaKeywords, Arrays) {
  run({{R"({"items":{"type":"integer"}})", "[1,2]", true},
       {R"({"items":{"type":"integer"}})", R"([1,"2"])", false},
       {R"({"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false})", R"([1,"2"])", true},
       {R"({"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false})", R"([1,"2",3])", false},
       {R"({"prefixItems":[{"type":"integer"}]})", R"([1,"2",3])", true},
       {R"({"minItems":1})", "[]", false},
       {R"({"maxItems":1})", "[1,2]", false},
       {R"({"uniqueItems":true})", "[1,2,1.0]", false},
       {R"({"uniqueItems":true})", R"([{"a":1,"b":2},{"b":2,"a":1}])", false},
       {R"({"uniqueItems":true})", "[1,true,\"1\",[1],{}]", true},
       {R"({"uniqueItems":true})", R"(["a","b","c","d","e","f","g","h","\u0061"])", false},
       {R"({"uniqueItems":false})", "[1,1]", true},
       {R"({"contains":{"const":1}})", "[2,1]", true},
       {R"({"contains":{"const":1}})", "[2]", false},
       {R"({"contains":{"const":1},"minContains":2,"maxContains":3})", "[1,2,1]", true},
       {R"({"contains":{"const":1},"minContains":2,"maxContains":3})", "[1]", false},
       {R"({"contains":{"const":1},"minContains":2,"maxContains":3})", "[1,1,1,1]", false},
       {R"({"contains":{"const":1},"minContains":0})", "[]", true},
       {R"({"contains":{"type":"object","required":["a"]}})", R"([{"b":1},{"a":1}])", true}});
}

TEST(SchemaKeywords, InPlace) {
  run({{R"({"allOf":[{"minimum":1},{"maximum":2}]})", "1.5", true},
       {R"({"allOf":[{"minimum":1},{"maximum":2}]})", "3", false},
       {R"({"anyOf":[{"type":"string"},{"minimum":2}]})", "3", true},
       {R"({"anyOf":[{"type":"string"},{"minimum":2}]})", "1", false},
       {R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})", "6", false},
       {R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})", "9", true},
       {R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})", "7", false},
       {R"({"not":{"required":["a"]}})", R"({"a":1})", false},
       {R"({"if":{"const":1},"then":false})", "1", false},
       {R"({"if":{"const":1},"else":{"const":2}})", "2", true},
       {R"({"if":{"const":1},"else":{"const":2}})", "3", false},
       {R"({"then":false})", "1", true},
       {R"({"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}})", "1", false},
       {R"({"$ref":"#a","$defs":{"b":{"$anchor":"a","type":"string"}}})", "1", false},
       {R"({"properties":{"c":{"$ref":"#"}},"additionalProperties":false})", R"({"c":{"c":{}}})", true},
       {R"({"properties":{"c":{"$ref":"#"}},"additionalProperties":false})", R"({"c":{"c":{"d":1}}})", false}});
}

TEST(SchemaKeywords, Unevaluated) {
  run({{R"({"properties":{"a":true},"unevaluatedProperties":false})", R"({"a":1})", true},
       {R"({"properties":{"a":true},"unevaluatedProperties":false})", R"({"b":1})", false},
       {R"({"anyOf":[{"properties":{"a":true},"required":["a"]},{"properties":{"b":true},"required":["b"]}],
           "unevaluatedProperties":false})",
        R"({"a":1,"b":1})", true},
       {R"({"oneOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":true}}],
           "unevaluatedProperties":false})",
        R"({"a":2,"b":1})", false},
       {R"({"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false})", R"({"a":1})", false},
       {R"({"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false})", R"({"a":1})", true},
       {R"({"properties":{"a":true},"allOf":[{"unevaluatedProperties":false}]})", R"({"a":1})", false},
       {R"({"prefixItems":[true],"unevaluatedItems":{"type":"string"}})", R"([1,"a"])", true},
       {R"({"prefixItems":[true],"unevaluatedItems":{"type":"string"}})", "[1,2]", false},
       {R"({"contains":{"const":1},"unevaluatedItems":false})", "[1,1]", true},
       {R"({"contains":{"const":1},"unevaluatedItems":false})", "[1,2]", false}});
  // Across more members than one word of a bit set holds.
  std::string document = "{";
  for (int i = 0; i < 200; ++i) document += "\"p" + std::to_string(i) + "\":1,";
  Checker checker(R"({"patternProperties":{"^p":true},"unevaluatedProperties":false})");
  EXPECT_TRUE(checker.valid(document + "\"p\":1}"));
  EXPECT_FALSE(checker.valid(document + "\"q\":1}"));
}

TEST(SchemaKeywords, ManyRequired) {
  std::string schema = R"({"required":[)";
  std::string document = "{";
  for (int i = 0; i < 150; ++i) {
    schema += (i > 0 ? ",\"p" : "\"p") + std::to_string(i) + "\"";
    document += (i > 0 ? ",\"p" : "\"p") + std::to_string(149 - i) + "\":{}";
  }
  Checker checker(schema + "]}");
  ASSERT_TRUE(checker.compiled());
  EXPECT_TRUE(checker.valid(document + "}"));
  EXPECT_FALSE(checker.valid(document.substr(0, document.rfind(',')) + "}"));
  EXPECT_EQ(checker.findings("{}").size(), 150u);
}

TEST(SchemaKeywords, FormatAssertsOnlyWhenAsked) {
  Checker annotating(R"({"format":"ipv4"})");
  EXPECT_TRUE(annotating.valid("\"x\""));
  schema::CompileOptions options;
  options.assert_format = true;
  Checker asserting(R"({"format":"ipv4"})", options);
  EXPECT_FALSE(asserting.valid("\"x\""));
  EXPECT_TRUE(asserting.valid("\"127.0.0.1\""));
  EXPECT_TRUE(asserting.valid("1"));
  Checker unknown(R"({"format":"no-such-format"})", options);
  EXPECT_TRUE(unknown.valid("\"x\""));
}

TEST(SchemaKeywords, UnknownKeywordsAnnotate) {
  run({{R"({"nullable":false,"x-anything":{"type":"string"}})", "1", true}});
}

}  // namespace
}  // namespace bearproof::test
