#include "big_natural.h"

#include <algorithm>

namespace bearproof::json {

void BigNatural::multiply_add(std::uint32_t factor, std::uint32_t summand) {
  std::uint64_t carry = summand;
  for (std::size_t i = 0; i < size_; ++i) {
    carry += std::uint64_t{words_[i]} * factor;
    words_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  append(static_cast<std::uint32_t>(carry));
}

void BigNatural::multiply_by_power_of_ten(unsigned exponent) {
  for (; exponent >= 9; exponent -= 9) multiply_add(1'000'000'000, 0);
  for (; exponent > 0; --exponent) multiply_add(10, 0);
}

void BigNatural::shift_left(unsigned bits) {
  if (size_ == 0) return;
  if (bits % 32 != 0) multiply_add(std::uint32_t{1} << bits % 32, 0);
  const std::size_t words = bits / 32;
  std::copy_backward(words_.begin(), words_.begin() + size_, words_.begin() + size_ + words);
  std::fill_n(words_.begin(), words, 0);
  size_ += words;
}

void BigNatural::add(const BigNatural& other) {
  std::uint64_t carry = 0;
  const std::size_t size = std::max(size_, other.size_);
  for (std::size_t i = 0; i < size; ++i) {
    carry += std::uint64_t{word(i)} + other.word(i);
    words_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  size_ = size;
  append(static_cast<std::uint32_t>(carry));
}

void BigNatural::subtract(const BigNatural& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint64_t difference = std::uint64_t{words_[i]} - other.word(i) - borrow;
    words_[i] = static_cast<std::uint32_t>(difference);
    borrow = difference >> 63;
  }
  while (size_ > 0 && words_[size_ - 1] == 0) --size_;
}

int BigNatural::compare(const BigNatural& other) const {
  if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
  for (std::size_t i = size_; i-- > 0;) {
    if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
  }
  return 0;
}

}  // namespace bearproof::json
