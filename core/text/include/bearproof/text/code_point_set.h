#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace bearproof::text {

inline constexpr std::uint32_t last_code_point = 0x10FFFF;

struct CodePointRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< inclusive
  friend bool operator==(const CodePointRange&, const CodePointRange&) = default;
};

/// Whether a code point is in one of some ranges. @param ranges  ascending, disjoint
bool contains(std::span<const CodePointRange> ranges, std::uint32_t code_point);

/// A set of code points as sorted ranges.
class CodePointSet {
 public:
  CodePointSet() = default;
  CodePointSet(std::initializer_list<CodePointRange> ranges) : ranges_(ranges) {}

  /// In any order; normalize() before reading.
  void add(std::uint32_t first, std::uint32_t last) { ranges_.push_back({first, last}); }
  void add(const CodePointSet& other) { ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end()); }

  /// Sorts, and joins ranges that overlap or touch.
  void normalize();
  /// The complement. @pre normalized
  void invert();

  /// Sorted, disjoint, apart by at least one code point. @pre normalized
  const std::vector<CodePointRange>& ranges() const { return ranges_; }
  /// @pre normalized
  bool contains(std::uint32_t code_point) const { return text::contains(ranges_, code_point); }
  bool empty() const { return ranges_.empty(); }
  /// Exactly one code point.
  bool single() const { return ranges_.size() == 1 && ranges_[0].first == ranges_[0].last; }

  std::uint64_t hash() const;
  friend bool operator==(const CodePointSet&, const CodePointSet&) = default;

 private:
  std::vector<CodePointRange> ranges_;
};

}  // namespace bearproof::text
