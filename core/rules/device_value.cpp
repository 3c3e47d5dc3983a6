#include "device_value.h"

#include <cstddef>

#include "bearproof/text/ascii.h"

#include "home_path.h"

namespace bearproof::rules {
namespace {

/// A word: letters, digits and what addresses and names are written with, and the @ before a version. A slash or a
/// space ends it.
bool is_of_word(char c) {
  return text::is_letter_or_digit(c) || c == '.' || c == ':' || c == '-' || c == '_' || c == '@';
}

/// Whether a word is, up to a port, four numbers below 256.
bool is_network_address(std::string_view word) {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    int value = 0;
    const std::size_t begin = at;
    while (at < word.size() && text::is_digit(word[at]) && at - begin < 4) value = value * 10 + (word[at++] - '0');
    if (at == begin || value > 255) return false;
    if (part < 3 && (at >= word.size() || word[at++] != '.')) return false;
  }
  if (at < word.size() && word[at] != ':') return false;
  return !word.starts_with("127.") && !word.starts_with("0.0.0.0");
}

/// Whether a word is six pairs of hexadecimal digits with one and the same separator.
bool is_hardware_address(std::string_view word) {
  if (word.size() != 17 || (word[2] != ':' && word[2] != '-')) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (i % 3 == 2 ? word[i] != word[2] : !text::is_hex_digit(word[i])) return false;
  }
  return true;
}

/// Whether a word is a name in the zone .local, which belongs to one link; in a cluster it belongs to all.
bool is_host_name(std::string_view word) {
  const std::size_t colon = word.find(':');
  const std::string_view name = word.substr(0, colon);
  return name.size() > 6 && name.ends_with(".local") && !name.ends_with("cluster.local") &&
         text::is_letter_or_digit(name[name.size() - 7]);
}

}  // namespace

std::string_view device_value(std::string_view text) {
  if (holds_home_path(text)) return "a home path";
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_of_word(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (is_network_address(word)) return "a network address";
    if (is_hardware_address(word)) return "a hardware address";
    if (is_host_name(word)) return "a host name";
  }
  return "";
}

}  // namespace bearproof::rules
