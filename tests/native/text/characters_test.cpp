// What the other components are built on: digits and letters, UTF-8, hexadecimal digits, characters that do not show.
#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

namespace bearproof::text {
namespace {

TEST(Ascii, KnowsEachByte) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool digit = byte >= '0' && byte <= '9';
    const bool upper = byte >= 'A' && byte <= 'Z';
    const bool lower = byte >= 'a' && byte <= 'z';
    EXPECT_EQ(is_digit(c), digit) << byte;
    EXPECT_EQ(is_upper(c), upper) << byte;
    EXPECT_EQ(is_lower(c), lower) << byte;
    EXPECT_EQ(is_letter(c), upper || lower) << byte;
    EXPECT_EQ(is_hex_digit(c), digit || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F')) << byte;
    EXPECT_EQ(to_lower(c), upper ? static_cast<char>(byte + 32) : c) << byte;
    EXPECT_EQ(is_ascii(c), byte < 128) << byte;
  }
}

TEST(Ascii, ComparesWithoutCase) {
  EXPECT_TRUE(equal_ignoring_case("PassWord", "password"));
  EXPECT_FALSE(equal_ignoring_case("passwords", "password"));
  EXPECT_TRUE(contains_ignoring_case("my TOKEN here", "token"));
  EXPECT_TRUE(same_but_case("aBc", "AbC"));
  EXPECT_FALSE(same_but_case("[", "{"));  // 32 apart, and no letters
  EXPECT_EQ(normalised_name("Git-Hub_Name .x"), "githubnamex");
  EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
}

TEST(Hex, WritesNumbersBytesAndEscapes) {
  const auto hex = [](std::uint32_t value, unsigned digits) {
    std::string out;
    append_hex(out, value, digits);
    return out;
  };
  EXPECT_EQ(hex(0, 1), "0");
  EXPECT_EQ(hex(0, 4), "0000");
  EXPECT_EQ(hex(0xE9, 4), "00E9");
  EXPECT_EQ(hex(0x10FFFF, 4), "10FFFF");
  EXPECT_EQ(hex(0xFFFFFFFF, 1), "FFFFFFFF");
  EXPECT_EQ(name_of_code_point(0x202E), "U+202E");
  EXPECT_EQ(name_of_code_point(0x1F600), "U+1F600");
  std::string out;
  append_unicode_escape(out, 0x1F);
  append_percent_encoded(out, '\xFF');
  const std::uint8_t bytes[] = {0x00, 0xAB, 0x7F};
  append_hex_bytes(out, bytes);
  EXPECT_EQ(out, "\\u001f%FF00ab7f");
}

TEST(Hex, ReadsPercentEscapes) {
  EXPECT_EQ(percent_decoded("%41", 0), 'A');
  EXPECT_EQ(percent_decoded("x%fF", 1), 255);
  for (const std::string_view text : {"%4", "%", "%4g", "%g4", "41%", "%-1"}) EXPECT_EQ(percent_decoded(text, 0), -1);
}

TEST(Utf8, WritesWhatItReads) {
  for (std::uint32_t c = 0; c <= last_code_point; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text = "a";
    append_utf8(text, c);
    const Decoded here = decode(text, 1);
    ASSERT_TRUE(here.well_formed) << c;
    ASSERT_EQ(here.code_point, c);
    ASSERT_EQ(here.length, text.size() - 1);
    const Decoded before = decode_before(text.data(), text.data() + text.size());
    ASSERT_EQ(before.code_point, c);
    ASSERT_EQ(before.length, here.length);
  }
}

TEST(Utf8, CountsAMaximalIllFormedSubsequenceAsOne) {
  // The example of Unicode 17, table 3-8.
  EXPECT_EQ(well_formed("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFD"
            "b\uFFFD"
            "c\uFFFD\uFFFD"
            "d");
  // Overlong forms, a surrogate, and what lies beyond Unicode have no first byte that goes on.
  EXPECT_EQ(well_formed("\xC0\xAF"), "\uFFFD\uFFFD");
  EXPECT_EQ(well_formed("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(well_formed("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(well_formed("\xE2\x82"), "\uFFFD");
}

TEST(Utf8, CutsBetweenCodePoints) {
  EXPECT_EQ(beginning("aé€", 2), "a");
  EXPECT_EQ(beginning("aé€", 3), "aé");
  EXPECT_EQ(beginning("aé€", 6), "aé€");
  EXPECT_EQ(beginning("€", 0), "");
  EXPECT_EQ(shortened("aé€", 3), "aé€");
  EXPECT_EQ(shortened("aé€", 2), "aé…");
  EXPECT_EQ(shortened("", 0), "");
}

TEST(Invisible, IsWhatUnicodeSays) {
  const CodePointSet ignorable = code_points_with("Default_Ignorable_Code_Point");
  const CodePointSet controls = code_points_with("Cc");
  const CodePointSet format = code_points_with("Cf");
  const CodePointSet separators = code_points_with("Zl");
  const CodePointSet paragraphs = code_points_with("Zp");
  const CodePointSet private_use = code_points_with("Co");
  for (std::uint32_t c = 0; c <= last_code_point; ++c) {
    ASSERT_EQ(is_default_ignorable(c), ignorable.contains(c)) << name_of_code_point(c);
    const bool shows_nothing = ignorable.contains(c) || controls.contains(c) || separators.contains(c) ||
                               paragraphs.contains(c) || private_use.contains(c);
    if (shows_nothing) {
      ASSERT_TRUE(is_unsafe_to_show(c)) << name_of_code_point(c);
    } else if (is_unsafe_to_show(c)) {
      // Beyond those: marks of annotations and noncharacters.
      ASSERT_TRUE(format.contains(c) || c == 0xFFFE || c == 0xFFFF || c > 0xE0FFF) << name_of_code_point(c);
    }
  }
  for (const std::uint32_t c : {0x20u, 0x7Eu, 0xA0u, 0xE9u, 0x2800u, 0xFFFDu, 0x1F600u}) {
    EXPECT_FALSE(is_unsafe_to_show(c)) << name_of_code_point(c);
  }
}

}  // namespace
}  // namespace bearproof::text
