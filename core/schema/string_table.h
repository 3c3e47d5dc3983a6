// A set of strings with numbers, looked up without comparing more than one candidate in all but contrived cases: the
// hash takes the length and at most 24 bytes, and its multiplier is chosen so that the members do not collide. Where
// those bytes do not tell the members apart, every byte is hashed; a set that collides even then is refused.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bearproof/json/bytes.h"

namespace bearproof::schema {

struct StringSlot {
  std::uint32_t offset = 0;  ///< of the text in the pool
  std::uint32_t length = 0;
  std::uint32_t value = UINT32_MAX;  ///< `absent` where the slot is empty
};

struct StringTable {
  static constexpr std::uint32_t absent = UINT32_MAX;

  std::uint64_t multiplier = 0;
  std::uint32_t first = 0;   ///< first of its slots
  std::uint32_t mask = 0;    ///< number of slots - 1
  std::uint32_t shift = 63;  ///< 64 - log2 of the number of slots
  bool whole = false;        ///< hash every byte: the few are not enough to tell the members apart

  static std::uint64_t few_bytes(const char* text, std::size_t length) {
    using json::detail::load4;
    using json::detail::load8;
    std::uint64_t word = 0;
    if (length >= 8) {
      word = load8(text) ^ std::rotl(load8(text + length - 8), 29);
      if (length > 16) word ^= std::rotl(load8(text + length / 2 - 4), 13);
    } else if (length >= 4) {
      word = load4(text) | (std::uint64_t{load4(text + length - 4)} << 32);
    } else if (length > 0) {
      const auto byte = [text](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
      word = byte(0) | (byte(length / 2) << 8) | (byte(length - 1) << 16);
    }
    return word + length * 0x9E3779B97F4A7C15u;
  }
  static std::uint64_t all_bytes(const char* text, std::size_t length) {
    std::uint64_t hash = 0x243F6A8885A308D3u;
    for (; length > 24; text += 8, length -= 8) {
      hash = (hash ^ json::detail::load8(text)) * 0xFF51AFD7ED558CCDu;
      hash ^= hash >> 32;
    }
    return hash ^ few_bytes(text, length);
  }

  /// The number of that text, or `absent`.
  /// @param slots  all slots of the program, @param pool  the text that they point into
  std::uint32_t find(const StringSlot* slots, const char* pool, const char* text, std::size_t length) const {
    const std::uint64_t word = whole ? all_bytes(text, length) : few_bytes(text, length);
    auto at = static_cast<std::uint32_t>(((word ^ (word >> 31)) * multiplier) >> shift);
    for (;; at = (at + 1) & mask) {
      const StringSlot& slot = slots[first + at];
      if (slot.value == absent) return absent;
      if (slot.length == length && json::equal_bytes(pool + slot.offset, text, length)) return slot.value;
    }
  }
};

/// Appends the slots for a set of distinct texts, which get the numbers 0, 1, … in their order.
/// @return nothing, and nothing is appended, where they collide so much that somebody has made them to: no set of up to
///         128 texts does
std::optional<StringTable> make_string_table(const std::vector<StringSlot>& texts, std::string_view pool,
                                             std::vector<StringSlot>& slots);

}  // namespace bearproof::schema
