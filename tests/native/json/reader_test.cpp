// What is a document and what is not; each fault's rule, place and words; each limit at its value and one past it.
#include "bearproof/json/reader.h"

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"

#include "agreement.h"

namespace bearproof::json {
namespace {

TEST(Reader, Accepts) {
  AllKernels all;
  for (const std::string_view text : {"null",
                                      "true",
                                      "false",
                                      "0",
                                      "-0",
                                      "0.0",
                                      "-1",
                                      "10",
                                      "1e5",
                                      "1E5",
                                      "1e+5",
                                      "1e-05",
                                      "0e0",
                                      "0e+1",
                                      "1.25e300",
                                      "1e400",
                                      "-1e-400",
                                      "123456789012345678901234567890",
                                      "\"\"",
                                      "\"a\"",
                                      "\" \"",
                                      "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                                      "\"\\u0000\"",
                                      "\"\\uD834\\udd1e\"",
                                      "\"\\uFFFF\"",
                                      "\"\x7F\"",
                                      "\"\xC2\x80\"",
                                      "\"\xED\x9F\xBF\"",
                                      "\"\xEE\x80\x80\"",
                                      "\"\xEF\xBF\xBF\"",
                                      "\"\xF0\x90\x80\x80\"",
                                      "\"\xF4\x8F\xBF\xBF\"",
                                      "[]",
                                      "[ ]",
                                      "{}",
                                      "{ }",
                                      "[[]]",
                                      "[{}]",
                                      "{\"\":0}",
                                      "[1,2]",
                                      "[1 , 2 ]",
                                      " [1]",
                                      "[1]\n",
                                      "\t\r\n [\t1\r,\n2 ]\r\n",
                                      "{\"a\":1,\"b\":{\"c\":[]}}",
                                      "{\"a\" : [ ] , \"b\" : { } }",
                                      "[\"\\u2028\xE2\x80\xA8\"]",
                                      "[\"asd \"]",
                                      "[1.0,true,null,\"\",{}]",
                                      "\xEF\xBB\xBF{}",
                                      "\xEF\xBB\xBF 1"}) {
    EXPECT_FALSE(all.expect_agreement(text).starts_with("fault")) << text;
  }
}

struct Fault {
  std::string_view text;
  RuleCase rule;
  std::uint64_t begin;
  std::uint64_t end;
  std::string_view message;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << testing::PrintToString(std::string(fault.text)); }

class Faults : public testing::TestWithParam<Fault> {};

TEST_P(Faults, AreNamedAndPlaced) {
  const Fault& wanted = GetParam();
  AllKernels all;
  const std::string said = all.expect_agreement(wanted.text);
  EXPECT_TRUE(said.starts_with("fault")) << said;
  TextFault fault;
  ASSERT_FALSE(scan(wanted.text, Limits{}, fault));
  EXPECT_EQ(info_of(fault.rule).id, info_of(wanted.rule).id);
  EXPECT_EQ(fault.begin, wanted.begin);
  EXPECT_EQ(fault.end, wanted.end);
  EXPECT_EQ(fault.message, wanted.message);
}

constexpr RuleCase invalid = Rule::parse_text_invalid;
constexpr RuleCase trailing = Rule::parse_text_trailing;
constexpr RuleCase utf8 = Rule::parse_encoding_invalid_utf8;
constexpr RuleCase lone = Rule::parse_encoding_lone_surrogate;

INSTANTIATE_TEST_SUITE_P(
    Structure, Faults,
    testing::Values(Fault{"", invalid, 0, 0, "expected a value, found the end of the text"},
                    Fault{" \n", invalid, 2, 2, "expected a value, found the end of the text"},
                    Fault{"\xEF\xBB\xBF", invalid, 3, 3, "expected a value, found the end of the text"},
                    Fault{"\xEF\xBB\xBF\xEF\xBB\xBF{}", invalid, 3, 6, "expected a value, found U+FEFF"},
                    Fault{"]", invalid, 0, 1, "expected a value, found ']'"},
                    Fault{",", invalid, 0, 1, "expected a value, found ','"},
                    Fault{"[", invalid, 1, 1, "expected a value or ']', found the end of the text"},
                    Fault{"[,1]", invalid, 1, 2, "expected a value or ']', found ','"},
                    Fault{"[1", invalid, 2, 2, "expected ',' or ']' after an item, found the end of the text"},
                    Fault{"[1,]", invalid, 3, 4, "expected a value after ',', found ']'"},
                    Fault{"[1,,2]", invalid, 3, 4, "expected a value after ',', found ','"},
                    Fault{"[1 2]", invalid, 3, 4, "expected ',' or ']' after an item, found '2'"},
                    Fault{"[1}", invalid, 2, 3, "expected ',' or ']' after an item, found '}'"},
                    Fault{"[\"a\" \"b\"]", invalid, 5, 6, "expected ',' or ']' after an item, found '\"'"},
                    Fault{"[\"a\"b]", invalid, 4, 5, "expected ',' or ']' after an item, found 'b'"},
                    Fault{"[1\"a\"]", invalid, 2, 3, "expected ',' or ']' after an item, found '\"'"},
                    Fault{"{", invalid, 1, 1, "expected a key in double quotes or '}', found the end of the text"},
                    Fault{"{1:2}", invalid, 1, 2, "expected a key in double quotes or '}', found '1'"},
                    Fault{"{a:2}", invalid, 1, 2, "expected a key in double quotes or '}', found 'a'"},
                    Fault{"{'a':2}", invalid, 1, 2, "expected a key in double quotes or '}', found an apostrophe"},
                    Fault{"{,}", invalid, 1, 2, "expected a key in double quotes or '}', found ','"},
                    Fault{"{\"a\"}", invalid, 4, 5, "expected ':' after a key, found '}'"},
                    Fault{"{\"a\",\"b\"}", invalid, 4, 5, "expected ':' after a key, found ','"},
                    Fault{"{\"a\":}", invalid, 5, 6, "expected a value after ':', found '}'"},
                    Fault{"{\"a\"::1}", invalid, 5, 6, "expected a value after ':', found ':'"},
                    Fault{"{\"a\":1", invalid, 6, 6, "expected ',' or '}' after a member, found the end of the text"},
                    Fault{"{\"a\":1]", invalid, 6, 7, "expected ',' or '}' after a member, found ']'"},
                    Fault{"{\"a\":1,}", invalid, 7, 8, "expected a key in double quotes after ',', found '}'"},
                    Fault{"{\"a\":1 \"b\":2}", invalid, 7, 8, "expected ',' or '}' after a member, found '\"'"},
                    Fault{"{\"a\":1 x}", invalid, 7, 8, "expected ',' or '}' after a member, found 'x'"},
                    Fault{"[1 // one\n]", invalid, 3, 5,
                          "expected ',' or ']' after an item, found a comment: JSON has none"},
                    Fault{"/* x */ 1", invalid, 0, 2, "expected a value, found a comment: JSON has none"},
                    Fault{"[\xC2\xA0\x31]", invalid, 1, 3, "expected a value or ']', found U+00A0"},
                    Fault{"[\xF0\x9F\x98\x80]", invalid, 1, 5, "expected a value or ']', found U+1F600"},
                    Fault{"[\x0B\x31]", invalid, 1, 2, "expected a value or ']', found U+000B"},
                    Fault{std::string_view("\0", 1), invalid, 0, 1, "expected a value, found U+0000"},
                    Fault{"{} x ", trailing, 3, 4, "expected the end of the text after the document, found 'x'"},
                    Fault{"1 2", trailing, 2, 3, "expected the end of the text after the document, found '2'"},
                    Fault{"[]]", trailing, 2, 3, "expected the end of the text after the document, found ']'"},
                    Fault{"\"a\"\"b\"", trailing, 3, 6, "expected the end of the text after the document, found '\"'"},
                    Fault{"{}\n{}\n", trailing, 3, 5, "expected the end of the text after the document, found '{'"}));

INSTANTIATE_TEST_SUITE_P(
    Scalars, Faults,
    testing::Values(Fault{"tru", invalid, 0, 3, "expected a value, found 'tru'"},
                    Fault{"nulll", invalid, 0, 5, "expected a value, found 'nulll'"},
                    Fault{"[True]", invalid, 1, 5, "expected a value or ']', found 'True'"},
                    Fault{"{\"a\":NaN}", invalid, 5, 8, "expected a value after ':', found 'NaN'"},
                    Fault{"{\"a\":undefined}", invalid, 5, 14, "expected a value after ':', found 'undefined'"},
                    Fault{"[abcdefghijklmnopqrstuvwxyz]", invalid, 1, 27,
                          "expected a value or ']', found 'abcdefghijklmnopqrstuvwx…'"},
                    Fault{"-", invalid, 1, 1, "expected a digit after '-', found the end of the text"},
                    Fault{"[-]", invalid, 2, 3, "expected a digit after '-', found ']'"},
                    Fault{"-Infinity", invalid, 1, 9, "expected a digit after '-', found 'Infinity'"},
                    Fault{"[--1]", invalid, 2, 3, "expected a digit after '-', found '-'"},
                    Fault{"+1", invalid, 0, 1, "expected a value, found '+'"},
                    Fault{".5", invalid, 0, 1, "expected a value, found '.'"},
                    Fault{"[01]", invalid, 1, 3, "a number must not start with a needless 0"},
                    Fault{"-00", invalid, 0, 3, "a number must not start with a needless 0"},
                    Fault{"[1.]", invalid, 3, 4, "expected a digit after the decimal point, found ']'"},
                    Fault{"[1.e5]", invalid, 3, 5, "expected a digit after the decimal point, found 'e5'"},
                    Fault{"[1e]", invalid, 3, 4, "expected a digit in the exponent, found ']'"},
                    Fault{"[1e+]", invalid, 4, 5, "expected a digit in the exponent, found ']'"},
                    Fault{"[1.5.2]", invalid, 4, 5, "expected ',' or ']' after an item, found '.'"},
                    Fault{"[0x1F]", invalid, 2, 5, "expected ',' or ']' after an item, found 'x1F'"},
                    Fault{"[1_000]", invalid, 2, 3, "expected ',' or ']' after an item, found '_'"},
                    Fault{"1a", trailing, 1, 2, "expected the end of the text after the document, found 'a'"}));

INSTANTIATE_TEST_SUITE_P(
    Strings, Faults,
    testing::Values(
        Fault{"\"", invalid, 0, 1, "the string that starts here is never closed"},
        Fault{"[\"abc]", invalid, 1, 6, "the string that starts here is never closed"},
        Fault{"[\"a\\", invalid, 1, 4, "the string that starts here is never closed"},
        Fault{"[\"a\\\"]", invalid, 1, 6, "the string that starts here is never closed"},
        Fault{"[\"a\\u00", invalid, 1, 7, "the string that starts here is never closed"},
        Fault{"{\"a", invalid, 1, 3, "the string that starts here is never closed"},
        Fault{"[\"a\nb\"]", invalid, 3, 4, "a string must be closed before the line ends: write a line break as \\n"},
        Fault{"[\"a\r\"]", invalid, 3, 4, "a string must be closed before the line ends: write a line break as \\n"},
        Fault{"[\"\t\"]", invalid, 2, 3, "a control character must be written as \\u0009 in a string"},
        Fault{"{\"\x1F\":1}", invalid, 2, 3, "a control character must be written as \\u001F in a string"},
        Fault{std::string_view("\"\0\"", 3), invalid, 1, 2,
              "a control character must be written as \\u0000 in a string"},
        Fault{"[\"\\x41\"]", invalid, 2, 4,
              "expected one of '\"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u' after a backslash, found 'x'"},
        Fault{"[\"\\\xC3\xA9\"]", invalid, 2, 5,
              "expected one of '\"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u' after a backslash, found U+00E9"},
        Fault{"[\"\\u12G4\"]", invalid, 6, 8, "expected four hexadecimal digits after '\\u', found 'G4'"},
        Fault{"[\"\\u12\"]", invalid, 6, 7, "expected four hexadecimal digits after '\\u', found '\"'"},
        Fault{"[\"\\ud800\"]", lone, 2, 8, "\\uD800 is the first half of a surrogate pair without the second"},
        Fault{"[\"\\uD83Dx\"]", lone, 2, 8, "\\uD83D is the first half of a surrogate pair without the second"},
        Fault{"[\"\\ud83d\\n\"]", lone, 2, 8, "\\uD83D is the first half of a surrogate pair without the second"},
        Fault{"[\"\\ud83d\\ud83d\\ude00\"]", lone, 2, 8,
              "\\uD83D is the first half of a surrogate pair without the second"},
        Fault{"[\"\\ud83d\\u0041\"]", lone, 2, 8, "\\uD83D is the first half of a surrogate pair without the second"},
        Fault{"{\"\\udE00\":1}", lone, 2, 8, "\\uDE00 is the second half of a surrogate pair without the first"},
        Fault{"[\"\\ud83d\\u00\"]", invalid, 12, 13, "expected four hexadecimal digits after '\\u', found '\"'"}));

INSTANTIATE_TEST_SUITE_P(
    Encoding, Faults,
    testing::Values(Fault{"\"\xFF\"", utf8, 1, 2, "byte 0xFF is not UTF-8"},
                    Fault{"[\"\x80\"]", utf8, 2, 3, "byte 0x80 is not UTF-8"},
                    Fault{"[\"\xC0\xAF\"]", utf8, 2, 3, "byte 0xC0 is not UTF-8"},
                    Fault{"[\"\xE2\x82\"]", utf8, 2, 4, "bytes 0xE2 0x82 are not UTF-8"},
                    Fault{"[\"\xED\xA0\x80\"]", utf8, 2, 3, "byte 0xED is not UTF-8"},
                    Fault{"[\"\xE0\x80\x80\"]", utf8, 2, 3, "byte 0xE0 is not UTF-8"},
                    Fault{"[\"\xF4\x90\x80\x80\"]", utf8, 2, 3, "byte 0xF4 is not UTF-8"},
                    Fault{"[\"\xF0\x9F\x98\"]", utf8, 2, 5, "bytes 0xF0 0x9F 0x98 are not UTF-8"},
                    Fault{"[\"\xF0\x9F\x98", utf8, 2, 5, "bytes 0xF0 0x9F 0x98 are not UTF-8"},
                    Fault{"\xC3", utf8, 0, 1, "byte 0xC3 is not UTF-8"},
                    Fault{"[1,\xFE]", utf8, 3, 4, "byte 0xFE is not UTF-8"},
                    Fault{"{} \xFF", utf8, 3, 4, "byte 0xFF is not UTF-8"},
                    Fault{"[\"\\\xFF\"]", utf8, 3, 4, "byte 0xFF is not UTF-8"},
                    Fault{std::string_view("\xFF\xFE{\0}\0", 6), utf8, 0, 1, "the text is UTF-16, not UTF-8"},
                    Fault{std::string_view("\xFE\xFF\0{\0}", 6), utf8, 0, 1, "the text is UTF-16, not UTF-8"}));

TEST(Reader, NodesAreInDocumentOrderWithTheirPlaces) {
  Reader reader;
  const Document* const document = reader.read("{\"a\" : [1, -2.5, \"x\\ny\"], \"b\": {}}");
  ASSERT_NE(document, nullptr);
  ASSERT_EQ(document->size, 8u);
  const Node::Tag tags[] = {Node::object,  Node::string,         Node::array,  Node::integer,
                            Node::decimal, Node::escaped_string, Node::string, Node::object};
  const std::pair<std::uint64_t, std::uint64_t> spans[] = {{0, 35},  {1, 4},   {7, 24},  {8, 9},
                                                           {11, 15}, {17, 23}, {26, 29}, {31, 33}};
  for (NodeIndex i = 0; i < 8; ++i) {
    EXPECT_EQ(document->nodes[i].tag(), tags[i]) << i;
    if (i == 0) continue;
    EXPECT_EQ(Value(document, i).span().begin, spans[i].first) << i;
    EXPECT_EQ(Value(document, i).span().end, spans[i].second) << i;
  }
  EXPECT_EQ(document->root().span().begin, 0u);
  EXPECT_EQ(document->root().span().end, document->text.size());
  EXPECT_EQ(document->root().size(), 2u);
  EXPECT_EQ(Value(document, 2).size(), 3u);
  EXPECT_EQ(Value(document, 2).next(), 6u);
}

TEST(Reader, OffsetsCountTheByteOrderMark) {
  Reader reader;
  const Document* const document = reader.read("\xEF\xBB\xBF[1]");
  ASSERT_NE(document, nullptr);
  EXPECT_TRUE(document->has_bom);
  EXPECT_EQ(document->nodes[1].offset, 4u);
}

/// What each kernel says of a text under limits.
std::string said(std::string_view text, const Limits& limits) { return AllKernels(limits).expect_agreement(text); }

RuleCase rule_of(std::string_view text, const Limits& limits, std::uint64_t begin, std::uint64_t end) {
  TextFault fault;
  EXPECT_FALSE(scan(text, limits, fault));
  EXPECT_EQ(fault.begin, begin);
  EXPECT_EQ(fault.end, end);
  EXPECT_TRUE(said(text, limits).starts_with("fault"));
  return fault.rule;
}

TEST(Limits, Document) {
  Limits limits;
  limits.document = 5;
  EXPECT_FALSE(said("[1,2]", limits).starts_with("fault"));
  EXPECT_EQ(rule_of("[1,2] ", limits, 5, 6), Rule::limit_document);
}

TEST(Limits, Nesting) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const auto objects = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "{\"a\":";
    return text + "1" + std::string(depth, '}');
  };
  EXPECT_FALSE(said(nested(512), {}).starts_with("fault"));
  EXPECT_EQ(rule_of(nested(513), {}, 512, 513), Rule::limit_nesting);
  EXPECT_FALSE(said(objects(512), {}).starts_with("fault"));
  EXPECT_EQ(rule_of(objects(513), {}, 512 * 5, 512 * 5 + 1), Rule::limit_nesting);
  EXPECT_EQ(rule_of(std::string(100'000, '['), {}, 512, 513), Rule::limit_nesting);
  Limits limits;
  limits.nesting = 0;
  EXPECT_FALSE(said("1", limits).starts_with("fault"));
  EXPECT_EQ(rule_of("[]", limits, 0, 1), Rule::limit_nesting);
}

TEST(Limits, Keys) {
  const auto object = [](int members) {
    std::string text = "{";
    for (int i = 0; i < members; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
    return text + "}";
  };
  Limits limits;
  limits.keys = 3;
  EXPECT_FALSE(said(object(3), limits).starts_with("fault"));
  EXPECT_EQ(rule_of(object(4), limits, 19, 22), Rule::limit_keys);
  EXPECT_FALSE(said(object(100'000), {}).starts_with("fault"));
  EXPECT_TRUE(said(object(100'001), {}).starts_with("fault"));
  // Items of an array are no members.
  EXPECT_FALSE(said("[1,2,3,4,5]", limits).starts_with("fault"));
}

TEST(Limits, StringsAndNumbersAsWritten) {
  Limits limits;
  limits.string = 6;
  EXPECT_FALSE(said("[\"123456\"]", limits).starts_with("fault"));
  EXPECT_EQ(rule_of("[\"1234567\"]", limits, 1, 10), Rule::limit_string);
  EXPECT_FALSE(said("[\"\\u0041\"]", limits).starts_with("fault"));
  EXPECT_EQ(rule_of("[\"\\u0041b\"]", limits, 1, 10), Rule::limit_string);
  EXPECT_EQ(rule_of("{\"1234567\":1}", limits, 1, 10), Rule::limit_string);
  EXPECT_FALSE(said("[-12.5e3]", Limits{}).starts_with("fault"));
  EXPECT_FALSE(said("[123456]", limits).starts_with("fault"));
  EXPECT_EQ(rule_of("[1234567]", limits, 1, 8), Rule::limit_string);
  EXPECT_EQ(rule_of("1234567", limits, 0, 7), Rule::limit_string);
  // Lengths whose bits together exceed the limit, none of which does.
  limits.string = 5;
  EXPECT_FALSE(said("[\"12345\",\"12\",\"1\",1234]", limits).starts_with("fault"));
}

TEST(Limits, Memory) {
  Limits limits;
  limits.arena_factor = 1;
  limits.arena_base = 53;  // "[1,2,3]" has four nodes of twelve bytes and seven bytes
  EXPECT_FALSE(said("[1,2,3]", limits).starts_with("fault"));
  EXPECT_FALSE(said("[1,2,3,4]", limits).starts_with("fault"));
  limits.arena_base = 50;
  EXPECT_EQ(rule_of("[1,2,3,4]", limits, 7, 8), Rule::limit_memory);
}

}  // namespace
}  // namespace bearproof::json
