#include "char_set.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"

namespace bearproof::regex {

void CharSet::normalize() {
  const auto by_first = [](const Range& a, const Range& b) { return a.first < b.first; };
  if (!std::is_sorted(ranges_.begin(), ranges_.end(), by_first)) stable_sort(ranges_, by_first);
  std::size_t kept = 0;
  for (const Range& range : ranges_) {
    if (kept > 0 && range.first <= ranges_[kept - 1].last + 1) {
      ranges_[kept - 1].last = std::max(ranges_[kept - 1].last, range.last);
    } else {
      ranges_[kept++] = range;
    }
  }
  ranges_.resize(kept);
}

void CharSet::invert() {
  std::vector<Range> gaps;
  std::uint32_t next = 0;
  for (const Range& range : ranges_) {
    if (range.first > next) gaps.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= last_code_point) gaps.push_back({next, last_code_point});
  ranges_ = std::move(gaps);
}

bool CharSet::contains(std::uint32_t code_point) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), code_point,
                                      [](std::uint32_t c, const Range& range) { return c < range.first; });
  return after != ranges_.begin() && code_point <= (after - 1)->last;
}

std::uint64_t CharSet::hash() const {
  std::uint64_t h = 0xCBF29CE484222325u;
  for (const Range& range : ranges_) {
    h = (h ^ range.first) * 0x100000001B3u;
    h = (h ^ range.last) * 0x100000001B3u;
  }
  return h ^ h >> 29;
}

const CharSet& digits() {
  static const CharSet set{{'0', '9'}};
  return set;
}

const CharSet& spaces() {
  // WhiteSpace and LineTerminator of ECMA-262; the members of Zs have not changed since Unicode 6.3.
  static const CharSet set{{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                           {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return set;
}

const CharSet& word_characters() {
  static const CharSet set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
  return set;
}

const CharSet& line_ends() {
  static const CharSet set{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
  return set;
}

}  // namespace bearproof::regex
