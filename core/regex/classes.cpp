#include "classes.h"

#include <algorithm>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/text/utf8.h"

namespace bearproof::regex {

namespace {

constexpr std::size_t most_classes = 0xFFF0;
constexpr std::size_t most_members = std::size_t{1} << 26;  // bits of the table of sets and classes

}  // namespace

bool Classes::build(const std::vector<CharSet>& sets, bool with_words) {
  // Between two neighbouring edges no set begins or ends: such an interval is never divided.
  std::vector<std::uint32_t> edges{0};
  const std::size_t number = sets.size();
  const auto set_at = [&](std::size_t s) -> const CharSet& { return s < number ? sets[s] : word_characters(); };
  const std::size_t all = number + (with_words ? 1 : 0);
  for (std::size_t s = 0; s < all; ++s) {
    for (const text::CodePointRange& range : set_at(s).ranges()) {
      edges.push_back(range.first);
      if (range.last < text::last_code_point) edges.push_back(range.last + 1);
    }
  }
  stable_sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  const auto interval_of = [&edges](std::uint32_t edge) {
    return static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), edge) - edges.begin());
  };
  const auto each_interval = [&](const CharSet& set, auto&& act) {
    for (const text::CodePointRange& range : set.ranges()) {
      const std::size_t end = range.last < text::last_code_point ? interval_of(range.last + 1) : edges.size();
      for (std::size_t i = interval_of(range.first); i < end; ++i) act(i);
    }
  };

  // All intervals are of one class, until a set holds some of them and not others.
  std::vector<std::uint32_t> class_of(edges.size(), 0);
  std::vector<std::uint32_t> sizes{static_cast<std::uint32_t>(edges.size())};
  std::vector<std::uint32_t> hits{0};
  std::vector<std::uint32_t> moved{0};
  for (std::size_t s = 0; s < all; ++s) {
    std::fill(hits.begin(), hits.end(), 0u);
    each_interval(set_at(s), [&](std::size_t i) { ++hits[class_of[i]]; });
    const std::size_t before = sizes.size();
    for (std::size_t c = 0; c < before; ++c) {
      moved[c] = static_cast<std::uint32_t>(c);
      if (hits[c] == 0 || hits[c] == sizes[c]) continue;
      moved[c] = static_cast<std::uint32_t>(sizes.size());
      sizes.push_back(hits[c]);
      sizes[c] -= hits[c];
    }
    if (sizes.size() > most_classes) return false;
    if (sizes.size() == before) continue;
    each_interval(set_at(s), [&](std::size_t i) { class_of[i] = moved[class_of[i]]; });
    hits.resize(sizes.size());
    moved.resize(sizes.size());
  }

  starts_.clear();
  words_.assign(sizes.size(), false);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto id = static_cast<ClassId>(class_of[i]);
    words_[id] = is_word(edges[i]);
    if (starts_.empty() || starts_.back().id != id) starts_.push_back({edges[i], id});
  }
  std::size_t run = 0;
  for (std::uint32_t c = 0; c < 128; ++c) {
    while (run + 1 < starts_.size() && starts_[run + 1].first <= c) ++run;
    ascii_[c] = starts_[run].id;
  }

  row_ = sizes.size() / 64 + 1;
  if (number * row_ * 64 > most_members) return false;
  members_.assign(number * row_, 0);
  for (std::size_t s = 0; s < number; ++s) {
    each_interval(sets[s], [&](std::size_t i) {
      members_[s * row_ + class_of[i] / 64] |= std::uint64_t{1} << (class_of[i] % 64);
    });
  }
  return true;
}

ClassId Classes::find(std::uint32_t code_point) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), code_point,
                                      [](std::uint32_t c, const Start& start) { return c < start.first; });
  return (after - 1)->id;
}

}  // namespace bearproof::regex
