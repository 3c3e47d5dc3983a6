// Whatever is sought holds three neighbouring bytes that are rare together elsewhere. They are looked for at sixteen
// places at once, the way Hyperscan's Teddy does it: each group of bytes has a bit, a table gives for the low and for
// the high half of a byte the groups that it may belong to, and where all three agree a group may stand. Only there is
// the text read closely.
//
// The tables are looked up with the shuffle of SSSE3 or of Wasm SIMD. Elsewhere the same answer comes one byte at a
// time.
#include "text_scan.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "placeholder.h"
#include "secret.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__x86_64__)
#include <tmmintrin.h>
#endif

namespace bearproof::rules {
namespace {

constexpr std::size_t width = 16;
constexpr std::size_t group_bytes = 3;

/// What may stand at each of the three places of a group; "" for anything. Groups that share a bit let through what is
/// mixed of them too: they are paired so that such mixtures are rare.
struct Group {
  std::string_view places[group_bytes];
};
constexpr Group groups[8] = {
    {{"s-ex", "k-yo", "--Jx"}},              // sk-; -----BEGIN; eyJ; xoxb-
    {{"bg", "_h", "popsur"}},                // github_pat_; ghp_, gho_ …
    {{"KSB", "Ie", "Aa"}},                   // AKIA, ASIA; Bearer
    {{"<=\\", "", ""}},                      // templates; password=; escapes
    {{"nevNEV_-DS", "tyvTYVO", "\""}},       // ends of names of secrets; of TODO, UNSET, REPLACE_WITH_DIGEST
    {{"rsiaoeRSIAOE_-", "delnDELN", "\""}},  // more ends of names of secrets
    {{"dentlyvDENTLYV_-", "_-", "\""}},      // the same with a separator at the end
    {{":", "\"", ",]}: \t\r\n"}},            // ends of URNs without a name
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

/// Whether a template in angle brackets starts here.
bool starts_template(std::string_view text, std::size_t at) {
  const std::size_t close = text.find_first_of("<>\"", at + 1);
  return close != std::string_view::npos && text[close] == '>' &&
         find_placeholder(text.substr(at, close - at + 1)).found;
}

/// The string whose closing quote stands there. @pre nothing in the text is escaped
std::string_view string_before(std::string_view text, std::size_t quote) {
  const std::size_t open = text.rfind('"', quote - 1);
  return open == std::string_view::npos ? text.substr(0, quote) : text.substr(open + 1, quote - open - 1);
}

/// By the last letter of a secret's name, the bytes that may stand before it: bit `byte & 31`, which takes capitals and
/// small letters together. Separators may stand anywhere.
constexpr auto name_endings = [] {
  const auto bit = [](char c) { return 1u << (static_cast<unsigned char>(c) & 31u); };
  std::array<std::uint32_t, 32> table{};
  for (const std::string_view end : {"rd", "se", "et", "en", "al", "ie", "on", "ey", "nt", "vv"}) {
    table[static_cast<unsigned char>(end[1]) & 31u] |= bit(end[0]) | bit('_') | bit('-');
  }
  for (const char separator : {'_', '-'}) table[static_cast<unsigned char>(separator) & 31u] = ~0u;
  return table;
}();

bool ends_like_secret(char before, char last) {
  return (name_endings[static_cast<unsigned char>(last) & 31u] >> (static_cast<unsigned char>(before) & 31u) & 1u) != 0;
}

/// Whether the quote there ends the name of a member.
bool ends_name(std::string_view text, std::size_t quote) {
  const std::size_t after = text.find_first_not_of(" \t\r\n", quote + 1);
  return after != std::string_view::npos && text[after] == ':';
}

/// A close look at a string that may be the name of a secret or end in a template.
Look look_at_end(std::string_view text, std::size_t quote) {
  const char last = text[quote - 1];
  if ((last == ':' || last == 'O' || last == 'T') && find_placeholder(string_before(text, quote)).found) {
    return Look::something;
  }
  if (quote < 2 || !ends_like_secret(text[quote - 2], last) || !ends_name(text, quote)) return Look::nothing;
  return names_secret(string_before(text, quote)) ? Look::something : Look::nothing;
}

/// A close look where a group may stand.
Look look_at(std::string_view text, std::size_t at) {
  if (at + group_bytes > text.size()) return Look::nothing;
  if (text[at] == '\\') return Look::escapes;
  if (text[at + 2] == '"' && text[at] != '=') return look_at_end(text, at + 2);
  if (text[at + 1] == '"' && text[at] == ':') return look_at_end(text, at + 1);
  std::size_t start = at;
  switch (text[at]) {
    case '<': return starts_template(text, at) ? Look::something : Look::nothing;
    // From where within a shape its group stands, back to where the shape starts.
    case '=': start -= 8; break;
    case 'b': start -= 5; break;
    case 'K':
    case 'S': start -= 1; break;
    default: break;
  }
  if (start > at) return Look::nothing;  // before the text
  return secret_at(text, start).kind.empty() ? Look::nothing : Look::something;
}

#if defined(__wasm_simd128__)

#define BEARPROOF_SIMD
using Bytes = v128_t;

inline Bytes load(const void* at) { return wasm_v128_load(at); }
inline Bytes none() { return wasm_u8x16_const_splat(0); }
inline Bytes both(Bytes a, Bytes b) { return wasm_v128_and(a, b); }
inline Bytes low_half(Bytes bytes) { return wasm_v128_and(bytes, wasm_u8x16_const_splat(15)); }
inline Bytes high_half(Bytes bytes) { return wasm_u8x16_shr(bytes, 4); }
inline Bytes look_up(Bytes table, Bytes halves) { return wasm_i8x16_swizzle(table, halves); }
inline Bytes one_later(Bytes before, Bytes now) {
  return wasm_i8x16_shuffle(before, now, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}
inline Bytes two_later(Bytes before, Bytes now) {
  return wasm_i8x16_shuffle(before, now, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
}
inline std::uint32_t places_of(Bytes hits) {
  if (!wasm_v128_any_true(hits)) return 0;
  return wasm_i8x16_bitmask(wasm_i8x16_ne(hits, none()));
}
bool has_blocks() { return true; }

#elif defined(__x86_64__)

#define BEARPROOF_SIMD __attribute__((target("ssse3")))
using Bytes = __m128i;

BEARPROOF_SIMD inline Bytes load(const void* at) {
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}
BEARPROOF_SIMD inline Bytes none() { return _mm_setzero_si128(); }
BEARPROOF_SIMD inline Bytes both(Bytes a, Bytes b) { return _mm_and_si128(a, b); }
BEARPROOF_SIMD inline Bytes low_half(Bytes bytes) { return _mm_and_si128(bytes, _mm_set1_epi8(15)); }
BEARPROOF_SIMD inline Bytes high_half(Bytes bytes) { return low_half(_mm_srli_epi16(bytes, 4)); }
BEARPROOF_SIMD inline Bytes look_up(Bytes table, Bytes halves) { return _mm_shuffle_epi8(table, halves); }
BEARPROOF_SIMD inline Bytes one_later(Bytes before, Bytes now) { return _mm_alignr_epi8(now, before, 15); }
BEARPROOF_SIMD inline Bytes two_later(Bytes before, Bytes now) { return _mm_alignr_epi8(now, before, 14); }
BEARPROOF_SIMD inline std::uint32_t places_of(Bytes hits) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(hits, none()))) ^ 0xffffu;
}
bool has_blocks() {
  static const bool has = __builtin_cpu_supports("ssse3") != 0;
  return has;
}

#endif

#if defined(BEARPROOF_SIMD)

BEARPROOF_SIMD inline Bytes groups_of(std::size_t place, Bytes low, Bytes high) {
  return both(look_up(load(tables[place].low.data()), low), look_up(load(tables[place].high.data()), high));
}

BEARPROOF_SIMD Look look_in_blocks(std::string_view text) {
  Bytes first_before = none();
  Bytes second_before = none();
  for (std::size_t at = 0;; at += width) {
    const bool is_last = text.size() - at < width;
    Bytes bytes;
    if (is_last) {
      char rest[width] = {};
      std::memcpy(rest, text.data() + at, text.size() - at);
      bytes = load(rest);
    } else {
      bytes = load(text.data() + at);
    }
    const Bytes low = low_half(bytes);
    const Bytes high = high_half(bytes);
    const Bytes first = groups_of(0, low, high);
    const Bytes second = groups_of(1, low, high);
    const Bytes third = groups_of(2, low, high);
    // A bit stands where the third byte of a group does.
    const Bytes hits = both(both(two_later(first_before, first), one_later(second_before, second)), third);
    first_before = first;
    second_before = second;
    for (std::uint32_t places = places_of(hits); places != 0; places &= places - 1) {
      const Look look = look_at(text, at + static_cast<std::size_t>(std::countr_zero(places)) + 1 - group_bytes);
      if (look != Look::nothing) return look;
    }
    if (is_last) return Look::nothing;
  }
}

#undef BEARPROOF_SIMD

#else

Look look_in_blocks(std::string_view text) { return first_look_bytewise(text); }
bool has_blocks() { return false; }

#endif

}  // namespace

bool may_name_secret(std::string_view name) {
  return name.size() >= 2 && ends_like_secret(name[name.size() - 2], name.back());
}

Look first_look(std::string_view text) { return has_blocks() ? look_in_blocks(text) : first_look_bytewise(text); }

Look first_look_bytewise(std::string_view text) {
  for (std::size_t at = 0; at + group_bytes <= text.size(); ++at) {
    std::uint8_t here = 255;
    for (std::size_t place = 0; place < group_bytes; ++place) {
      const auto byte = static_cast<unsigned char>(text[at + place]);
      here = static_cast<std::uint8_t>(here & tables[place].low[byte & 15u] & tables[place].high[byte >> 4]);
    }
    if (here == 0) continue;
    const Look look = look_at(text, at);
    if (look != Look::nothing) return look;
  }
  return Look::nothing;
}

}  // namespace bearproof::rules
