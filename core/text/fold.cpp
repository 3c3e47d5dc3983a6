#include "bearproof/text/fold.h"

#include <algorithm>
#include <string>

#include "bearproof/text/hex.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

namespace bearproof::text {
namespace {

#include "look_alikes.inc"

struct Reading {
  std::uint32_t code_point;
  std::uint16_t at;      ///< where the text starts in `Readings::text`
  std::uint16_t length;  ///< of the text
};

/// The generated table unpacked, in the order of code points.
class Readings {
 public:
  Readings() {
    const unsigned char* at = look_alikes;
    const unsigned char* const end = look_alikes + sizeof look_alikes;
    const auto number = [&at] {
      std::uint32_t value = 0;
      for (unsigned shift = 0;; shift += 7) {
        value |= (*at & 127u) << shift;
        if ((*at++ & 128u) == 0) return value;
      }
    };
    std::uint32_t code_point = 0;
    while (at != end) {
      code_point += number();
      const std::uint32_t head = number();
      const std::uint32_t kind = head % 3;
      const std::uint32_t length = kind == 2 ? number() : 1;
      auto start = static_cast<std::uint16_t>(text_.size());
      for (std::uint32_t i = 0; i < length; ++i) text_.push_back(static_cast<char>(number()));
      for (std::uint32_t i = 0; i <= head / 3; ++i, ++code_point) {
        if (kind == 1 && i != 0) {
          const char before = text_.back();
          start = static_cast<std::uint16_t>(text_.size());
          text_.push_back(static_cast<char>(before + 1));
        }
        readings_.push_back({code_point, start, static_cast<std::uint16_t>(length)});
      }
    }
  }

  std::string_view find(std::uint32_t code_point) const {
    const auto found = std::lower_bound(readings_.begin(), readings_.end(), code_point,
                                        [](const Reading& reading, std::uint32_t c) { return reading.code_point < c; });
    if (found == readings_.end() || found->code_point != code_point) return {};
    return std::string_view(text_).substr(found->at, found->length);
  }

 private:
  std::vector<Reading> readings_;
  std::string text_;
};

/// Marks that are drawn over a letter and leave it what it is.
constexpr bool is_overlay(std::uint32_t c) {
  return c == 0x305 || (c >= 0x332 && c <= 0x338) || c == 0x33F || (c >= 0x20D0 && c <= 0x20F0);
}

/// The character that percent escapes at a place of a text spell.
/// @return its length in the text; 0 where there is none
std::size_t escaped_at(std::string_view text, std::size_t at, std::uint32_t& code_point) {
  char bytes[4];
  std::size_t count = 0;
  std::size_t wanted = 1;
  std::size_t from = at;
  while (count < wanted) {
    const int byte = percent_decoded(text, from);
    if (byte < 0) return 0;
    if (count == 0) wanted = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    bytes[count++] = static_cast<char>(byte);
    from += 3;
  }
  const Decoded found = decode(bytes, bytes + count);
  if (found.length != count) return 0;
  code_point = found.code_point;
  return from - at;
}

}  // namespace

std::string_view reading_of(std::uint32_t code_point) {
  static const Readings readings;
  return code_point < 0x80 ? std::string_view() : readings.find(code_point);
}

bool is_invisible(std::uint32_t code_point) { return code_point == 0x2800 || is_default_ignorable(code_point); }

bool is_nameable(std::uint32_t code_point) {
  static const CodePointSet letters = code_points_with("L");
  static const CodePointSet marks = code_points_with("M");
  static const CodePointSet numbers = code_points_with("N");
  static const CodePointSet pictures = code_points_with("Extended_Pictographic");
  // Pictures of the basic plane are signs: crosses, arrows, stop signs.
  return letters.contains(code_point) || marks.contains(code_point) || numbers.contains(code_point) ||
         (code_point >= 0x10000 && pictures.contains(code_point));
}

Folded::Folded(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code_point = static_cast<unsigned char>(text[at]);
    std::size_t length = code_point == '%' ? escaped_at(text, at, code_point) : 0;
    if (length == 0) {
      const Decoded found = decode(text, at);
      code_point = found.code_point;
      length = found.length;
    }
    take(code_point);
    at += length;
  }
}

void Folded::take(std::uint32_t code_point) {
  if (code_point < 0x20 || code_point == 0x7F) {
    push({' ', false});
  } else if (code_point < 0x80) {
    push({static_cast<char>(code_point), false});
  } else if (const std::string_view reading = reading_of(code_point); !reading.empty()) {
    for (const char c : reading) push({c, true});
  } else if (is_invisible(code_point)) {
    dropped_invisible_ = true;
  } else if (!is_overlay(code_point)) {
    push({is_nameable(code_point) ? FoldedChar::other : ' ', true});
  }
}

void Folded::push(FoldedChar c) {
  if (size_ < few_.size()) {
    few_[size_++] = c;
    return;
  }
  if (overflow_.empty()) overflow_.assign(few_.begin(), few_.end());
  overflow_.push_back(c);
  ++size_;
}

}  // namespace bearproof::text
