#include "bearproof/json/canonical.h"

#include <bit>
#include <string>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"

namespace bearproof::json {
namespace {

std::string canonical_of(std::string_view text) {
  Reader reader;
  const Document* const document = reader.read(text);
  if (document == nullptr) return "unreadable: " + reader.fault().message;
  const auto result = canonical(*document);
  return result ? *result : std::string(info_of(result.error().rule).id);
}

TEST(AppendDouble, AsRfc8785AppendixB) {
  const std::pair<std::uint64_t, std::string_view> samples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : samples) {
    std::string out;
    append_double(out, std::bit_cast<double>(bits));
    EXPECT_EQ(out, text);
  }
}

TEST(AppendString, EscapesAsRfc8785Does) {
  std::string out;
  append_string(out, std::string_view("a\"\\/\b\f\n\r\t\0\x1F\x7F\xE2\x82\xAC\xF0\x9F\x98\x80", 19));
  EXPECT_EQ(out, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST(Canonical, LeavesOutSpaceAndSortsMembers) {
  EXPECT_EQ(canonical_of(" { \"b\" : [ 1 , true, null ] , \"a\" : { } , \"\" : [ ] } "),
            "{\"\":[],\"a\":{},\"b\":[1,true,null]}");
  EXPECT_EQ(canonical_of("\xEF\xBB\xBF[1]"), "[1]");
  EXPECT_EQ(canonical_of("\"x\""), "\"x\"");
}

TEST(Canonical, SortsByUtf16CodeUnits) {
  // U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB33, though not in UTF-8.
  EXPECT_EQ(
      canonical_of("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"),
      "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
  EXPECT_EQ(canonical_of("{\"a\\ud83d\\ude00\":1,\"a\\ue000\":2,\"a\\ud7ff\":3,\"a\":4,\"aa\":5}"),
            "{\"a\":4,\"aa\":5,\"a\xED\x9F\xBF\":3,\"a\xF0\x9F\x98\x80\":1,\"a\xEE\x80\x80\":2}");
}

TEST(Canonical, WritesNumbersAsEcmaScriptDoes) {
  EXPECT_EQ(
      canonical_of(
          "[1.0,-0,0e5,1E2,100e-2,1e21,1e20,0.000001,1e-7,123456789.125,0.1,4.50,2e-3,5e-324,9007199254740992,1e308]"),
      "[1,0,0,100,1,1e+21,100000000000000000000,0.000001,1e-7,123456789.125,0.1,4.5,0.002,5e-324,9007199254740992,1e+"
      "308]");
}

TEST(Canonical, RefusesNumbersWhoseDigitsWouldChange) {
  for (const std::string_view text : {"9007199254740993", "0.1000000000000000055511151231257827", "1e400", "-1e400",
                                      "1e-400", "333333333.33333329", "123456789012345678901", "1e99999999999"}) {
    EXPECT_EQ(canonical_of(text), "canon.number.inexact") << text;
  }
  Reader reader;
  const Document* const document = reader.read("{\"a\":[1,9007199254740993]}");
  ASSERT_NE(document, nullptr);
  const auto result = canonical(*document);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().begin, 8u);
  EXPECT_EQ(result.error().end, 24u);
  EXPECT_EQ(result.error().message, "a double cannot hold this number exactly: it would become 9007199254740992");
  EXPECT_EQ(canonical_of("1e400"), "canon.number.inexact");
}

TEST(Canonical, RefusesDuplicateKeys) {
  Reader reader;
  const Document* const document = reader.read("{\"a\":1,\"\\u0061\":2}");
  ASSERT_NE(document, nullptr);
  const auto result = canonical(*document);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().rule, Rule::parse_key_duplicate);
  EXPECT_EQ(result.error().begin, 7u);
  EXPECT_EQ(result.error().end, 15u);
}

TEST(Canonical, IsItsOwnCanonicalForm) {
  const std::string once = canonical_of("{\"z\":[1.50,{\"y\":\"\\u00e9\\n\"}],\"a\":-1e-9}");
  EXPECT_EQ(canonical_of(once), once);
}

TEST(Sha256, AsFips180) {
  EXPECT_EQ(sha256_text(""), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_text("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_text(std::string(1'000'000, 'a')),
            "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += static_cast<char>('a' + i % 26);
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const std::string_view whole = std::string_view(text).substr(0, length);
    Sha256 one;
    one.update(whole);
    Sha256 two;
    two.update(whole.substr(0, length / 3));
    two.update(whole.substr(length / 3));
    EXPECT_EQ(one.finish(), two.finish()) << length;
  }
}

}  // namespace
}  // namespace bearproof::json
