#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bearproof/json/bytes.h"

namespace bearproof::contract {

/// A fixed set of short strings, each with its index: a perfect hash found at compile time over the length and the
/// first and last four bytes of a string, so that a lookup costs two multiplications and one comparison, and a miss
/// mostly less.
///
/// Not constructible (the program does not compile) where two keys agree in their lengths and in those bytes.
template <std::size_t N>
class KeyMap {
 public:
  consteval explicit KeyMap(const std::array<std::string_view, N>& keys) : keys_(keys) {
    for (const std::string_view key : keys) {
      starts_[key.size() & 31u] |= 1u << (static_cast<unsigned char>(key[0]) & 31u);
    }
    while (!place_all()) multiplier_ = multiplier_ * 1664525u + 1013904223u;
  }

  /// The index of `key` in the array that the map was made from; -1 for any other string.
  int find(std::string_view key) const {
    // Most strings asked for are none of the keys, and most of those by their length and first letter.
    if (key.empty() || (starts_[key.size() & 31u] >> (static_cast<unsigned char>(key[0]) & 31u) & 1u) == 0) return -1;
    const std::uint8_t index = slots_[slot(key)];
    return index != empty && json::equal(keys_[index], key) ? index : -1;
  }

  static constexpr std::size_t size() { return N; }
  constexpr std::string_view operator[](std::size_t index) const { return keys_[index]; }

 private:
  static_assert(N > 0 && N < 255);
  static constexpr std::uint8_t empty = 255;
  static constexpr std::size_t slot_count = std::bit_ceil(N * 4);

  static constexpr std::uint32_t four_bytes(const char* at) {
    if consteval {
      std::uint32_t word = 0;
      for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(at[i]);
      return word;
    } else {
      static_assert(std::endian::native == std::endian::little);
      return json::detail::load4(at);
    }
  }

  constexpr std::size_t slot(std::string_view key) const {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(key[at])); };
    std::uint32_t word = (static_cast<std::uint32_t>(key.size()) << 8 | byte(key.size() / 2)) * 0x85ebca6bu;
    if (key.size() >= 4) {
      word ^= four_bytes(key.data()) ^ four_bytes(key.data() + key.size() - 4) * 0xc2b2ae35u;
    } else {
      word ^= byte(0) | byte(key.size() - 1) << 16;
    }
    return (word * multiplier_) >> (32 - std::countr_zero(slot_count));
  }

  constexpr bool place_all() {
    slots_.fill(empty);
    for (std::size_t i = 0; i < N; ++i) {
      std::uint8_t& place = slots_[slot(keys_[i])];
      if (place != empty) return false;
      place = static_cast<std::uint8_t>(i);
    }
    return true;
  }

  std::array<std::string_view, N> keys_;
  std::array<std::uint32_t, 32> starts_{};  ///< by length modulo 32: a bit for each first letter, modulo 32
  std::array<std::uint8_t, slot_count> slots_{};
  std::uint32_t multiplier_ = 0x9e3779b1u;
};

}  // namespace bearproof::contract
