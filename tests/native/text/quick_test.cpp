// The quick ways to decide about a text say the same as the slow ones.
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/text/deception.h"
#include "bearproof/text/fold.h"
#include "bearproof/text/glance.h"
#include "bearproof/text/placeholder.h"
#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

#include "../support/generator.h"
#include "spellings.h"

namespace bearproof::text {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : random_(test::seed_or(seed)) {}
  std::size_t below(std::size_t end) { return random_() % end; }
  template <typename List>
  auto pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937 random_;
};

std::string utf8(std::u32string_view characters) {
  std::string out;
  for (const char32_t c : characters) append_utf8(out, c);
  return out;
}

/// A text of less than `end` characters, out of a few of the list: `least_kinds` of them, and up to `more` others.
template <typename List>
std::u32string some_of(Random& random, const List& characters, std::size_t least_kinds, std::size_t more,
                       std::size_t end) {
  const std::size_t kinds = least_kinds + random.below(more + 1);
  std::u32string alphabet;
  while (alphabet.size() < kinds) alphabet += static_cast<char32_t>(random.pick(characters));
  std::u32string out;
  for (std::size_t left = random.below(end); left > 0; --left) out += random.pick(alphabet);
  return out;
}

TEST(Quick, AGlanceMissesNothing) {
  constexpr std::uint32_t characters[] = {'a',   'Z',   'u',   'U',   '0',   '9',    ':',    ':',    '-',  '-',  '_',
                                          '_',   '.',   '/',   ' ',   '{',   '[',    '<',    '@',    '#',  '$',  '%',
                                          '~',   '`',   '!',   0x1F,  0x7F,  0x80,   0xBF,   0xC0,   0xD7, 0xFC, 0x17F,
                                          0x27F, 0x280, 0x430, 0x7FF, 0x800, 0x201C, 0x2028, 0xFFFD, 'b',  'n'};
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::u32string given = some_of(random, characters, 1, 5, 50);
    const std::string text = utf8(given);
    bool plain = true;
    bool latin = true;
    for (const char32_t c : given) {
      const bool shows = c >= ' ' && c < 0x7F;
      plain = plain && shows;
      latin = latin && (shows || (c >= 0xC0 && c < 0x280));
    }
    const auto holds_any = [&](std::string_view signs) { return text.find_first_of(signs) != std::string::npos; };
    const auto holds = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    const Glance seen = glance(text);
    EXPECT_EQ(seen.plain, plain) << text;
    EXPECT_EQ(seen.latin, latin) << text;
    EXPECT_TRUE(seen.may_be_template || !(holds_any("{[<@#$%") || holds("__"))) << text;
    EXPECT_TRUE(seen.may_be_nested || !(holds(":u") || holds(":U"))) << text;
    EXPECT_TRUE(seen.may_hide_host || !(holds_any(".%@") || holds("--"))) << text;
    EXPECT_EQ(may_be_nested(text), holds(":u") || holds(":U")) << text;
  }
}

TEST(Quick, OrdinaryReferencesAreJudgedAsAllAre) {
  constexpr std::string_view more[] = {"7",         "1",
                                       "10",        "0",
                                       "00",        "x1",
                                       "l1",        "no1",
                                       "n\u00EFl",  "m\u0131ss\u0131ng",
                                       "te\u017Ft", "\u00FCnknown",
                                       "\u00D8",    "agent7",
                                       "Test2",     "1x",
                                       "0x0",       "0x1",
                                       "id",        "nu11",
                                       "@ID@",      "__ID__",
                                       "#id#",      "urn",
                                       "decision",  "a1b2",
                                       "cafe",      "\u00DCbersetzer",
                                       "known",     "un",
                                       "do",        "to"};
  constexpr std::string_view between[] = {"-", ":", "_", "", "/", ".", " ", ","};
  Random random(2);
  std::size_t ordinary = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string text = random.below(2) == 0 ? "urn:srcos:agent:" : "";
    for (std::size_t words = 1 + random.below(3); words > 0; --words) {
      switch (random.below(4)) {
        case 0: text += random.pick(test::placeholders); break;
        case 1: text += random.pick(test::names); break;
        default: text += random.pick(more);
      }
      if (words > 1) text += random.pick(between);
    }
    const Glance seen = glance(text);
    if (!seen.latin || seen.may_be_template) continue;
    ++ordinary;
    EXPECT_EQ(judge_reference(text, true), judge_reference(text, false)) << text;
  }
  EXPECT_GT(ordinary, 6'000u);
}

