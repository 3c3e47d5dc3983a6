// Values, pointers, positions, equality, duplicate keys and the arena.
#include "bearproof/json/document.h"

#include <string>

#include <gtest/gtest.h>

#include "bearproof/json/arena.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/position.h"
#include "bearproof/json/strings.h"

#include "agreement.h"

namespace bearproof::json {
namespace {

TEST(Value, StringsAreDecodedOnDemand) {
  Reader reader;
  const Document* const document =
      reader.read(R"(["plain","\"\\\/\b\f\n\r\t","\u0041\u00e9\u20ac\ud83d\ude00x","","\u0000"])");
  ASSERT_NE(document, nullptr);
  std::string scratch;
  EXPECT_EQ(Value(document, 1).string(scratch), "plain");
  EXPECT_EQ(Value(document, 1).string(scratch).data(), document->text.data() + 2);
  EXPECT_EQ(Value(document, 2).string(scratch), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Value(document, 3).string(scratch), "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x");
  EXPECT_EQ(Value(document, 4).string(scratch), "");
  EXPECT_EQ(Value(document, 5).string(scratch), std::string_view("\0", 1));
  EXPECT_TRUE(Value(document, 3).equals("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x"));
  EXPECT_FALSE(Value(document, 3).equals("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
  EXPECT_FALSE(Value(document, 3).equals("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80xy"));
  EXPECT_FALSE(Value(document, 1).equals("plaim"));
  EXPECT_FALSE(document->root().equals("plain"));
}

TEST(Value, FindsMembersByDecodedName) {
  Reader reader;
  const Document* const document = reader.read("{\"a\":{\"x\":1},\"\\u0062\":[7,8],\"c\":null}");
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->root().find("b").size(), 2u);
  EXPECT_EQ(document->root().find("a").find("x").raw(), "1");
  EXPECT_TRUE(document->root().find("c").is_null());
  EXPECT_FALSE(document->root().find("x"));
  EXPECT_FALSE(document->root().find("b").find("x"));
  std::uint32_t sum = 0;
  for (const Value item : document->root().find("b").items()) sum += static_cast<std::uint32_t>(item.raw()[0] - '0');
  EXPECT_EQ(sum, 15u);
  for (const Value item : document->root().find("a").items()) FAIL() << item.index();
}

TEST(Value, SpansOfContainersReachTheirClosingBracket) {
  Reader reader;
  const std::string text = "{ \"a\" : [ [ ] , { \"b\" : [ \"]}\" , [ { } ] ] } ] , \"c\" : { \"d\" : \"x\" } }";
  const Document* const document = reader.read(text);
  ASSERT_NE(document, nullptr);
  for (NodeIndex i = 0; i < document->size; ++i) {
    const Value value(document, i);
    const Value::Span span = value.span();
    const std::string_view part = std::string_view(text).substr(static_cast<std::size_t>(span.begin),
                                                                static_cast<std::size_t>(span.end - span.begin));
    Reader again;
    const Document* const inner = again.read(part);
    ASSERT_NE(inner, nullptr) << part;
    EXPECT_TRUE(equal_values(value, inner->root())) << part;
  }
}

bool equal_texts(std::string_view a, std::string_view b) {
  Reader reader_a;
  Reader reader_b;
  const Document* const document_a = reader_a.read(a);
  const Document* const document_b = reader_b.read(b);
  EXPECT_NE(document_a, nullptr) << a;
  EXPECT_NE(document_b, nullptr) << b;
  return equal_values(document_a->root(), document_b->root());
}

TEST(EqualValues, ByValueNotByWriting) {
  EXPECT_TRUE(equal_texts("[1,\"\\u0061\",{\"x\":null,\"y\":[true]}]", "[1.0,\"a\",{\"y\":[true],\"\\u0078\":null}]"));
  EXPECT_TRUE(equal_texts("\"\\n\\u00e9\"", "\"\\u000a\xC3\xA9\""));
  EXPECT_TRUE(equal_texts("0", "-0.0"));
  EXPECT_FALSE(equal_texts("9007199254740993", "9007199254740992"));
  EXPECT_FALSE(equal_texts("1", "true"));
  EXPECT_FALSE(equal_texts("true", "false"));
  EXPECT_FALSE(equal_texts("null", "false"));
  EXPECT_FALSE(equal_texts("\"1\"", "1"));
  EXPECT_FALSE(equal_texts("[]", "{}"));
  EXPECT_FALSE(equal_texts("[1,2]", "[2,1]"));
  EXPECT_FALSE(equal_texts("[1]", "[1,1]"));
  EXPECT_FALSE(equal_texts("{\"a\":1}", "{\"a\":1,\"b\":1}"));
  EXPECT_FALSE(equal_texts("{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}"));
  EXPECT_FALSE(equal_texts("{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}"));
}

TEST(EqualValues, ManyMembersInAnotherOrder) {
  std::string forward = "{";
  std::string backward = "{";
  const int count = 50'000;
  for (int i = 0; i < count; ++i) {
    if (i > 0) {
      forward += ',';
      backward += ',';
    }
    forward += "\"key" + std::to_string(i) + "\":" + std::to_string(i);
    backward += "\"key" + std::to_string(count - 1 - i) + "\":" + std::to_string(count - 1 - i);
  }
  EXPECT_TRUE(equal_texts(forward + "}", backward + "}"));
  EXPECT_FALSE(equal_texts(forward + "}", backward.substr(0, backward.size() - 1) + "9}"));
}

TEST(Duplicates, AreMarkedWithBothKeys) {
  AllKernels all;
  const std::string text = "{\"a\":1,\"b\":{\"x\":1,\"\\u0078\":2,\"x\":3},\"\\u0061\":4,\"c\":[{\"y\":1},{\"y\":2}]}";
  EXPECT_TRUE(all.expect_agreement(text).starts_with("duplicates"));
  Reader reader;
  const Document* const document = reader.read(text);
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->root().node().tag(), Node::object_with_duplicates);
  EXPECT_EQ(document->root().find("c").node().tag(), Node::array);
  const std::vector<DuplicateKey> pairs = duplicate_keys(*document);
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(Value(document, pairs[0].first).span().begin, 12u);
  EXPECT_EQ(Value(document, pairs[0].again).span().begin, 18u);
  EXPECT_EQ(pairs[1].first, pairs[0].first);
  EXPECT_EQ(Value(document, pairs[1].again).raw(), "x");
  EXPECT_EQ(pairs[2].first, 1u);
  EXPECT_EQ(Value(document, pairs[2].again).raw(), "\\u0061");
}

TEST(Duplicates, OfEveryLengthAndAtEveryDistance) {
  AllKernels all;
  for (std::size_t length = 0; length < 20; ++length) {
    for (const std::size_t others : {0u, 1u, 5u, 40u, 61u, 62u, 63u, 64u, 65u, 200u}) {
      const std::string key(length, 'k');
      std::string text = "{\"" + key + "\":0";
      for (std::size_t i = 0; i < others; ++i) text += ",\"other" + std::to_string(i) + "\":{}";
      EXPECT_FALSE(all.expect_agreement(text + ",\"" + key + "+\":0}").starts_with("duplicates"))
          << length << " " << others;
      EXPECT_TRUE(all.expect_agreement(text + ",\"" + key + "\":0}").starts_with("duplicates"))
          << length << " " << others;
    }
  }
}

TEST(Duplicates, KeysThatShareEndsAndLengths) {
  AllKernels all;
  std::string text = "{";
  for (char c = 'a'; c <= 'z'; ++c) text += std::string("\"") + c + "SharedEnding\":1,";
  EXPECT_FALSE(all.expect_agreement(text + "\"x\":2}").starts_with("duplicates"));
  EXPECT_TRUE(all.expect_agreement(text + "\"mSharedEnding\":2}").starts_with("duplicates"));
}

TEST(Duplicates, NoChoiceOfKeysMakesTheSearchSlow) {
  // Equal first eight and last eight bytes, equal lengths.
  std::string text = "{";
  for (int i = 0; i < 99'999; ++i) {
    std::string number = std::to_string(1'000'000 + i);
    text += (i > 0 ? ",\"" : "\"") + std::string("prefix-prefix-") + number + "-suffix-suffix\":0";
  }
  Reader reader;
  const Document* const document = reader.read(text + "}");
  ASSERT_NE(document, nullptr);
  EXPECT_FALSE(document->has_duplicates);
  const std::string again = "{\"prefix-prefix-1099998-suffix-suffix\":1," + text.substr(1) + "}";
  const Document* const twice = reader.read(again);
  ASSERT_NE(twice, nullptr) << reader.fault().message;
  EXPECT_TRUE(twice->has_duplicates);
}

TEST(Pointer, BothWays) {
  Reader reader;
  const Document* const document =
      reader.read("{\"a/b\":[10,{\"m~n\":true,\"\":null}],\"\\u00e9\":{\"0\":\"zero\"},\"c\":[]}");
  ASSERT_NE(document, nullptr);
  for (NodeIndex i = 0; i < document->size; ++i) {
    const std::string pointer = pointer_to(*document, i);
    const std::optional<Value> value = resolve(*document, pointer);
    ASSERT_TRUE(value.has_value()) << pointer;
    // A key's pointer is that of its member's value.
    EXPECT_TRUE(value->index() == i || value->index() == i + 1) << pointer;
  }
  EXPECT_EQ(pointer_to(*document, 0), "");
  EXPECT_EQ(pointer_to(*document, 3), "/a~1b/0");
  EXPECT_EQ(resolve(*document, "/a~1b/1/m~0n")->raw(), "true");
  EXPECT_EQ(resolve(*document, "/a~1b/1/")->raw(), "null");
  EXPECT_EQ(resolve(*document, "/\xC3\xA9/0")->raw(), "zero");
  EXPECT_EQ(resolve(*document, "")->index(), 0u);
  for (const std::string_view none :
       {"/", "a", "/a~1b/2", "/a~1b/-", "/a~1b/01", "/a~1b/+1", "/a~1b/1e0", "/a~1b/4294967296", "/a~1b/", "/a~2b",
        "/a~", "/c/0", "/a~1b/0/x", "/x", "/a/b"}) {
    EXPECT_FALSE(resolve(*document, none).has_value()) << none;
  }
}

TEST(Pointer, ManyInAnyOrder) {
  Reader reader;
  const Document* document = reader.read(R"({"a":[1,{"b":[],"c":{"d":[2,[3]]}},4],"e/f":{"g":{}},"h":[[[5]],6]})");
  ASSERT_NE(document, nullptr);
  Pointers ascending(*document);
  for (NodeIndex i = 0; i < document->size; ++i) EXPECT_EQ(ascending.of(i), pointer_to(*document, i));
  Pointers any(*document);
  for (NodeIndex from = 0; from < document->size; ++from) {
    for (NodeIndex to = 0; to < document->size; ++to) {
      EXPECT_EQ(any.of(from), pointer_to(*document, from));
      EXPECT_EQ(any.of(to), pointer_to(*document, to));
      if (to == 0) continue;
      const std::string pointer = any.of(to);
      EXPECT_EQ(any.holder().index(), resolve(*document, pointer.substr(0, pointer.rfind('/')))->index());
    }
  }
}

TEST(Locator, CountsBytesLinesCodePointsAndUtf16) {
  const std::string_view text = "a\r\nb\rc\n\xC3\xA9\xF0\x9F\x98\x80x\xFF\xE2\x82y\n";
  const Position wanted[] = {
      {0, 1, 1, 0},                                                  // a
      {1, 1, 2, 1},                                                  // CR
      {2, 1, 3, 2},                                                  // LF
      {3, 2, 1, 3},                                                  // b
      {4, 2, 2, 4},                                                  // CR
      {5, 3, 1, 5},                                                  // c
      {6, 3, 2, 6},                                                  // LF
      {7, 4, 1, 7},                                                  // two bytes
      {7, 4, 1, 7},   {9, 4, 2, 8},                                  // four bytes, two code units
      {9, 4, 2, 8},   {9, 4, 2, 8},   {9, 4, 2, 8}, {13, 4, 3, 10},  // x
      {14, 4, 4, 11},                                                // FF
      {15, 4, 5, 12},                                                // two bytes of three: one ill-formed sequence
      {15, 4, 5, 12}, {17, 4, 6, 13},                                // y
      {18, 4, 7, 14},                                                // LF
      {19, 5, 1, 15},                                                // the end
  };
  Locator ascending(text);
  for (std::size_t i = 0; i < std::size(wanted); ++i) {
    EXPECT_EQ(ascending.at(i), wanted[i]) << i;
    EXPECT_EQ(Locator(text).at(i), wanted[i]) << i;
  }
  EXPECT_EQ(ascending.at(1000), wanted[19]);
  EXPECT_EQ(ascending.at(3), wanted[3]);
}

TEST(Locator, StartsAtItsOrigin) {
  const Position origin = {100, 7, 5, 90};
  Locator locator("ab\ncd", origin);
  EXPECT_EQ(locator.at(0), origin);
  EXPECT_EQ(locator.at(2), (Position{102, 7, 7, 92}));
  EXPECT_EQ(locator.at(4), (Position{104, 8, 2, 94}));
}

TEST(Arena, HandsOutNoMoreThanItsBudget) {
  Arena arena;
  EXPECT_EQ(arena.allocate<char>(1), nullptr);
  arena.reset(1000);
  ASSERT_NE(arena.allocate<std::uint64_t>(100), nullptr);
  EXPECT_EQ(arena.used(), 800u);
  EXPECT_EQ(arena.allocate<char>(201), nullptr);
  EXPECT_NE(arena.allocate<char>(200), nullptr);
  EXPECT_EQ(arena.allocate<char>(1), nullptr);
  EXPECT_EQ(arena.allocate<std::uint64_t>(std::uint64_t{1} << 61), nullptr);
}

TEST(Arena, AlignsAndIsReused) {
  Arena arena;
  arena.reset(10'000'000);
  void* first = nullptr;
  for (int round = 0; round < 3; ++round) {
    arena.reset(10'000'000);
    char* const one = arena.allocate<char>(1);
    if (round == 0) first = one;
    EXPECT_EQ(one, first);
    for (int i = 0; i < 1000; ++i) {
      std::uint64_t* const words = arena.allocate<std::uint64_t>(100);
      ASSERT_NE(words, nullptr);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(words) % alignof(std::uint64_t), 0u);
      for (int k = 0; k < 100; ++k) words[k] = static_cast<std::uint64_t>(i);
      ASSERT_NE(arena.allocate<char>(3), nullptr);
    }
    EXPECT_EQ(arena.used(), 1 + 1000 * 803u);
  }
}

