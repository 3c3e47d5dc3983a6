#include "bearproof/text/deception.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace bearproof::text {
namespace {

TEST(Deception, OrdinaryTextIsNone) {
  for (const std::string_view text : {"",
                                      "Price watch",
                                      "Préis-Watch",
                                      "naïve café",
                                      "Łódź",
                                      "Zoë's helper",
                                      "Иван Петров",
                                      "Сара",
                                      "Яндекс-бот",
                                      "IT-отдел",
                                      "Ωmega",
                                      "5 µm scanner",
                                      "5 μm scanner",
                                      "α-test",
                                      "λ calculus",
                                      "Τράπεζα",
                                      "山田　太郎",
                                      "ひらがなカタカナ漢字",
                                      "Tシャツ屋",
                                      "AIエージェント",
                                      "キノ",
                                      "한국어",
                                      "محمد الفارسي",
                                      "می‌خواهم",
                                      "שלום",
                                      "שלום \u200F(1)",
                                      "العربية \u200E1.0",
                                      "नमस्ते",
                                      "क्‍ष",
                                      "සිංහල ශ්‍රී",
                                      "ภาษาไทย",
                                      "Tiếng Việt",
                                      "Հայերեն",
                                      "ქართული",
                                      "🐻",
                                      "🐻‍❄️ watch",
                                      "👩🏽‍💻",
                                      "👨‍👩‍👧",
                                      "❤️",
                                      "1️⃣",
                                      "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                                      "🇳🇴",
                                      "葛󠄀城",
                                      "ᠮᠣᠩᠭᠣᠯ᠋",
                                      "½ price",
                                      "№ 5",
                                      "Ｆｕｌｌ　Ｗｉｄｔｈ",
                                      "𝓑𝓮𝓪𝓻",
                                      "non\u00A0breaking"}) {
    EXPECT_EQ(find_deceit(text).what, Deception::none) << text << ' ' << std::hex << find_deceit(text).code_point;
  }
}

TEST(Deception, ControlsAndInvisibleCharactersAreFound) {
  for (const std::string_view text :
       {"a\u202Eb", "a\u202Ab", "\u2066a\u2069", "a\u200Fb", "\u200Ea", "a\u061Cb", "\u202Eשלום"}) {
    EXPECT_EQ(find_deceit(text).what, Deception::bidi_control) << text;
  }
  for (const std::string_view text : {"a\u200Bb", "a\u200Cb", "a\u200Db", "\uFEFFa", "so\u00ADft", "a\u2060b", "\u3164",
                                      "\u2800", "a\u034Fb", "a\u180Eb", "a\uFE0F", "x\U000E0041", "🐻\u200Dx",
                                      "a\x1B[31m", "a\x7F", "a\u0085", "a\u2028b", "а\u200Dб", "a\u2063b"}) {
    EXPECT_EQ(find_deceit(text).what, Deception::invisible) << text;
  }
  EXPECT_EQ(find_deceit("a\u202Eb").code_point, 0x202Eu);
}

TEST(Deception, WordsInLookAlikeLettersAreFound) {
  for (const std::string_view text : {"pаypal", "Аpple", "gооgle helper", "micrоsoft", "Pоссия", "сбeрбанк", "Ρay",
                                      "ԝatch", "аdmin-7", "urn:srcos:agent:p\u0430ypal-helper", "ոame", "ᎪWS"}) {
    EXPECT_EQ(find_deceit(text).what, Deception::mixed_scripts) << text;
  }
  EXPECT_EQ(find_deceit("my pаypal helper").text, "pаypal");
}

TEST(Deception, HostsAreComparedWithWhatTheyLookLike) {
  for (const std::string_view host : {"example.org",
                                      "münchen.de",
                                      "xn--mnchen-3ya.de",
                                      "日本語.jp",
                                      "キノ.jp",
                                      "пример.рф",
                                      "сара.рф",
                                      "xn--e1afmkfd.xn--p1ai",
                                      "новости.com",
                                      "кот.com",
                                      "bücher.example",
                                      "tab-1",
                                      "tab 7",
                                      "localhost:8080",
                                      "[::1]",
                                      "192.0.2.1",
                                      "مثال.com",
                                      "ışık.com.tr",
                                      "例え。テスト",
                                      "café.fr",
                                      "tab.1",
                                      "v1.2",
                                      "xn--",
                                      "xn--zzzzzz",
                                      "παράδειγμα.gr",
                                      "x.y"}) {
    EXPECT_EQ(find_disguised_host(host, Hosts::anywhere).what, Deception::none) << host;
    const std::string url = "https://" + std::string(host) + "/a?b#c";
    EXPECT_EQ(find_disguised_host(url, Hosts::anywhere).what, Deception::none) << url;
  }
  for (const std::string_view host :
       {"pаypal.com", "раурӏ.com", "xn--80ak6aa92e.com", "XN--80AK6AA92E.com", "www.xn--pypal-4ve.com",
        "ｇｏｏｇｌｅ.com", "gооgle.com", "ɡoogle.com", "google.com∕login.example", "google․com", "раураӏ.com.",
        "lınkedin.com", "p%61ypal.com", "bank\u200B.com", "accounts.bank.com.sign-in.example", "bank.org.example",
        "𝗯𝗮𝗻𝗸.com", "example．org⁄a.example"}) {
    const Deceit bare = find_disguised_host(host, Hosts::anywhere);
    EXPECT_EQ(bare.what, Deception::host) << host;
    const std::string url = "Session (https://" + std::string(host) + ":443/a)";
    EXPECT_EQ(find_disguised_host(url, Hosts::in_urls).what, Deception::host) << url;
  }
  EXPECT_EQ(find_disguised_host("https://bank.example@evil.example/", Hosts::anywhere).what, Deception::host);
  EXPECT_EQ(find_disguised_host("https://user@example.org/", Hosts::anywhere).what, Deception::none);
  EXPECT_EQ(find_disguised_host("gооgle.com", Hosts::in_urls).what, Deception::none);
}

TEST(Deception, SkeletonsOfWhatLooksTheSameAreEqual) {
  constexpr std::string_view same[][2] = {
      {"urn:srcos:session:museum", "urn:srcos:session:mus\u0435um"},
      {"urn:srcos:session:museum", "urn:srcos:session:mu\u200Bseum"},
      {"session-1", "session-l"},
      {"session-1", "session-I"},
      {"agent-0", "agent-O"},
      {"g00gle", "google"},
      {"modern", "modem"},
      {"Travel helper", "Travel\u00A0helper"},
      {"travel ", "travel"},
      {"ｔravel", "travel"},
      {"сосо", "coco"},
      {"a\u202Eb", "ab"},
  };
  for (const auto& pair : same) EXPECT_EQ(skeleton(pair[0]), skeleton(pair[1])) << pair[0];
  constexpr std::string_view different[][2] = {
      {"travel", "Travel"}, {"session-1", "session-2"}, {"José", "Jose"}, {"Иван", "Ивон"}, {"a b", "ab"}};
  for (const auto& pair : different) EXPECT_NE(skeleton(pair[0]), skeleton(pair[1])) << pair[0];
}

}  // namespace
}  // namespace bearproof::text
