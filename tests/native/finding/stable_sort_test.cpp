#include "bearproof/finding/stable_sort.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace bearproof {
namespace {

TEST(StableSort, OrdersAsTheStandardLibraryDoes) {
  std::mt19937 random(17);
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<std::pair<std::uint32_t, std::string>> items;
    for (std::size_t i = 0; i < size; ++i) items.emplace_back(random() % 20, std::to_string(i));
    const auto by_number = [](const auto& a, const auto& b) { return a.first < b.first; };
    auto expected = items;
    std::stable_sort(expected.begin(), expected.end(), by_number);
    stable_sort(items, by_number);
    EXPECT_EQ(items, expected) << size;
  }
}

}  // namespace
}  // namespace bearproof