TEST(Arena, GivesBackTheTailOfTheLast) {
  Arena arena;
  arena.reset(100);
  char* const bytes = arena.allocate<char>(80);
  arena.shrink_last(80, 10);
  EXPECT_EQ(arena.used(), 10u);
  EXPECT_EQ(arena.allocate<char>(90), bytes + 10);
}

TEST(Strings, AreFoundHoweverTheyAreWritten) {
  Reader reader;
  const Document* const document =
      reader.read(R"(["b",1,"\u0061",{"name":"c"},{"name":2},["d"],"a","\ud83d\ude00",""])");
  ASSERT_NE(document, nullptr);
  const std::vector<Value> strings = sorted_strings(document->root());
  ASSERT_EQ(strings.size(), 5u);
  EXPECT_TRUE(strings[1].has_escapes()) << "equal ones stand in the order of the text";
  for (const std::string_view text : {"", "a", "b", "\xF0\x9F\x98\x80"}) EXPECT_TRUE(holds(strings, text)) << text;
  for (const std::string_view text : {"c", "d", "aa", "name"}) EXPECT_FALSE(holds(strings, text)) << text;
  const std::vector<Value> names = sorted_strings(document->root(), "name");
  ASSERT_EQ(names.size(), 1u);
  EXPECT_TRUE(holds(names, "c"));
  EXPECT_TRUE(sorted_strings({}).empty());
  EXPECT_FALSE(holds({}, ""));
}

}  // namespace
}  // namespace bearproof::json
