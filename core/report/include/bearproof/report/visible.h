// Text from documents is hostile: what a terminal would obey, or hide, is shown as a visible escape instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bearproof::report {

/// One code point, or one ill-formed sequence, as a terminal may show it.
struct Glyph {
  std::string text;      ///< UTF-8
  std::size_t size = 0;  ///< bytes taken from the source
  unsigned width = 0;    ///< terminal cells
  bool escaped = false;  ///< `text` is not the character itself: <U+202E>, <1B>
};

/// The glyph at `at`. Controls, format and bidi characters, zero-width characters, tags and other characters that show
/// nothing or rearrange what is shown become <U+XXXX>; ill-formed bytes <XX>. A tab becomes four spaces.
/// @pre at < text.size()
Glyph glyph(std::string_view text, std::size_t at);

/// The whole text, safe to print. Line ends are escaped too.
std::string visible(std::string_view text);

/// Terminal cells of a text that `visible` wrote: wide characters count two, combining ones none (East Asian Width and
/// general category of Unicode 14; newer characters count one).
std::size_t cells(std::string_view visible_text);

}  // namespace bearproof::report
