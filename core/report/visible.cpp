#include "bearproof/report/visible.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "bearproof/report/utf8.h"

namespace bearproof::report {
namespace {

struct Interval {
  std::uint32_t first;
  std::uint32_t last;
};

constexpr Interval zero_width[] = {
#define ZERO(first, last) {first, last},
#define WIDE(first, last)
#include "width.inc"
#undef ZERO
#undef WIDE
};

constexpr Interval wide[] = {
#define ZERO(first, last)
#define WIDE(first, last) {first, last},
#include "width.inc"
#undef ZERO
#undef WIDE
};

// Characters that a reader would not see, or that change how others are seen. Ascending.
constexpr Interval unseen[] = {
    {0x0000, 0x001F},   {0x007F, 0x009F},     // controls
    {0x00AD, 0x00AD},                         // soft hyphen
    {0x034F, 0x034F},                         // combining grapheme joiner
    {0x061C, 0x061C},                         // Arabic letter mark
    {0x115F, 0x1160},                         // Hangul fillers
    {0x17B4, 0x17B5},   {0x180B, 0x180F},     // invisible vowels, Mongolian selectors
    {0x200B, 0x200F},                         // zero width, left-to-right and right-to-left marks
    {0x2028, 0x202E},   {0x2060, 0x206F},     // separators, embeddings, overrides, isolates, invisible operators
    {0x3164, 0x3164},   {0xE000, 0xF8FF},     // Hangul filler, private use
    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},     // variation selectors, byte order mark
    {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},     // Hangul filler, interlinear annotations
    {0xFFFE, 0xFFFF},   {0x1BCA0, 0x1BCA3},   // noncharacters, shorthand controls
    {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},  // musical controls; tags, selectors, private use
};

template <std::size_t N>
bool contains(const Interval (&table)[N], char32_t code_point) {
  const auto* found = std::upper_bound(std::begin(table), std::end(table), code_point,
                                       [](char32_t value, const Interval& interval) { return value < interval.first; });
  return found != std::begin(table) && code_point <= std::prev(found)->last;
}

void append_hexadecimal(std::string& out, std::uint32_t value, unsigned digits) {
  std::string reversed;
  for (; value != 0 || reversed.size() < digits; value /= 16) reversed += "0123456789ABCDEF"[value % 16];
  out.append(reversed.rbegin(), reversed.rend());
}

unsigned width_of(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (contains(zero_width, code_point)) return 0;
  return contains(wide, code_point) ? 2 : 1;
}

}  // namespace

Glyph glyph(std::string_view text, std::size_t at) {
  const Step here = step(text, at);
  Glyph out;
  out.size = here.size;
  if (!here.well_formed) {
    out.text = "<";
    for (std::size_t i = 0; i < here.size; ++i) {
      if (i != 0) out.text += ' ';
      append_hexadecimal(out.text, static_cast<unsigned char>(text[at + i]), 2);
    }
    out.text += '>';
    out.escaped = true;
  } else if (here.code_point == U'\t') {
    out.text = "    ";
  } else if (contains(unseen, here.code_point)) {
    out.text = "<U+";
    append_hexadecimal(out.text, here.code_point, 4);
    out.text += '>';
    out.escaped = true;
  } else {
    out.text = text.substr(at, here.size);
    out.width = width_of(here.code_point);
    return out;
  }
  out.width = static_cast<unsigned>(out.text.size());
  return out;
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      out += text[at++];
      continue;
    }
    const Glyph here = glyph(text, at);
    out += here.text;
    at += here.size;
  }
  return out;
}

std::size_t cells(std::string_view visible_text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < visible_text.size();) {
    const Step here = step(visible_text, at);
    count += width_of(here.code_point);
    at += here.size;
  }
  return count;
}

}  // namespace bearproof::report
