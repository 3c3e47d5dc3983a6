#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace bearproof::json {

/// A natural number below 2^4096, which the numbers that turn up between decimals and doubles are: the largest is
/// 10^1131 (800 digits, 331 places behind the point).
class BigNatural {
 public:
  explicit BigNatural(std::uint64_t value) {
    multiply_add(0, static_cast<std::uint32_t>(value >> 32));
    shift_left(32);
    multiply_add(1, static_cast<std::uint32_t>(value));
  }

  void multiply_add(std::uint32_t factor, std::uint32_t summand);
  void multiply_by_power_of_ten(unsigned exponent);
  void shift_left(unsigned bits);
  void add(const BigNatural& other);
  void subtract(const BigNatural& other);  ///< @pre other <= *this

  /// Below 0, 0 or above 0, as *this is below, the same as or above `other`.
  int compare(const BigNatural& other) const;

  int bit_count() const { return size_ == 0 ? 0 : static_cast<int>(size_ * 32) - std::countl_zero(words_[size_ - 1]); }

 private:
  std::uint32_t word(std::size_t i) const { return i < size_ ? words_[i] : 0; }
  void append(std::uint32_t word) {
    if (word != 0) words_[size_++] = word;
  }

  std::array<std::uint32_t, 128> words_{};  // the least significant first; beyond size_ they mean nothing
  std::size_t size_ = 0;                    // the last of them is not 0
};

}  // namespace bearproof::json
