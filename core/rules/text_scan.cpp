// Every shape of secret has two neighbouring bytes that are rare together elsewhere. Sixteen positions are tested at
// once, with the vector types that GCC and Clang share (SSE2, NEON, Wasm SIMD, or plain registers).
#include "text_scan.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bearproof::rules {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));
constexpr std::size_t width = sizeof(Bytes);

inline Bytes load(const char* at) {
  Bytes bytes;
  std::memcpy(&bytes, at, width);
  return bytes;
}

/// Non-zero where one of the pairs starts. Comparisons of vectors are all ones where they hold.
inline Bytes pairs(const char* at) {
  const Bytes a = load(at);
  const Bytes b = load(at + 1);
  const auto is = [](Bytes bytes, char c) { return static_cast<Bytes>(bytes == static_cast<unsigned char>(c)); };
  return (is(b, '-') & (is(a, '-') | is(a, 'k'))) |   // -----BEGIN, sk-
         (is(a, 'g') & is(b, 'h')) |                  // ghp_, gho_ …
         (is(a, 'b') & is(b, '_')) |                  // github_pat_
         (is(a, 'y') & is(b, 'J')) |                  // eyJ
         (is(a, 'I') & is(b, 'A')) |                  // AKIA, ASIA
         (is(a, 'x') & is(b, 'o')) |                  // xoxb-
         (is(a, 'B') & is(b, 'e')) |                  // Bearer
         is(a | static_cast<unsigned char>(1), '=');  // password=, and '<'
}

inline bool any(Bytes bytes) {
  std::uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace

bool may_hold_shapes(std::string_view text) {
  const char* const begin = text.data();
  const std::size_t size = text.size();
  if (size <= width) {
    char padded[width + 1] = {};
    std::memcpy(padded, begin, size);
    return any(pairs(padded));
  }
  Bytes found{};
  // A block looks at its sixteen bytes and the one behind them. The last block overlaps the one before it.
  for (std::size_t at = 0; at + width < size; at += width) found |= pairs(begin + at);
  found |= pairs(begin + size - width - 1);
  return any(found);
}

}  // namespace bearproof::rules
