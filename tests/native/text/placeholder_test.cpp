#include "bearproof/text/placeholder.h"

#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "spellings.h"

namespace bearproof::text {
namespace {

constexpr const char* prefixes[] = {
    "",
    "urn:srcos:decision:",
    "urn:srcos:session:browser:",
    "urn:srcos:agent-or-plugin:",
    "URN:SRCOS:Agent:",
    "urn:srcos:policy:decision:bearbrowser:",
    "urn:srcos:policy:decision:bearbrowser:urn:srcos:policy:decision:bearbrowser:",
    "urn:srcos:agent:urn:srcos:human:",
    "urn:example:",
    "decision:",
    "policy-decision://",
};

bool names_nothing(Naming naming) {
  return naming == Naming::placeholder || naming == Naming::blank || naming == Naming::template_;
}

TEST(Placeholder, EverySpellingNamesNothingBehindEveryPrefix) {
  static_assert(std::size(test::placeholders) >= 120);
  for (const std::string prefix : prefixes) {
    for (const std::string_view spelling : test::placeholders) {
      const std::string reference = prefix + std::string(spelling);
      EXPECT_TRUE(names_nothing(judge_reference(reference))) << reference;
    }
  }
}

TEST(Placeholder, OneOtherWordMakesAName) {
  static_assert(std::size(test::names) >= 120);
  for (const std::string prefix : prefixes) {
    for (const std::string_view name : test::names) {
      const std::string reference = prefix + std::string(name);
      EXPECT_EQ(judge_reference(reference), Naming::name) << reference;
    }
  }
}

TEST(Placeholder, WordsOfExamplesAreSamples) {
  for (const std::string prefix : prefixes) {
    for (const std::string_view sample : test::samples) {
      const std::string reference = prefix + std::string(sample);
      EXPECT_EQ(judge_reference(reference), Naming::sample) << reference;
    }
  }
}

TEST(Placeholder, APrefixAloneIsBlank) {
  for (const std::string_view reference :
       {"urn:srcos:decision:", "urn:srcos:policy:decision:bearbrowser:", "urn:srcos:agent:urn:srcos:agent:", "urn:", "",
        "urn:srcos:session:browser:-", "urn:srcos:agent:\"\""}) {
    EXPECT_EQ(judge_reference(reference), Naming::blank) << reference;
  }
  EXPECT_EQ(judge_reference("urn:srcos:session"), Naming::placeholder);
}

TEST(Placeholder, WhatStandsBeforeTheLastPartCountsUnlessItIsAPrefix) {
  EXPECT_EQ(judge_reference("urn:srcos:decision:museum-tickets:default"), Naming::name);
  EXPECT_EQ(judge_reference("urn:srcos:policy:decision:otherbrowser:pending"), Naming::placeholder);
  EXPECT_EQ(judge_reference("urn:srcos:human:human"), Naming::name);
  EXPECT_EQ(judge_reference("urn:srcos:session:browser"), Naming::name);
}

// Whatever case, separators, look-alikes and invisible characters a listed word is written in.
TEST(Placeholder, GeneratedSpellings) {
  constexpr std::string_view words[] = {"not", "yet", "assigned", "pending", "none", "unknown", "policy", "decision"};
  constexpr std::string_view separators[] = {"-",  "_",   " ",       ".",  "/", ":",
                                             "--", "%20", "\u200B-", "・", "",  " \u2014 "};
  struct Alike {
    char letter;
    std::string_view other;
  };
  constexpr Alike alike[] = {{'n', "ո"}, {'o', "ο"}, {'e', "е"}, {'i', "і"},  {'p', "р"}, {'s', "ѕ"}, {'y', "у"},
                             {'a', "а"}, {'d', "ԁ"}, {'g', "ɡ"}, {'t', "ｔ"}, {'k', "𝐤"}, {'u', "ս"}, {'w', "ԝ"}};
  std::size_t count = 0;
  for (const std::string_view first : words) {
    for (const std::string_view second : words) {
      if (first == second || (first == "policy" && second == "decision") || first == "yet") continue;
      for (const std::string_view separator : separators) {
        if (separator.empty() && (first == "policy" || first == "decision" || second == "policy")) continue;
        for (int style = 0; style < 5; ++style) {
          std::string text;
          for (const std::string_view word : {first, second}) {
            if (!text.empty()) text += separator;
            for (std::size_t i = 0; i < word.size(); ++i) {
              const char c = word[i];
              const bool upper = style == 1 || (style == 2 && i == 0);
              std::string_view other;
              for (const Alike& pair : alike) {
                if (pair.letter == c && style == 3 && i % 2 == 1) other = pair.other;
              }
              if (!other.empty()) {
                text += other;
              } else {
                text += upper ? static_cast<char>(c - 'a' + 'A') : c;
              }
              if (style == 4 && i == 0) text += "\u2060";
            }
          }
          // Disguised words that are written together are not taken apart.
          if (separator.empty() && style == 3) continue;
          ++count;
          const Naming naming = judge_reference(text);
          EXPECT_EQ(naming, Naming::placeholder) << text;
        }
      }
    }
  }
  EXPECT_GT(count, 1000u);
}

TEST(Placeholder, LongAndBrokenTextsAreJudgedInOnePass) {
  const std::string dashes(1 << 20, '-');
  EXPECT_EQ(judge_reference(dashes), Naming::blank);
  EXPECT_EQ(judge_reference(std::string(1 << 20, '0')), Naming::placeholder);
  EXPECT_EQ(judge_reference(std::string(1 << 20, 'n')), Naming::name);
  EXPECT_EQ(judge_reference(std::string(1 << 20, '{')), Naming::blank);
  EXPECT_EQ(judge_reference(std::string(1 << 20, '<')), Naming::blank);
  std::string words;
  std::string nested;
  for (int i = 0; i < 100'000; ++i) {
    words += "none-";
    nested += "urn:srcos:agent:";
  }
  EXPECT_EQ(judge_reference(words), Naming::placeholder);
  EXPECT_EQ(judge_reference(nested), Naming::blank);
  EXPECT_EQ(judge_reference("\xFF\xFE"), Naming::blank);
  EXPECT_EQ(judge_reference("%FF"), Naming::name);
}

}  // namespace
}  // namespace bearproof::text
