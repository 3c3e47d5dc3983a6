// What patterns match, feature by feature.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/regex/regex.h"

namespace bearproof::regex {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t plenty = 1'000'000'000;

// "match", "no match", or why the pattern does not compile.
std::string outcome(std::string_view pattern, std::string_view text) {
  const auto compiled = Pattern::compile(pattern);
  if (!compiled) return "error: " + compiled.error().message;
  Scratch scratch;
  std::uint64_t budget = plenty;
  const Outcome found = compiled->search(text, scratch, budget);
  if (found == Outcome::undecided) return "undecided";
  return found == Outcome::match ? "match" : "no match";
}

struct Expected {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

class Search : public testing::TestWithParam<Expected> {};

TEST_P(Search, HasItsAnswer) {
  const Expected& expected = GetParam();
  EXPECT_EQ(outcome(expected.pattern, expected.text), expected.matches ? "match" : "no match")
      << "/" << expected.pattern << "/ on \"" << expected.text << "\"";
}

INSTANTIATE_TEST_SUITE_P(Characters, Search,
                         testing::Values(Expected{"", "", true}, Expected{"", "x", true}, Expected{"b", "abc", true},
                                         Expected{"bd", "abcd", false}, Expected{"ß", "Straße", true},
                                         Expected{"^🐻$", "🐻", true}, Expected{"^.$", "🐻", true},
                                         Expected{"^..$", "🐻", false}, Expected{"^.$", "\n", false},
                                         Expected{"^.$", "\xE2\x80\xA8", false}, Expected{"a.c", "a\rc", false},
                                         Expected{"\\u{1F43B}", "🐻", true}, Expected{"\\ud83d\\udc3b", "🐻", true},
                                         Expected{"^\\x41\\u0042\\cJ\\0$", "AB\n\0"sv, true},
                                         Expected{"\\/\\.\\{\\}", "/.{}", true}));

INSTANTIATE_TEST_SUITE_P(Classes, Search,
                         testing::Values(Expected{"^[a-c]+$", "abccba", true}, Expected{"^[a-c]+$", "abd", false},
                                         Expected{"^[^a-c]$", "é", true}, Expected{"^[^é]$", "é", false},
                                         Expected{"[]", "anything", false}, Expected{"^[^]$", "\n", true},
                                         Expected{"^[-a]$", "-", true}, Expected{"^[a-]$", "-", true},
                                         Expected{"^[\\]]$", "]", true}, Expected{"^[\\b]$", "\b", true},
                                         Expected{"^[\\w-]+$", "a-b", true}, Expected{"^\\d$", "٣", false},
                                         Expected{"^\\s+$", " \t\n\v\f\r\u00A0\uFEFF\u2003\u3000", true},
                                         Expected{"^\\S$", "\u200B", true}, Expected{"^\\W$", "é", true},
                                         Expected{"^[🐻-🐿]$", "🐼", true}, Expected{"^[\\d\\s]+$", "1 2", true}));

INSTANTIATE_TEST_SUITE_P(
    Quantifiers, Search,
    testing::Values(Expected{"^a*$", "", true}, Expected{"^a+$", "", false}, Expected{"^a?b$", "b", true},
                    Expected{"^a{3}$", "aaa", true}, Expected{"^a{3}$", "aa", false}, Expected{"^a{3}$", "aaaa", false},
                    Expected{"^a{2,3}$", "aaaa", false}, Expected{"^a{2,}$", "aaaaaaa", true},
                    Expected{"^a{2,}$", "a", false}, Expected{"^(ab){2,3}$", "ababab", true},
                    Expected{"^(ab){2,3}$", "abababab", false}, Expected{"^a{0}b$", "b", true},
                    Expected{"^(?:a?){3}$", "aaa", true}, Expected{"^(?:a?){3}$", "aaaa", false},
                    Expected{"^(a*)*$", "aaa", true}, Expected{"^(a*)+b$", "aab", true},
                    Expected{"^(a{1,2}){2,3}$", "aaaaaa", true}, Expected{"^(a{1,2}){2,3}$", "aaaaaaa", false},
                    Expected{"^a+?b*?$", "aab", true}, Expected{"^(|a)+$", "aa", true},
                    Expected{"^(a{2,3}b?)*$", "aaabaa", true}, Expected{"^(a{2,3}b?)*$", "aba", false}));

INSTANTIATE_TEST_SUITE_P(
    Assertions, Search,
    testing::Values(Expected{"^a|b$", "ax", true}, Expected{"^a|b$", "xb", true}, Expected{"^a|b$", "xa", false},
                    Expected{"a^", "a", false}, Expected{"$a", "a", false}, Expected{"^$", "", true},
                    Expected{"^$", "\n", false}, Expected{"a$", "a\n", false}, Expected{"^b", "a\nb", false},
                    Expected{"\\bb", "a b", true}, Expected{"\\bb", "ab", false}, Expected{"a\\b", "ab a", true},
                    Expected{"\\B", "", true}, Expected{"\\b", "", false}, Expected{"\\bé", "é", false},
                    Expected{"\\Bb\\B", "abc", true}, Expected{"^(?:\\b|a){2,5}$", "a", true},
                    Expected{"x(?:\\b|a)*$", "xaa", true}));

INSTANTIATE_TEST_SUITE_P(
    Lookarounds, Search,
    testing::Values(Expected{"a(?=b)", "ab", true}, Expected{"a(?=b)", "ac", false}, Expected{"a(?!b)", "abac", true},
                    Expected{"a(?!b)", "ab", false}, Expected{"(?<=a)b", "ab", true}, Expected{"(?<=a)b", "cb", false},
                    Expected{"(?<!a)b", "ab", false}, Expected{"(?<!a)b", "b", true},
                    Expected{"^(?!.*--)[a-z-]+$", "a-b", true}, Expected{"^(?!.*--)[a-z-]+$", "a--b", false},
                    Expected{"^(?=.*\\d)(?=.*[a-z])(?!.*\\s).{4,}$", "ab12", true},
                    Expected{"^(?=.*\\d)(?=.*[a-z])(?!.*\\s).{4,}$", "ab 12", false}, Expected{"(?<=a+)b", "aab", true},
                    Expected{"(?<=^a*)b", "aab", true}, Expected{"(?<=^a*)b", "acb", false},
                    Expected{"(?=(?<=a)b)b", "ab", true}, Expected{"(?=a(?!b(?=c)))a", "abc", false},
                    Expected{"(?=a(?!b(?=c)))a", "abd", true}, Expected{"(?<!(?:^|,)x)y", "xy", false},
                    Expected{"(?<!(?:^|,)x)y", "zxy", true}, Expected{"^(?:(?=a)a|(?!a)b)+$", "abba", true},
                    Expected{"(?<=\\b🐻{2,3}x)y", "🐻🐻xy", false}, Expected{"(?<=🐻{2,3}x)y", "🐻🐻xy", true}));

INSTANTIATE_TEST_SUITE_P(Groups, Search,
                         testing::Values(Expected{"^(?:a|bc)d$", "bcd", true},
                                         Expected{"^(?<year>\\d{4})-", "2026-", true}, Expected{"^(?<π>a)$", "a", true},
                                         Expected{"^(?<\\u{61}b>a)$", "a", true}, Expected{"^(a|)$", "", true},
                                         Expected{"^(?:)$", "", true}));

// By Annex B alone.
INSTANTIATE_TEST_SUITE_P(AnnexB, Search,
                         testing::Values(Expected{"^[\\w-.]+$", "a-.b", true}, Expected{"\\_\\-", "_-", true},
                                         Expected{"^a{$", "a{", true}, Expected{"^a{,3}$", "a{,3}", true},
                                         Expected{"^]}$", "]}", true}, Expected{"^\\c$", "\\c", true},
                                         Expected{"^\\101\\08\\8$",
                                                  "A\0"
                                                  "88"sv,
                                                  true},
                                         Expected{"^\\xg\\u{3}$", "xguuu", true},
                                         Expected{"^\\p{L}\\_$", "p{L}_", true}, Expected{"^(?=a)*\\_", "_", true},
                                         Expected{"^[\\c1\\_]$", "\x11", true}));

TEST(Legacy, IsToldOnlyWhereAnnexBWasNeeded) {
  EXPECT_FALSE(Pattern::compile("[\\-\\*\\?]")->legacy());
  EXPECT_TRUE(Pattern::compile("[\\_]")->legacy());
  EXPECT_TRUE(Pattern::compile("a{")->legacy());
}

struct Refused {
  std::string_view pattern;
  Error::Kind kind;
  std::uint32_t offset;
};

class Refusal : public testing::TestWithParam<Refused> {};

TEST_P(Refusal, SaysWhatAndWhere) {
  const auto compiled = Pattern::compile(GetParam().pattern);
  ASSERT_FALSE(compiled) << GetParam().pattern;
  EXPECT_EQ(compiled.error().kind, GetParam().kind) << compiled.error().message;
  EXPECT_EQ(compiled.error().offset, GetParam().offset) << compiled.error().message;
  EXPECT_FALSE(compiled.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, Refusal,
    testing::Values(Refused{"ab(c", Error::Kind::syntax, 2}, Refused{"ab)c", Error::Kind::syntax, 2},
                    Refused{"*a", Error::Kind::syntax, 0}, Refused{"a**", Error::Kind::syntax, 2},
                    Refused{"[b-a]", Error::Kind::syntax, 1}, Refused{"[ab", Error::Kind::syntax, 0},
                    Refused{"a{3,2}", Error::Kind::syntax, 1}, Refused{"(?i)a", Error::Kind::syntax, 0},
                    Refused{"(?i:a)", Error::Kind::syntax, 0}, Refused{"(?#c)", Error::Kind::syntax, 0},
                    Refused{"(?P<n>a)", Error::Kind::syntax, 0}, Refused{"(?<a>.)(?<a>.)", Error::Kind::syntax, 7},
                    Refused{"(?<1>.)", Error::Kind::syntax, 3}, Refused{"a\\", Error::Kind::syntax, 1},
                    Refused{"(?<n>a)\\k<m>", Error::Kind::syntax, 7}, Refused{"(?<=a)*", Error::Kind::syntax, 6},
                    Refused{"a{99999999999999999999,99999999999999999998}", Error::Kind::syntax, 1}));

INSTANTIATE_TEST_SUITE_P(BackReferences, Refusal,
                         testing::Values(Refused{"(a)\\1", Error::Kind::unsupported, 3},
                                         Refused{"\\2(a)(b)", Error::Kind::unsupported, 0},
                                         Refused{"(?<n>a)\\k<n>", Error::Kind::unsupported, 7}));

INSTANTIATE_TEST_SUITE_P(TooLarge, Refusal,
                         testing::Values(Refused{"(?:ab){6000}", Error::Kind::too_large, 0},
                                         Refused{"(((a{99}b){99}){99}){99}", Error::Kind::too_large, 0},
                                         Refused{"a{4000000000}", Error::Kind::too_large, 0}));

TEST(Syntax, TakesBackReferencesButNotAnnexB) {
  EXPECT_FALSE(check_syntax("(?<n>a)\\k<n>\\1"));
  EXPECT_FALSE(check_syntax("[]|[^]|\\cA|(?<=a+)b"));
  EXPECT_FALSE(check_syntax(std::string(1'000'000, 'a')));
  EXPECT_TRUE(check_syntax("\\a"));
  EXPECT_TRUE(check_syntax("(?<n>a)\\2"));
  EXPECT_TRUE(check_syntax("^(abc]"));
}

TEST(Size, IsLimitedExactly) {
  const std::string pattern = "abcdefgh";
  const auto size = Pattern::compile(pattern)->size();
  EXPECT_TRUE(Pattern::compile(pattern, {.max_instructions = size}));
  const auto refused = Pattern::compile(pattern, {.max_instructions = size - 1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::too_large);
}

TEST(Size, CountersAreNotCopies) {
  EXPECT_LT(Pattern::compile("^[a-z]{1,1000}$")->size(), 25u);
  EXPECT_LT(Pattern::compile("[a-z]{1000,}x[0-9]{500}")->size(), 40u);
}

TEST(Nesting, IsBounded) {
  const std::string deep = std::string(20'000, '(') + std::string(20'000, ')');
  const auto compiled = Pattern::compile(deep);
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, Error::Kind::too_large);
  EXPECT_TRUE(Pattern::compile(std::string(250, '(') + std::string(250, ')')));
}

TEST(Literals, AreRecognised) {
  const auto prefix = Pattern::compile("^urn:a\\.b");
  ASSERT_TRUE(prefix->literal());
  EXPECT_EQ(prefix->literal()->text, "urn:a.b");
  EXPECT_TRUE(prefix->literal()->at_start);
  EXPECT_FALSE(prefix->literal()->at_end);
  EXPECT_TRUE(Pattern::compile("^(?:a)é$")->literal()->matches("aé"));
  EXPECT_FALSE(Pattern::compile("é$")->literal()->matches("éa"));
  EXPECT_TRUE(Pattern::compile("é")->literal()->matches("aéa"));
  EXPECT_TRUE(Pattern::compile("")->literal()->matches(""));
  EXPECT_FALSE(Pattern::compile("a+")->literal());
  EXPECT_FALSE(Pattern::compile("a|b")->literal());
  EXPECT_FALSE(Pattern::compile("a^b")->literal());
  EXPECT_FALSE(Pattern::compile("\\ud800")->literal());
}

TEST(Scratch, ServesPatternsInTurn) {
  Scratch scratch;
  std::uint64_t budget = plenty;
  const auto looks = Pattern::compile("x(?=y)");
  const auto counts = Pattern::compile("(?=.)[a-z]{3,200}(?<=q)x");
  const auto plain = Pattern::compile("^ab$");
  const std::string text = std::string(300, 'a') + "qx";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(looks->search("axy", scratch, budget), Outcome::match);
    EXPECT_EQ(counts->search(text, scratch, budget), Outcome::match);
    EXPECT_EQ(counts->search("aqax", scratch, budget), Outcome::no_match);
    EXPECT_EQ(plain->search("ab", scratch, budget), Outcome::match);
    EXPECT_EQ(looks->search("axz", scratch, budget), Outcome::no_match);
  }
}

TEST(Bounded, FromEndToEndAndWithoutEndlessRepetition) {
  for (const std::string_view bounded :
       {"^$", "^a{2,30}$", "^(?:a|bc)?$", "^a$|^bc$", "(?:^a|^b)c(?:d$|e$)", "^(?!.*x)(?=a+)[ab]{1,9}$", "^[a*+]{3}$",
        "^\\*\\+$", "^(?:(?:\\b)*a){4}$", "^(?:a*){0}$", "^[$]$"}) {
    EXPECT_TRUE(is_bounded(bounded)) << bounded;
  }
  for (const std::string_view unbounded :
       {"", "a", "^a", "a$", "^a*$", "^a+?$", "^a{3,}$", "^(?:ab{2,})$", "^a|b$", "^a$|b", "(?:^a)?b$", "^a(?:b$)?",
        "^a\\$", "^[ab$]", "^(?:a*){3}$", "^(?:(?:a*)b){0,3}$", "(?=^a$)", "^\\-+$"}) {
    EXPECT_FALSE(is_bounded(unbounded)) << unbounded;
  }
}

}  // namespace
}  // namespace bearproof::regex
