// A set of code points as sorted ranges.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace bearproof::regex {

inline constexpr std::uint32_t last_code_point = 0x10FFFF;

struct Range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< inclusive
  friend bool operator==(const Range&, const Range&) = default;
};

class CharSet {
 public:
  CharSet() = default;
  CharSet(std::initializer_list<Range> ranges) : ranges_(ranges) {}

  /// In any order; normalize() before reading.
  void add(std::uint32_t first, std::uint32_t last) { ranges_.push_back({first, last}); }
  void add(const CharSet& other) { ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end()); }

  /// Sorts, and joins ranges that overlap or touch.
  void normalize();
  /// The complement. @pre normalized
  void invert();

  /// Sorted, disjoint, apart by at least one code point. @pre normalized
  const std::vector<Range>& ranges() const { return ranges_; }
  bool contains(std::uint32_t code_point) const;
  bool empty() const { return ranges_.empty(); }
  /// Exactly one code point.
  bool single() const { return ranges_.size() == 1 && ranges_[0].first == ranges_[0].last; }

  std::uint64_t hash() const;
  friend bool operator==(const CharSet&, const CharSet&) = default;

 private:
  std::vector<Range> ranges_;
};

/// The escapes \d, \s, \w and the dot.
const CharSet& digits();
const CharSet& spaces();
const CharSet& word_characters();
const CharSet& line_ends();

}  // namespace bearproof::regex
