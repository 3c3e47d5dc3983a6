#include "bearproof/text/glance.h"

namespace bearproof::text::detail {

Glance look_at_each(std::string_view text) {
  Found unplain = {};
  Found foreign = {};
  Found templates = {};
  Found nested = {};
  Found hosts = {};
  for_each_block(text, [&](Bytes bytes, Bytes next) {
    const Found sign = (bytes == '#') | ((bytes | 1) == '%') | (bytes == '@');  // # $ % @
    const Found control = (bytes < ' ') | (bytes == 0x7F);
    unplain |= control | (bytes > 0x7F);
    // Bytes above 0x7F that are neither within a character nor the first of one from U+00C0 to U+027F.
    foreign |= control | (bytes > 0xC9) | (bytes == 0xC2);
    templates |= ((bytes | 0x20) == '{') | sign | (bytes == '<') | ((bytes == '_') & (next == '_'));
    nested |= ends_prefix(bytes, next);
    hosts |= sign | (bytes == '.') | ((bytes == '-') & (next == '-'));
  });
  return {!any(unplain), !any(foreign), any(templates), any(nested), any(hosts)};
}

}  // namespace bearproof::text::detail
