#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bearproof::json {

namespace detail {
inline std::uint64_t load8(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}
inline std::uint32_t load4(const char* at) {
  std::uint32_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}
}  // namespace detail

/// Whether `size` bytes at both places are equal. Emscripten's memcmp walks byte by byte, so every comparison of
/// strings on the way of a document goes through here: overlapping loads of eight or four bytes.
inline bool equal_bytes(const char* a, const char* b, std::size_t size) {
  using detail::load4;
  using detail::load8;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
      if (load8(a + i) != load8(b + i)) return false;
    }
    return load8(a + size - 8) == load8(b + size - 8);
  }
  if (size >= 4) return load4(a) == load4(b) && load4(a + size - 4) == load4(b + size - 4);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

inline bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equal_bytes(a.data(), b.data(), a.size());
}

inline bool starts_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_bytes(text.data(), prefix.data(), prefix.size());
}

}  // namespace bearproof::json
