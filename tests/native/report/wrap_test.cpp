#include "bearproof/report/wrap.h"

#include <gtest/gtest.h>

namespace bearproof::report {
namespace {

using Lines = std::vector<std::string>;

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(wrapped("one two three", 0, 0, 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("one two three", 0, 0, 13), (Lines{"one two three"}));
  EXPECT_EQ(wrapped("one two three", 0, 0, 12), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("", 0, 0, 12), (Lines{""}));
}

TEST(Wrap, WithoutAWidthNothingIsBroken) { EXPECT_EQ(wrapped("one two", 5, 5, 0), (Lines{"one two"})); }

TEST(Wrap, AWordThatIsTooWideHasALineOfItsOwn) {
  EXPECT_EQ(wrapped("a urn:srcos:session:one b", 0, 0, 8), (Lines{"a", "urn:srcos:session:one", "b"}));
  EXPECT_EQ(wrapped("urn:srcos:session:one", 2, 2, 1), (Lines{"urn:srcos:session:one"}));
}

TEST(Wrap, TheFirstLineHasRoomOfItsOwn) {
  EXPECT_EQ(wrapped("aa bb cc dd", 6, 2, 8), (Lines{"aa", "bb cc", "dd"}));
  EXPECT_EQ(wrapped("aaa bb", 6, 2, 8), (Lines{"", "aaa bb"}));
}

TEST(Wrap, CountsCellsAndNotBytes) {
  // Four letters of two bytes each and one cell each; two of three bytes and two cells each.
  EXPECT_EQ(wrapped("ääää ö", 0, 0, 6), (Lines{"ääää ö"}));
  EXPECT_EQ(wrapped("漢字 x", 0, 0, 5), (Lines{"漢字", "x"}));
}

TEST(Wrap, IndentsWhatFollows) {
  std::string out = "why  ";
  append_wrapped(out, "one two three", 5, 12);
  EXPECT_EQ(out, "why  one two\n     three");
}

}  // namespace
}  // namespace bearproof::report
