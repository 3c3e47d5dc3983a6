#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bearproof::json {

/// A natural number of any size: what turns up between decimals and doubles (10^1131 at most), and when numbers of many
/// digits are divided.
class BigNatural {
 public:
  BigNatural() = default;
  explicit BigNatural(std::uint64_t value) {
    append(static_cast<std::uint32_t>(value));
    append(static_cast<std::uint32_t>(value >> 32));
    trim();
  }

  /// *this = *this × factor + summand. @pre factor is not 0
  void multiply_add(std::uint32_t factor, std::uint32_t summand);
  void multiply_by_power_of_ten(unsigned exponent);
  void shift_left(unsigned bits);
  void add(const BigNatural& other);
  void subtract(const BigNatural& other);  ///< @pre other <= *this

  /// Below 0, 0 or above 0, as *this is below, the same as or above `other`.
  int compare(const BigNatural& other) const;
  bool is_zero() const { return words_.empty(); }
  int bit_count() const {
    return is_zero() ? 0 : static_cast<int>(words_.size() * 32) - std::countl_zero(words_.back());
  }

 private:
  std::uint32_t word(std::size_t i) const { return i < words_.size() ? words_[i] : 0; }
  void append(std::uint32_t word) { words_.push_back(word); }
  void trim() {
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
  }

  std::vector<std::uint32_t> words_;  // the least significant first; the last of them is not 0
};

}  // namespace bearproof::json
