// One pass over the bytes of a text that tells which close looks it needs. Almost every text needs none.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace bearproof::text {

struct Glance {
  bool plain = true;             ///< every byte is an ASCII character that shows
  bool may_be_template = false;  ///< holds { [ < $ or %
  bool may_be_nested = false;    ///< holds a colon before u
  bool may_hide_host = false;    ///< holds a dot, % @ or --
};

namespace detail {

constexpr std::uint64_t each(unsigned char byte) { return 0x0101010101010101u * byte; }
/// A high bit for each byte that is zero; perhaps for one above such a byte, too.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - each(1)) & ~word & each(0x80); }

}  // namespace detail

/// Whether a URN may stand within another one: whether a colon stands before u.
inline bool may_be_nested(std::string_view text) {
  std::uint64_t found = 0;
  std::uint64_t colon_before = 0;  // in the lowest byte: whether the word before ended with a colon
  const auto look = [&](std::uint64_t word) {
    const std::uint64_t colons = detail::zero_bytes(word ^ detail::each(':'));
    found |= (colons << 8 | colon_before) & detail::zero_bytes((word | detail::each(0x20)) ^ detail::each('u'));
    colon_before = colons >> 56;
  };
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    look(word);
  }
  word = detail::each(' ');
  std::memcpy(&word, text.data(), text.size());
  look(word);
  return found != 0;
}

/// True only errs on the side of caution, but for `plain`, which is exact.
inline Glance glance(std::string_view text) {
  using detail::each;
  using detail::zero_bytes;
  std::uint64_t unplain = 0;
  std::uint64_t templates = 0;
  std::uint64_t nested = 0;
  std::uint64_t hosts = 0;
  std::uint64_t colon_before = 0;  // in the lowest byte: whether the word before ended with a colon
  std::uint64_t dash_before = 0;
  const auto look = [&](std::uint64_t word) {
    // A byte below 0x20 borrows; DEL is the only one whose neighbour above is not ASCII.
    unplain |= word | (word - each(0x20)) | (word + each(1));
    const std::uint64_t percent = zero_bytes((word | each(1)) ^ each('%'));
    templates |= zero_bytes((word | each(0x20)) ^ each('{')) | percent | zero_bytes(word ^ each('<'));
    const std::uint64_t colons = zero_bytes(word ^ each(':'));
    const std::uint64_t dashes = zero_bytes(word ^ each('-'));
    nested |= (colons << 8 | colon_before) & zero_bytes((word | each(0x20)) ^ each('u'));
    hosts |=
        percent | zero_bytes(word ^ each('@')) | zero_bytes(word ^ each('.')) | ((dashes << 8 | dash_before) & dashes);
    colon_before = colons >> 56;
    dash_before = dashes >> 56;
  };
  std::uint64_t word = 0;
  while (text.size() >= sizeof word) {
    std::memcpy(&word, text.data(), sizeof word);
    look(word);
    text.remove_prefix(sizeof word);
  }
  word = each(' ');
  std::memcpy(&word, text.data(), text.size());
  look(word);
  return {(unplain & each(0x80)) == 0, templates != 0, nested != 0, hosts != 0};
}

}  // namespace bearproof::text
