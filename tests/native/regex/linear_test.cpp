// Patterns on which backtracking engines take exponential or quadratic time: here the budget proves linear work.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "bearproof/regex/regex.h"

namespace bearproof::regex {
namespace {

struct Hostile {
  std::string_view pattern;
  std::string text;
  bool matches;
};

std::string many(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

class Linear : public testing::TestWithParam<Hostile> {};

TEST_P(Linear, TakesNoMoreThanInstructionsTimesText) {
  const Hostile& hostile = GetParam();
  const auto compiled = Pattern::compile(hostile.pattern);
  ASSERT_TRUE(compiled) << compiled.error().message;
  Scratch scratch;
  const std::uint64_t bound = (compiled->size() + 4) * (hostile.text.size() + 2);
  std::uint64_t budget = bound;
  EXPECT_EQ(compiled->search(hostile.text, scratch, budget), hostile.matches ? Outcome::match : Outcome::no_match)
      << hostile.pattern;
  EXPECT_GT(budget, 0u);

  std::uint64_t little = 1;
  if (bound - budget > 1) {
    EXPECT_EQ(compiled->search(hostile.text, scratch, little), Outcome::undecided);
    EXPECT_EQ(little, 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Patterns, Linear,
                         testing::Values(Hostile{"^(a+)+$", many("a", 50'000) + "!", false},
                                         Hostile{"^(a+)+$", many("a", 50'000), true},
                                         Hostile{"^(a|aa|aaa)+b?$|^(a*)*c", many("a", 50'000) + "c", true},
                                         Hostile{"(x+x+)+y", many("x", 50'000), false},
                                         Hostile{"(.*)*(.*)*(.*)*=", many("a", 20'000), false},
                                         Hostile{"^(([a-z])+.)+[A-Z]([a-z])+$", many("a", 50'000), false},
                                         Hostile{"(a?){50}a{50}b", many("a", 20'000), false},
                                         Hostile{"^((a{1,100}){1,100}){1,3}$", many("a", 30'001), false},
                                         Hostile{"^((a{1,100}){1,100}){1,3}$", many("a", 30'000), true},
                                         Hostile{"[ab]*a[ab]{500}c", many("ab", 20'000), false},
                                         Hostile{"[ab]*a[ab]{500}$", many("a", 20'000), true},
                                         Hostile{"x(?=(.*)*y)", many("x", 20'000), false},
                                         Hostile{"(?<!(x+x+)+y)z", many("x", 20'000) + "yz", false},
                                         Hostile{"^(?!(a+)+b$)a+$", many("a", 50'000), true},
                                         Hostile{"(?=.*(?=.*(?=.*b)))a", many("a", 20'000), false},
                                         Hostile{"\\b(\\w+\\s?)+\\b!", many("ab ", 20'000), false},
                                         Hostile{"^(.|\\n|[^q])*q(🐻|.)*$", many("🐻", 20'000), false}));

}  // namespace
}  // namespace bearproof::regex
