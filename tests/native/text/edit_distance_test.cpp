#include "bearproof/text/edit_distance.h"

#include <string>

#include <gtest/gtest.h>

namespace bearproof::text {
namespace {

constexpr std::uint32_t plenty = 100;

TEST(EditDistance, CountsEachEditTwiceAndCaseOnce) {
  EXPECT_EQ(edit_distance("", "", plenty), 0u);
  EXPECT_EQ(edit_distance("owner", "owner", plenty), 0u);
  EXPECT_EQ(edit_distance("owner", "ownr", plenty), 2u);
  EXPECT_EQ(edit_distance("owner", "owneer", plenty), 2u);
  EXPECT_EQ(edit_distance("owner", "ouner", plenty), 2u);
  EXPECT_EQ(edit_distance("owner", "onwer", plenty), 2u);
  EXPECT_EQ(edit_distance("owner", "Owner", plenty), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting", plenty), 6u);
}

TEST(EditDistance, StopsWhereNothingIsCloseEnough) {
  EXPECT_GT(edit_distance("owner", "session", 2), 2u);
  EXPECT_GT(edit_distance(std::string(65, 'a'), std::string(65, 'a'), plenty), plenty);
  EXPECT_EQ(edit_distance(std::string(64, 'a'), std::string(64, 'a'), 0), 0u);
}

}  // namespace
}  // namespace bearproof::text
