// Every shape of secret holds three neighbouring bytes that are rare together elsewhere. They are looked for at sixteen
// places at once, the way Hyperscan's Teddy does it: each group of bytes has a bit, a table gives for the low and for
// the high half of a byte the groups that it may belong to, and where all agree a group may stand.
//
// The tables are looked up with the shuffle of SSSE3 or of Wasm SIMD. Elsewhere the same answer comes one byte at a
// time.
#include "text_scan.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__x86_64__)
#include <tmmintrin.h>
#endif

namespace bearproof::rules {
namespace {

constexpr std::size_t width = 16;
constexpr std::size_t group_bytes = 3;
constexpr std::size_t reach = width + group_bytes - 1;

/// What may stand at each of the three places of a group; "" for anything.
struct Group {
  std::string_view places[group_bytes];
};
constexpr Group groups[8] = {
    {{"-", "-", "-"}},      // -----BEGIN
    {{"s", "k", "-"}},      // sk-
    {{"b", "_", "p"}},      // github_pat_
    {{"g", "h", "opsur"}},  // ghp_, gho_ …
    {{"ex", "yo", "Jx"}},   // eyJ; xoxb-
    {{"KS", "I", "A"}},     // AKIA, ASIA
    {{"B", "e", "a"}},      // Bearer
    {{"<=", "", ""}},       // password=; templates
};

/// For one place of the groups: by the low and by the high half of a byte, a bit for each group that it may be part of.
struct Halves {
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
};

constexpr std::array<Halves, group_bytes> tables = [] {
  std::array<Halves, group_bytes> out{};
  for (std::size_t place = 0; place < group_bytes; ++place) {
    for (std::size_t group = 0; group < std::size(groups); ++group) {
      const auto bit = static_cast<std::uint8_t>(1u << group);
      for (std::size_t byte = 0; byte < 256; ++byte) {
        const std::string_view any_of = groups[group].places[place];
        if (!any_of.empty() && any_of.find(static_cast<char>(byte)) == std::string_view::npos) continue;
        out[place].low[byte & 15u] |= bit;
        out[place].high[byte >> 4] |= bit;
      }
    }
  }
  return out;
}();

bool scan_bytes(const char* text, std::size_t size) {
  std::uint8_t found = 0;
  for (std::size_t i = 0; i + group_bytes <= size; ++i) {
    std::uint8_t here = 255;
    for (std::size_t place = 0; place < group_bytes; ++place) {
      const auto byte = static_cast<unsigned char>(text[i + place]);
      here = static_cast<std::uint8_t>(here & tables[place].low[byte & 15u] & tables[place].high[byte >> 4]);
    }
    found |= here;
  }
  return found != 0;
}

#if defined(__wasm_simd128__)

inline v128_t groups_at(const char* text, std::size_t place) {
  const v128_t bytes = wasm_v128_load(text + place);
  const v128_t low =
      wasm_i8x16_swizzle(wasm_v128_load(tables[place].low.data()), wasm_v128_and(bytes, wasm_u8x16_const_splat(15)));
  const v128_t high = wasm_i8x16_swizzle(wasm_v128_load(tables[place].high.data()), wasm_u8x16_shr(bytes, 4));
  return wasm_v128_and(low, high);
}

inline v128_t block(const char* text) {
  return wasm_v128_and(wasm_v128_and(groups_at(text, 0), groups_at(text, 1)), groups_at(text, 2));
}

bool scan_blocks(const char* text, std::size_t size) {
  v128_t found = wasm_u8x16_const_splat(0);
  for (std::size_t at = 0; at + reach <= size; at += width) found = wasm_v128_or(found, block(text + at));
  return wasm_v128_any_true(wasm_v128_or(found, block(text + size - reach)));
}

bool has_blocks() { return true; }

#elif defined(__x86_64__)

#define BEARPROOF_SSSE3 __attribute__((target("ssse3")))

BEARPROOF_SSSE3 inline __m128i load(const void* at) {
  __m128i bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

BEARPROOF_SSSE3 inline __m128i groups_at(const char* text, std::size_t place) {
  const __m128i half = _mm_set1_epi8(15);
  const __m128i bytes = load(text + place);
  const __m128i low = _mm_shuffle_epi8(load(tables[place].low.data()), _mm_and_si128(bytes, half));
  const __m128i high = _mm_shuffle_epi8(load(tables[place].high.data()), _mm_and_si128(_mm_srli_epi16(bytes, 4), half));
  return _mm_and_si128(low, high);
}

BEARPROOF_SSSE3 inline __m128i block(const char* text) {
  return _mm_and_si128(_mm_and_si128(groups_at(text, 0), groups_at(text, 1)), groups_at(text, 2));
}

BEARPROOF_SSSE3 bool scan_blocks(const char* text, std::size_t size) {
  __m128i found = _mm_setzero_si128();
  for (std::size_t at = 0; at + reach <= size; at += width) found = _mm_or_si128(found, block(text + at));
  found = _mm_or_si128(found, block(text + size - reach));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128())) != 0xffff;
}

bool has_blocks() {
  static const bool has = __builtin_cpu_supports("ssse3") != 0;
  return has;
}

#undef BEARPROOF_SSSE3

#else

bool scan_blocks(const char* text, std::size_t size) { return scan_bytes(text, size); }
bool has_blocks() { return false; }

#endif

}  // namespace

bool may_hold_shapes(std::string_view text) {
  // The last block ends where the text does, over what was looked at before.
  if (text.size() >= reach && has_blocks()) return scan_blocks(text.data(), text.size());
  return scan_bytes(text.data(), text.size());
}

bool may_hold_shapes_bytewise(std::string_view text) { return scan_bytes(text.data(), text.size()); }

}  // namespace bearproof::rules
