// One pass over the bytes of a text that tells which close looks it needs. Almost every text needs none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace bearproof::text {

/// True only errs on the side of caution, but for `plain`, which is exact.
struct Glance {
  bool plain = true;             ///< every byte is an ASCII character that shows
  bool may_be_template = false;  ///< holds { [ < $ or %
  bool may_be_nested = false;    ///< holds a colon before u
  bool may_hide_host = false;    ///< holds a dot, % @ or --
};

namespace detail {

/// Sixteen bytes that are looked at at once; what compares them gives the bytes 0 or 255.
using Bytes = unsigned char __attribute__((vector_size(16)));
using Found = decltype(std::declval<Bytes>() == std::declval<Bytes>());

inline Bytes load(const char* at) {
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

inline bool any(Found found) {
  std::uint64_t halves[2];
  static_assert(sizeof halves == sizeof found);
  std::memcpy(halves, &found, sizeof found);
  return (halves[0] | halves[1]) != 0;
}

/// Gives each sixteen bytes of a text to `look`, and the sixteen that start one later; spaces behind the end.
template <typename Look>
void for_each_block(std::string_view text, Look look) {
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > sizeof(Bytes); left -= sizeof(Bytes), at += sizeof(Bytes)) look(load(at), load(at + 1));
  char rest[sizeof(Bytes) + 1];
  std::memset(rest, ' ', sizeof rest);
  if (left != 0) std::memcpy(rest, at, left);
  look(load(rest), load(rest + 1));
}

inline Found ends_prefix(Bytes bytes, Bytes next) { return (bytes == ':') & ((next | 0x20) == 'u'); }

}  // namespace detail

/// Whether a URN may stand within another one: whether a colon stands before u.
inline bool may_be_nested(std::string_view text) {
  detail::Found found = {};
  detail::for_each_block(text,
                         [&](detail::Bytes bytes, detail::Bytes next) { found |= detail::ends_prefix(bytes, next); });
  return detail::any(found);
}

/// Whether a text holds what looks like something else or is part of such: O, o, I, l, |, m, n, a byte that does not
/// show or is not ASCII. Digits have look-alikes as well, but of two texts that look the same and are not one holds
/// such a byte.
inline bool may_look_alike(std::string_view text) {
  detail::Found found = {};
  detail::for_each_block(text, [&](detail::Bytes bytes, detail::Bytes) {
    // Spaces stand behind the end.
    found |= (bytes < ' ') | (bytes > '~') | ((bytes | 0x20) == 'o') | (bytes == 'I') | (bytes == 'l') |
             (bytes == '|') | (bytes == 'm') | (bytes == 'n');
  });
  return detail::any(found) || text.find(' ') != std::string_view::npos;
}

inline Glance glance(std::string_view text) {
  detail::Found unplain = {};
  detail::Found templates = {};
  detail::Found nested = {};
  detail::Found hosts = {};
  detail::for_each_block(text, [&](detail::Bytes bytes, detail::Bytes next) {
    const detail::Found percent = (bytes | 1) == '%';  // and $
    unplain |= (bytes < ' ') | (bytes > '~');
    templates |= ((bytes | 0x20) == '{') | percent | (bytes == '<');
    nested |= detail::ends_prefix(bytes, next);
    hosts |= percent | (bytes == '@') | (bytes == '.') | ((bytes == '-') & (next == '-'));
  });
  return {!detail::any(unplain), detail::any(templates), detail::any(nested), detail::any(hosts)};
}

}  // namespace bearproof::text
