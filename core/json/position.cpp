#include "bearproof/json/position.h"

#include "bearproof/text/utf8.h"

namespace bearproof::json {

Locator::Locator(std::string_view text, Position origin) : text_(text), origin_(origin), here_(origin) {}

Position Locator::at(std::uint64_t offset) {
  const std::uint64_t target = origin_.offset + (offset < text_.size() ? offset : text_.size());
  if (target < here_.offset) here_ = origin_;
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  const char* at = begin + static_cast<std::size_t>(here_.offset - origin_.offset);
  const char* const stop = begin + static_cast<std::size_t>(target - origin_.offset);
  while (at < stop) {
    const char c = *at;
    const bool ends_line = c == '\n' || (c == '\r' && (at + 1 == end || at[1] != '\n'));
    std::uint32_t length = 1;
    std::uint32_t units = 1;
    if (static_cast<unsigned char>(c) >= 0x80) {
      const text::Decoded decoded = text::decode(at, end);
      length = decoded.length;
      units = decoded.code_point > 0xFFFF ? 2 : 1;
      if (at + length > stop) break;
    }
    at += length;
    here_.offset += length;
    here_.utf16 += units;
    if (ends_line) {
      ++here_.line;
      here_.column = 1;
    } else {
      ++here_.column;
    }
  }
  return here_;
}

}  // namespace bearproof::json
