#include "big_natural.h"

#include <algorithm>

namespace bearproof::json {

void BigNatural::multiply_add(std::uint32_t factor, std::uint32_t summand) {
  std::uint64_t carry = summand;
  for (std::uint32_t& word : words_) {
    carry += std::uint64_t{word} * factor;
    word = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) append(static_cast<std::uint32_t>(carry));
}

void BigNatural::multiply_by_power_of_ten(unsigned exponent) {
  for (; exponent >= 9; exponent -= 9) multiply_add(1'000'000'000, 0);
  for (; exponent > 0; --exponent) multiply_add(10, 0);
}

void BigNatural::shift_left(unsigned bits) {
  if (is_zero()) return;
  if (bits % 32 != 0) multiply_add(std::uint32_t{1} << bits % 32, 0);
  words_.insert(words_.begin(), bits / 32, 0);
}

void BigNatural::add(const BigNatural& other) {
  words_.resize(std::max(words_.size(), other.words_.size()));
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    carry += std::uint64_t{words_[i]} + other.word(i);
    words_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) append(static_cast<std::uint32_t>(carry));
}

void BigNatural::subtract(const BigNatural& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const std::uint64_t difference = std::uint64_t{words_[i]} - other.word(i) - borrow;
    words_[i] = static_cast<std::uint32_t>(difference);
    borrow = difference >> 63;
  }
  trim();
}

int BigNatural::compare(const BigNatural& other) const {
  if (words_.size() != other.words_.size()) return words_.size() < other.words_.size() ? -1 : 1;
  for (std::size_t i = words_.size(); i-- > 0;) {
    if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
  }
  return 0;
}

}  // namespace bearproof::json
