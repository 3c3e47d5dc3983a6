#pragma once

#include <bit>
#include <cstdint>

#include "bearproof/json/bytes.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace bearproof::json {

/// The first place in [at, end) that holds one of two bytes, or `end`. (Emscripten's memchr goes byte by byte; this is
/// on the way of every document.)
template <char a, char b>
const char* find_either(const char* at, const char* end) {
#if defined(__wasm_simd128__)
  const v128_t all_a = wasm_i8x16_splat(a);
  const v128_t all_b = wasm_i8x16_splat(b);
  const auto hits = [&](const char* from) {
    const v128_t bytes = wasm_v128_load(from);
    return wasm_v128_or(wasm_i8x16_eq(bytes, all_a), wasm_i8x16_eq(bytes, all_b));
  };
  for (; end - at >= 64; at += 64) {
    const v128_t any = wasm_v128_or(wasm_v128_or(hits(at), hits(at + 16)), wasm_v128_or(hits(at + 32), hits(at + 48)));
    if (wasm_v128_any_true(any)) break;
  }
  for (; end - at >= 16; at += 16) {
    const std::uint32_t mask = wasm_i8x16_bitmask(hits(at));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#elif defined(__SSE2__)
  const __m128i all_a = _mm_set1_epi8(a);
  const __m128i all_b = _mm_set1_epi8(b);
  const auto hits = [&](const char* from) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    return _mm_or_si128(_mm_cmpeq_epi8(bytes, all_a), _mm_cmpeq_epi8(bytes, all_b));
  };
  for (; end - at >= 64; at += 64) {
    const __m128i any = _mm_or_si128(_mm_or_si128(hits(at), hits(at + 16)), _mm_or_si128(hits(at + 32), hits(at + 48)));
    if (_mm_movemask_epi8(any) != 0) break;
  }
  for (; end - at >= 16; at += 16) {
    const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(hits(at)));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#else
  // A byte is zero where the text equals the byte sought (the usual borrow trick; exact for the lowest such byte).
  constexpr std::uint64_t ones = 0x0101010101010101u;
  constexpr std::uint64_t tops = 0x8080808080808080u;
  for (; std::endian::native == std::endian::little && end - at >= 8; at += 8) {
    const std::uint64_t word = detail::load8(at);
    const std::uint64_t x = word ^ (ones * static_cast<unsigned char>(a));
    const std::uint64_t y = word ^ (ones * static_cast<unsigned char>(b));
    const std::uint64_t zeros = (((x - ones) & ~x) | ((y - ones) & ~y)) & tops;
    if (zeros != 0) return at + std::countr_zero(zeros) / 8;
  }
#endif
  while (at != end && *at != a && *at != b) ++at;
  return at;
}

template <char c>
const char* find_byte(const char* at, const char* end) {
  return find_either<c, c>(at, end);
}

}  // namespace bearproof::json
