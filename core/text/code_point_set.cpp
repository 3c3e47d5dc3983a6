#include "bearproof/text/code_point_set.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"

namespace bearproof::text {

bool contains(std::span<const CodePointRange> ranges, std::uint32_t code_point) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), code_point,
                                      [](std::uint32_t c, const CodePointRange& range) { return c < range.first; });
  return after != ranges.begin() && code_point <= (after - 1)->last;
}

void CodePointSet::normalize() {
  const auto by_first = [](const CodePointRange& a, const CodePointRange& b) { return a.first < b.first; };
  if (!std::is_sorted(ranges_.begin(), ranges_.end(), by_first)) stable_sort(ranges_, by_first);
  std::size_t kept = 0;
  for (const CodePointRange& range : ranges_) {
    if (kept > 0 && range.first <= ranges_[kept - 1].last + 1) {
      ranges_[kept - 1].last = std::max(ranges_[kept - 1].last, range.last);
    } else {
      ranges_[kept++] = range;
    }
  }
  ranges_.resize(kept);
}

void CodePointSet::invert() {
  std::vector<CodePointRange> gaps;
  std::uint32_t next = 0;
  for (const CodePointRange& range : ranges_) {
    if (range.first > next) gaps.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= last_code_point) gaps.push_back({next, last_code_point});
  ranges_ = std::move(gaps);
}

std::uint64_t CodePointSet::hash() const {
  std::uint64_t h = 0xCBF29CE484222325u;
  for (const CodePointRange& range : ranges_) {
    h = (h ^ range.first) * 0x100000001B3u;
    h = (h ^ range.last) * 0x100000001B3u;
  }
  return h ^ h >> 29;
}

}  // namespace bearproof::text
