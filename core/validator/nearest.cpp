#include "bearproof/validator/nearest.h"

#include <algorithm>
#include <vector>

namespace bearproof {
namespace {

constexpr std::size_t longest = 64;  // nobody mistypes more than that

/// Optimal string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest) return std::nullopt;
  std::optional<std::string_view> best;
  // A third of the letters may be wrong, and one in any case.
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t far = distance(word, candidate);
    if (far >= least) continue;
    least = far;
    best = candidate;
  }
  if (best) return best;
  // Half a word: "warn" for "warning", "user-visible" for "browser.session.user-visible".
  for (const std::string_view candidate : candidates) {
    if (word.size() >= 3 && candidate.find(word) != std::string_view::npos) return candidate;
  }
  return std::nullopt;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const auto found = nearest(word, candidates);
  return found ? std::string(" (did you mean \"").append(*found).append("\"?)") : std::string();
}

}  // namespace bearproof
