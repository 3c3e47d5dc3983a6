#include "bearproof/report/visible.h"

#include <cstdint>

#include "bearproof/text/code_point_set.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/utf8.h"

namespace bearproof::report {
namespace {

constexpr text::CodePointRange zero_width[] = {
#define ZERO(first, last) {first, last},
#define WIDE(first, last)
#include "width.inc"
#undef ZERO
#undef WIDE
};

constexpr text::CodePointRange wide[] = {
#define ZERO(first, last)
#define WIDE(first, last) {first, last},
#include "width.inc"
#undef ZERO
#undef WIDE
};

unsigned width_of(std::uint32_t code_point) {
  if (code_point < 0x300) return 1;
  if (text::contains(zero_width, code_point)) return 0;
  return text::contains(wide, code_point) ? 2 : 1;
}

}  // namespace

Glyph glyph(std::string_view text, std::size_t at) {
  const text::Decoded here = text::decode(text, at);
  Glyph out;
  out.size = here.length;
  if (!here.well_formed) {
    out.text = "<";
    for (std::size_t i = 0; i < here.length; ++i) {
      if (i != 0) out.text += ' ';
      text::append_hex(out.text, static_cast<unsigned char>(text[at + i]), 2);
    }
    out.text += '>';
    out.escaped = true;
  } else if (here.code_point == '\t') {
    out.text = "    ";
  } else if (text::is_unsafe_to_show(here.code_point)) {
    out.text = "<U+";
    text::append_hex(out.text, here.code_point, 4);
    out.text += '>';
    out.escaped = true;
  } else {
    out.text = text.substr(at, here.length);
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
    const text::Decoded here = text::decode(visible_text, at);
    count += width_of(here.code_point);
    at += here.length;
  }
  return count;
}

}  // namespace bearproof::report
