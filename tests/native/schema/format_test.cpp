// Formats by our own cases; the official suite's are read in format_suite_test.cpp.
#include "bearproof/schema/format.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "../../../core/schema/format_rules.h"
#include "../../../core/schema/format_time.h"

namespace bearproof::schema {
namespace {

struct Case {
  std::string_view name;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

class Formats : public testing::TestWithParam<Case> {};

TEST_P(Formats, TellGoodFromBad) {
  const auto format = format_from(GetParam().name);
  ASSERT_TRUE(format);
  EXPECT_EQ(format_name(*format), GetParam().name);
  for (const std::string& value : GetParam().good) EXPECT_TRUE(matches_format(*format, value)) << value;
  for (const std::string& value : GetParam().bad) EXPECT_FALSE(matches_format(*format, value)) << value;
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Times, Formats,
    testing::Values(
        Case{"date-time",
             {"2026-01-31T12:00:00Z", "0000-01-01t00:00:00z", "9999-12-31T23:59:59.999999999999+23:59",
              "2016-12-31T23:59:60Z", "2017-01-01T00:59:60.5+01:00", "2000-02-29T00:00:00-00:00"},
             {"", "2026-01-31", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00.Z",
              "2026-01-31T12:00Z", "2026-01-31T12:00:00+0100", "2016-12-31T12:00:60Z", "2026-01-31T12:00:00.1",
              "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00,1Z", "1900-02-29T00:00:00Z"}},
        Case{"date", {"2024-02-29"}, {"2023-02-29", "2023-04-31", "2023-1-01", "2023-01-01Z", "2023/01/01"}},
        Case{"time", {"00:00:00Z", "23:59:60Z", "15:59:60-08:00"}, {"24:00:00Z", "12:00:60Z", "12:00:00", "1:00:00Z"}},
        Case{"duration",
             {"P1Y", "P1Y2M3DT4H5M6S", "P3W", "PT5M", "P2DT1H"},
             {"P", "PT", "P1Y3D", "P1DT", "PT1H1S", "P1H", "P1W2D", "P1.5D", "p1D", "P1S", "P1D1D"}}));

INSTANTIATE_TEST_SUITE_P(
    Network, Formats,
    testing::Values(
        Case{"ipv4",
             {"0.0.0.0", "255.255.255.255", "192.0.2.1"},
             {"1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1..2.3"}},
        Case{"ipv6",
             {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1::3:4:5:6:7:8"},
             {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::1%eth0",
              "1:2:3:4:5:6:7:192.0.2.1", "1::2:3:4:5:6:7:8", "::192.0.2", "1:"}},
        Case{"hostname",
             {"a", "bear.example", "1.2.3.4", "a-b", repeated("a", 63), "xn--mnchen-3ya.example", "XN--MNCHEN-3YA"},
             {"", ".", "a.", "-a", "a-", "a_b", repeated("a", 64), "münchen", "xn--", "xn--a", "xn--aa-0ea"}},
        Case{"idn-hostname",
             {"münchen.example", "例え。テスト", "דוגמה", "ss.ß"},
             {"münchen..example", "Ünder", "a b", "٠a", repeated("ü", 60), std::string(1'000'000, 'a'), "ⅷ"}},
        Case{"email",
             {"a@b", "a.b+c@d-e.f", "\"a b\\\"\"@c", "a@[192.0.2.1]", "a@[IPv6:::1]", "a@[x-tag:anything!]"},
             {"a", "@b", "a@", "a@@b", ".a@b", "a.@b", "a..b@c", "a@b_c", "a@-b", "a@b.", "a@[300.1.1.1]", "ü@b",
              "\"a@b", "a@[IPv6:1]", "\"a\"b@c", "a b@c"}},
        Case{"idn-email", {"ü@müller.example", "\"ü ö\"@b", "a@b"}, {"ü", "@ü", "ü@", "a b@ü"}}));

INSTANTIATE_TEST_SUITE_P(
    Identifiers, Formats,
    testing::Values(Case{"uri",
                         {"a:", "http://a", "urn:a:b", "http://u:p@h:8080/p?q#f", "http://[::1]:80/", "http://[v1.a:b]",
                          "a:b:c", "http://h?", "mailto:a@b", "a://"},
                         {"", "a", "//a", "1a:b", "a b:c", "http://h:p", "http://[::1", "http://[1]", "a:%", "a:%4",
                          "a:%zz", "a:ü", "a:b#c#d", "a:[", "http://a@b@c", "http://[v1.]", "http://[::1]x"}},
                    Case{"uri-reference",
                         {"", "a", "a/b:c", "?q", "#f", "../a", "//h/p", "/"},
                         {"a b", "1:b", ":a", "%", "//h:p", "\\"}},
                    Case{"iri", {"http://ü/ö?ä#ß", "a:?\xEE\x80\x80"}, {"ü", "ü:a", "http://ü ö"}},
                    Case{"iri-reference", {"ü", "ü/ö", "?\xEE\x80\x80"}, {"ü b", "#\xEE\x80\x80", "\xEF\xBF\xBE"}},
                    Case{"uri-template",
                         {"", "a{b}", "{+a,b*,c:10}", "ü{a_b.c}", "{%41b}"},
                         {"{", "}", "{}", "{a", "{a b}", "{a:}", "{a:0}", "{a.}", "{.}", "{a*:1}", "a b", "%", "{%4}"}},
                    Case{"uuid",
                         {"01234567-89ab-cdef-ABCD-EF0123456789"},
                         {"01234567-89ab-cdef-abcd-ef012345678", "0123456789abcdefabcdef0123456789",
                          "01234567-89ab-cdef-abcd-ef012345678g", "{01234567-89ab-cdef-abcd-ef0123456789}"}},
                    Case{"json-pointer", {"", "/", "/a~0b~1c", "/ü", "//"}, {"a", "/~", "/~2", "#/a"}},
                    Case{"relative-json-pointer", {"0", "1/a", "10#", "0#"}, {"", "a", "01", "1a", "1#/", "-1", "/a"}},
                    Case{"regex",
                         {"", "^a$", "(a)\\1", "\\p{L}", "(?<n>a)"},
                         {"(", "[", "\\a", "a**", "(?i)a", "\\p{Bear}", "a{2,1}"}}));

TEST(FormatNames, AreThoseOfTheSpecification) {
  EXPECT_FALSE(format_from("color"));
  EXPECT_FALSE(format_from("Date"));
  EXPECT_FALSE(format_from(""));
  for (int i = 0; i <= static_cast<int>(Format::regex); ++i) {
    const auto format = static_cast<Format>(i);
    EXPECT_EQ(format_from(format_name(format)), format);
  }
}

// The quick look at a date-time accepts nothing that the grammar refuses, and all that is written plainly.
TEST(PlainInstant, IsADateTime) {
  const auto plain = [](const std::string& text) {
    return schema::format_rules::is_plain_instant(text.data(), static_cast<std::uint32_t>(text.size()));
  };
  for (const char* text :
       {"2026-01-31T12:00:00Z", "2026-02-29T12:00:00Z", "2026-01-28T23:59:60Z", "2026-01-28t12:00:00Z",
        "2026-01-28T12:00:00.Z", "2026-01-28T12:00:00+00:00", "2026-01-28T12:00:00", ""}) {
    EXPECT_FALSE(plain(text)) << text;
  }
  const std::string base = "2026-12-28T23:59:59.9999Z";
  for (const char* text : {"0000-01-01T00:00:00Z", "2026-12-28T23:59:59.1Z", base.c_str()}) EXPECT_TRUE(plain(text));
  for (std::size_t at = 0; at < base.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      for (const std::size_t size : {base.size(), std::size_t{20}, std::size_t{21}}) {
        std::string text = base.substr(0, size - 1) + "Z";
        if (at >= text.size()) continue;
        text[at] = static_cast<char>(byte);
        EXPECT_TRUE(!plain(text) || schema::format_rules::date_time(text)) << text;
      }
    }
  }
}

}  // namespace
}  // namespace bearproof::schema
