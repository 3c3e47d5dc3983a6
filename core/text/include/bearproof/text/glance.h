// One pass over the bytes of a text that tells which close looks it needs. Almost every text needs none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace bearproof::text {

/// True only errs on the side of caution, but for `plain` and `latin`, which are exact.
struct Glance {
  bool plain = true;  ///< every byte is an ASCII character that shows
  bool latin = true;  ///< every character is such a one, or one from U+00C0 to U+027F: Latin letters, × and ÷
  bool may_be_template = false;  ///< holds { [ < @ # $ % or __
  bool may_be_nested = false;    ///< holds a colon before u
  bool may_hide_host = false;    ///< holds a dot, # $ % @ or --
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

/// Gives sixteen bytes of a text after the other to `look`, and the sixteen that start one later; spaces behind the
/// end. Some bytes are given twice.
template <typename Look>
void for_each_block(std::string_view text, Look look) {
  constexpr std::size_t width = sizeof(Bytes);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > width; left -= width, at += width) look(load(at), load(at + 1));
  char last[width + 1];
  if (text.size() >= width) {
    std::memcpy(last, text.data() + text.size() - width, width);
  } else {
    std::memset(last, ' ', width);
    for (std::size_t i = 0; i < left; ++i) last[i] = at[i];
  }
  last[width] = ' ';
  look(load(last), load(last + 1));
}

inline Found ends_prefix(Bytes bytes, Bytes next) { return (bytes == ':') & ((next | 0x20) == 'u'); }

/// The same as glance(), whatever the text holds.
Glance look_at_each(std::string_view text);

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

/// @param text  well-formed UTF-8
inline Glance glance(std::string_view text) {
  detail::Found rare = {};
  detail::Found doubled = {};
  detail::Found nested = {};
  detail::Found dots = {};
  detail::for_each_block(text, [&](detail::Bytes bytes, detail::Bytes next) {
    const detail::Found letters = (((bytes | 0x20) - 'a') < 26);
    const detail::Found digits = ((bytes - '-') <= ':' - '-');  // and - . / :
    const detail::Found underscores = bytes == '_';
    rare |= ~(letters | digits | underscores | (bytes == ' '));
    doubled |= (bytes == next) & (underscores | (bytes == '-'));
    nested |= detail::ends_prefix(bytes, next);
    dots |= bytes == '.';
  });
  if (detail::any(rare)) return detail::look_at_each(text);
  const bool is_doubled = detail::any(doubled);
  return {true, true, is_doubled, detail::any(nested), is_doubled || detail::any(dots)};
}

}  // namespace bearproof::text