/// What find_deceit says of words, as its description has it.
bool mixes_scripts(const std::u32string& text) {
  static const std::vector<CodePointSet> scripts = [] {
    std::vector<CodePointSet> out;
    for (const std::string_view name : {"Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu"}) {
      out.push_back(code_points_with("Script", name));
    }
    return out;
  }();
  static const auto letters = code_points_with("L");
  static const auto marks = code_points_with("M");
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (letters.contains(text[at]) || marks.contains(text[at]))) continue;
    unsigned of_word = 0;
    bool alike = false;
    for (std::size_t i = begin; i < at; ++i) {
      for (std::size_t script = 0; script < scripts.size(); ++script) {
        if (!scripts[script].contains(text[i])) continue;
        of_word |= 1u << script;
        alike = alike || (script != 0 && !reading_of(text[i]).empty());
      }
    }
    if ((of_word & (of_word - 1)) != 0 && alike) return true;
    begin = at + 1;
  }
  return false;
}

TEST(Quick, EveryLetterBesideOneOfAnotherScript) {
  for (std::uint32_t c = 0x21; c < 0x3000; ++c) {
    for (const char32_t other : {U'a', U'\u0430', U'\u03BF'}) {
      const std::u32string word = {static_cast<char32_t>(c), other};
      const Deceit found = find_deceit(utf8(word));
      if (found.what != Deception::none && found.what != Deception::mixed_scripts) continue;
      EXPECT_EQ(found.what == Deception::mixed_scripts, mixes_scripts(word)) << std::hex << c << ' ' << utf8(word);
    }
  }
}

TEST(Quick, WordsOfMixedScripts) {
  // Latin, Cyrillic, Greek, Hebrew, a mark, signs.
  constexpr std::uint32_t characters[] = {'a',   'p', 'Z', 0xFC, 0x180,  0x430,  0x440, 0x3BF,  0x5D0,
                                          0x301, ' ', '-', '7',  0x201C, 0x2013, 0xD7,  0x4E00, 0xB5};
  Random random(3);
  std::size_t mixed = 0;
  for (int i = 0; i < 8'000; ++i) {
    const std::u32string given = some_of(random, characters, 2, 3, 40);
    const std::string text = utf8(given);
    const bool expected = mixes_scripts(given);
    mixed += expected ? 1 : 0;
    EXPECT_EQ(find_deceit(text).what, expected ? Deception::mixed_scripts : Deception::none) << text;
  }
  EXPECT_GT(mixed, 800u);
}

TEST(Quick, HostsInAsciiAreComparedWithWhatTheyLookLike) {
  for (const std::string_view host :
       {"bank.com.evil.example", "a.bank.gov.evil", "user@bank.com.evil.example:8443", "bank.net.abc.", "x.edu.ab.c",
        ".com.bank.org.evil", "xn--80ak6aa92e.com", "b%61nk.example"}) {
    for (const std::string_view rest : {"", "/a", "?b", ":1/"}) {
      const std::string url = "tab-1 https://" + std::string(host) + std::string(rest);
      EXPECT_EQ(find_disguised_host(url, Hosts::anywhere).what, Deception::host) << url;
      EXPECT_EQ(find_disguised_host("https://example.org/ " + url, Hosts::in_urls).what, Deception::host) << url;
    }
  }
  for (const std::string_view host : {"bank.com", "bank.com.", "bank.com.au", "bank.com.au.", "com.example.org",
                                      "bank.comx.evil", "a.b-c.org:80", "user@example.org", "localhost:3000"}) {
    const std::string url = "tab-1 https://" + std::string(host) + "/";
    EXPECT_EQ(find_disguised_host(url, Hosts::anywhere).what, Deception::none) << url;
  }
}

}  // namespace
}  // namespace bearproof::text
