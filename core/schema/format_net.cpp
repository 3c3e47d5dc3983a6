// Addresses of the network, and of people in it.
#include <algorithm>
#include <cstdint>

#include "bearproof/text/ascii.h"

#include "format_idna.h"
#include "format_rules.h"

namespace bearproof::schema::format_rules {

bool ipv4(std::string_view text) {
  std::size_t at = 0;
  for (int octet = 0; octet < 4; ++octet) {
    if (octet > 0 && (at >= text.size() || text[at++] != '.')) return false;
    const std::size_t from = at;
    int value = 0;
    while (at < text.size() && text::is_digit(text[at]) && at - from < 3) value = value * 10 + (text[at++] - '0');
    // A leading zero would make the number octal for some readers.
    if (at == from || value > 255 || (text[from] == '0' && at - from > 1)) return false;
  }
  return at == text.size();
}

bool ipv6(std::string_view text) {
  int groups = 0;
  bool shortened = false;
  std::size_t at = 0;
  if (text.starts_with("::")) {
    shortened = true;
    at = 2;
  } else if (text.starts_with(':')) {
    return false;
  }
  while (at < text.size()) {
    const std::size_t from = at;
    while (at < text.size() && text::is_hex_digit(text[at])) ++at;
    if (at < text.size() && text[at] == '.') {
      groups += 2;
      return ipv4(text.substr(from)) && (shortened ? groups < 8 : groups == 8);
    }
    if (at == from || at - from > 4 || ++groups > 8) return false;
    if (at == text.size()) break;
    if (text[at++] != ':') return false;
    if (at == text.size()) return false;  // ends with a single colon
    if (text[at] == ':') {
      if (shortened) return false;
      shortened = true;
      ++at;
    }
  }
  return shortened ? groups < 8 : groups == 8;
}

bool hostname(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  bool has_a_labels = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    const std::string_view label = text.substr(at, end - at);
    if (!is_ldh_label(label)) return false;
    has_a_labels = has_a_labels || is_a_label_prefix(label);
    at = end + 1;
  }
  return !has_a_labels || idn_hostname(text);
}

namespace {

bool is_atext(char c) {
  return text::is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Where the local part ends, or npos. `wide` lets in what lies beyond ASCII (RFC 6531, section 3.3).
std::size_t local_part(std::string_view text, bool wide) {
  std::size_t at = 0;
  if (text.starts_with('"')) {
    for (at = 1; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && ++at == text.size()) return std::string_view::npos;
      if (text::is_ascii(text[at]) ? (text[at] < ' ' || text[at] > '~') : !wide) return std::string_view::npos;
    }
    return at < text.size() ? at + 1 : std::string_view::npos;
  }
  bool atom = false;
  for (; at < text.size() && text[at] != '@'; ++at) {
    const char c = text[at];
    if (c == '.' ? !atom : !(is_atext(c) || (wide && !text::is_ascii(c)))) return std::string_view::npos;
    atom = c != '.';
  }
  return atom ? at : std::string_view::npos;
}

bool domain(std::string_view text, bool wide) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    if (at == end || text[at] == '-' || text[end - 1] == '-') return false;
    for (; at < end; ++at) {
      if (!text::is_letter_or_digit(text[at]) && text[at] != '-' && !(wide && !text::is_ascii(text[at]))) return false;
    }
    ++at;
  }
  return true;
}

// What stands between the brackets: an IPv4 address, "IPv6:" and an address, or another tag and its content.
bool address_literal(std::string_view text) {
  if (ipv4(text)) return true;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text[colon - 1] == '-') return false;
  const std::string_view tag = text.substr(0, colon);
  const std::string_view content = text.substr(colon + 1);
  std::size_t same = 0;
  for (constexpr std::string_view ip = "ipv6"; same < 4 && same < tag.size() && text::to_lower(tag[same]) == ip[same];)
    ++same;
  if (same == 4 && tag.size() == 4) return ipv6(content);
  for (const char c : tag) {
    if (!text::is_letter_or_digit(c) && c != '-') return false;
  }
  for (const char c : content) {
    if (c < '!' || c > '~' || c == '[' || c == '\\' || c == ']') return false;
  }
  return !content.empty();
}

bool mailbox(std::string_view text, bool wide) {
  const std::size_t at = local_part(text, wide);
  if (at == std::string_view::npos || at + 1 >= text.size() || text[at] != '@') return false;
  const std::string_view host = text.substr(at + 1);
  if (host.starts_with('[')) return host.ends_with(']') && address_literal(host.substr(1, host.size() - 2));
  return domain(host, wide);
}

}  // namespace

bool email(std::string_view text) { return mailbox(text, false); }
bool idn_email(std::string_view text) { return mailbox(text, true); }

}  // namespace bearproof::schema::format_rules
