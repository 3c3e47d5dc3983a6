// Found in place of the compiler's x86intrin.h when simd.cpp is compiled to Wasm: Emscripten's SSE4.2, and the two
// instructions beyond it that simdjson uses.
#pragma once

#include <cstdint>

#include <nmmintrin.h>

static inline long long _popcnt64(long long bits) {
  return __builtin_popcountll(static_cast<unsigned long long>(bits));
}

/// Carry-less multiplication of the low half of `a` by a number of ones only, low half of the product: that is all that
/// simdjson asks for, and it is each bit's exclusive or with all bits below it.
static inline __m128i _mm_clmulepi64_si128(__m128i a, __m128i, int) {
  auto bits = static_cast<std::uint64_t>(_mm_cvtsi128_si64(a));
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return _mm_cvtsi64_si128(static_cast<long long>(bits));
}
