#include "bearproof/text/edit_distance.h"

#include <algorithm>
#include <array>

#include "bearproof/text/ascii.h"

namespace bearproof::text {
namespace {

constexpr std::size_t longest = 64;

std::uint32_t cost(char a, char b) { return a == b ? 0u : to_lower(a) == to_lower(b) ? 1u : 2u; }

}  // namespace

std::uint32_t close_enough(std::size_t length) { return length < 3 ? 0u : length < 6 ? 2u : length < 12 ? 4u : 6u; }

std::uint32_t edit_distance(std::string_view a, std::string_view b, std::uint32_t most) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (a.size() > longest || b.size() > longest || difference * 2 > most) return most + 1;
  std::array<std::array<std::uint32_t, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint32_t>(2 * j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint32_t>(2 * i);
    std::uint32_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 2, row[j - 1] + 2, above[j - 1] + cost(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && to_lower(a[i - 1]) == to_lower(b[j - 2]) && to_lower(a[i - 2]) == to_lower(b[j - 1])) {
        row[j] = std::min(row[j], two_above[j - 2] + 2);
      }
      least = std::min(least, row[j]);
    }
    if (least > most + 2) return most + 1;
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace bearproof::text
