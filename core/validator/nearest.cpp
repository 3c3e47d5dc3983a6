#include "bearproof/validator/nearest.h"

#include <algorithm>
#include <cstdint>

#include "bearproof/text/edit_distance.h"

namespace bearproof {
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty()) return std::nullopt;
  std::optional<std::string_view> best;
  // A third of the letters may be wrong, and one in any case.
  std::uint32_t least = 2 * std::max<std::uint32_t>(1, static_cast<std::uint32_t>(word.size() / 3)) + 1;
  for (const std::string_view candidate : candidates) {
    const std::uint32_t far = text::edit_distance(word, candidate, least - 1);
    if (far >= least) continue;
    best = candidate;
    if (far == 0) break;
    least = far;
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
