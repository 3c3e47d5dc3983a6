// URIs, IRIs, their templates, and the identifiers that are built like paths.
#include <algorithm>
#include <array>
#include <cstdint>

#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/utf8.h"

#include "format_rules.h"

namespace bearproof::schema::format_rules {

namespace {

// Which parts of a URI a character may stand in.
enum Part : std::uint8_t {
  scheme_part = 1,
  userinfo_part = 2,  // unreserved, sub-delims and ":"
  host_part = 4,      // unreserved and sub-delims
  path_part = 8,      // pchar and "/"
  query_part = 16,    // pchar, "/" and "?"; fragments too
  literal_part = 32,  // outside the braces of a template
};

constexpr std::array<std::uint8_t, 128> parts = [] {
  std::array<std::uint8_t, 128> table{};
  const auto allow = [&table](std::string_view characters, unsigned mask) {
    for (const char c : characters) {
      auto& entry = table[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint8_t>(entry | mask);
    }
  };
  constexpr unsigned everywhere = userinfo_part | host_part | path_part | query_part;
  for (char c = 'a'; c <= 'z'; ++c) allow({&c, 1}, everywhere | scheme_part);
  for (char c = 'A'; c <= 'Z'; ++c) allow({&c, 1}, everywhere | scheme_part);
  for (char c = '0'; c <= '9'; ++c) allow({&c, 1}, everywhere | scheme_part);
  allow("+-.", scheme_part);
  allow("-._~!$&'()*+,;=", everywhere);
  allow(":", userinfo_part | path_part | query_part);
  allow("@/", path_part | query_part);
  allow("?", query_part);
  // RFC 6570, section 2.1, with its erratum 6937: the apostrophe is a literal.
  for (char c = '!'; c <= '~'; ++c) {
    if (std::string_view("\"%<>\\^`{|}").find(c) == std::string_view::npos) allow({&c, 1}, literal_part);
  }
  return table;
}();

// RFC 3987, section 2.2.
bool is_ucschar(std::uint32_t c) {
  if (c < 0x10000) return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFEF);
  return (c & 0xFFFF) <= 0xFFFD && c <= 0xEFFFD && (c < 0xE0000 || c >= 0xE1000);
}
bool is_private(std::uint32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

bool is_escape(std::string_view text, std::size_t at) { return text::percent_decoded(text, at) >= 0; }

enum class Wide : std::uint8_t { none, ucschar, with_private };

// Whether all of `text` belongs to the part.
bool all_in(std::string_view text, Part part, Wide wide) {
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (text::is_ascii(c)) {
      if ((parts[static_cast<unsigned char>(c)] & part) != 0) {
        ++at;
      } else if (is_escape(text, at)) {
        at += 3;
      } else {
        return false;
      }
      continue;
    }
    if (wide == Wide::none) return false;
    const std::uint32_t code_point = text::next_code_point(text, at);
    if (!is_ucschar(code_point) && !(wide == Wide::with_private && is_private(code_point))) return false;
  }
  return true;
}

bool is_ip_literal(std::string_view text) {
  if (text.empty() || text::to_lower(text[0]) != 'v') return ipv6(text);
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot < 2 || dot + 1 == text.size()) return false;
  return std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(dot), text::is_hex_digit) &&
         text.find('%') == std::string_view::npos && all_in(text.substr(dot + 1), userinfo_part, Wide::none);
}

bool is_authority(std::string_view text, Wide wide) {
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    if (!all_in(text.substr(0, at), userinfo_part, wide)) return false;
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip_literal(text.substr(1, end - 1))) return false;
    port = text.substr(end + 1);
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    if (!all_in(text.substr(0, end), host_part, wide)) return false;
    port = text.substr(end);
  }
  if (port.empty()) return true;
  return port[0] == ':' && std::all_of(port.begin() + 1, port.end(), text::is_digit);
}

bool reference(std::string_view text, bool needs_scheme, bool international) {
  const Wide wide = international ? Wide::ucschar : Wide::none;
  if (const std::size_t end = text.find('#'); end != std::string_view::npos) {
    if (!all_in(text.substr(end + 1), query_part, wide)) return false;
    text = text.substr(0, end);
  }
  if (const std::size_t end = text.find('?'); end != std::string_view::npos) {
    if (!all_in(text.substr(end + 1), query_part, international ? Wide::with_private : Wide::none)) return false;
    text = text.substr(0, end);
  }
  // A colon before the first slash ends a scheme: without one, the first segment must not hold a colon.
  const std::size_t colon = text.find_first_of(":/");
  if (colon != std::string_view::npos && text[colon] == ':') {
    const std::string_view scheme = text.substr(0, colon);
    const auto in_scheme = [](char c) {
      return text::is_ascii(c) && (parts[static_cast<unsigned char>(c)] & scheme_part) != 0;
    };
    if (scheme.empty() || !text::is_letter(scheme[0]) || !std::all_of(scheme.begin(), scheme.end(), in_scheme))
      return false;
    text.remove_prefix(colon + 1);
  } else if (needs_scheme) {
    return false;
  }
  if (text.starts_with("//")) {
    const std::size_t end = std::min(text.find('/', 2), text.size());
    if (!is_authority(text.substr(2, end - 2), wide)) return false;
    text.remove_prefix(end);
  }
  return all_in(text, path_part, wide);
}

// --- templates -----------------------------------------------------------------------------------------------------

// varname and its modifier; `at` moves past them.
bool variable(std::string_view text, std::size_t& at) {
  bool after_name = false;
  while (at < text.size()) {
    if (text::is_letter_or_digit(text[at]) || text[at] == '_') {
      ++at;
      after_name = true;
    } else if (is_escape(text, at)) {
      at += 3;
      after_name = true;
    } else if (text[at] == '.' && after_name) {
      ++at;
      after_name = false;
    } else {
      break;
    }
  }
  if (!after_name) return false;
  if (at < text.size() && text[at] == '*') {
    ++at;
  } else if (at < text.size() && text[at] == ':') {
    const std::size_t from = ++at;
    while (at < text.size() && text::is_digit(text[at])) ++at;
    if (at == from || at - from > 4 || text[from] == '0') return false;
  }
  return true;
}

bool expression(std::string_view text) {
  std::size_t at = 0;
  if (!text.empty() && std::string_view("+#./;?&=,!@|").find(text[0]) != std::string_view::npos) ++at;
  while (variable(text, at)) {
    if (at == text.size()) return true;
    if (text[at++] != ',') return false;
  }
  return false;
}

}  // namespace

bool uri(std::string_view text) { return reference(text, true, false); }
bool uri_reference(std::string_view text) { return reference(text, false, false); }
bool iri(std::string_view text) { return reference(text, true, true); }
bool iri_reference(std::string_view text) { return reference(text, false, true); }

bool uri_template(std::string_view text) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (!all_in(text.substr(0, open), literal_part, Wide::with_private)) return false;
    if (open == text.size()) return true;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos || !expression(text.substr(open + 1, close - open - 1))) return false;
    text.remove_prefix(close + 1);
  }
  return true;
}

bool uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !text::is_hex_digit(text[i])) return false;
  }
  return true;
}

bool json_pointer(std::string_view text) {
  if (!text.empty() && text[0] != '/') return false;
  for (std::size_t at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1)) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

bool relative_json_pointer(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text::is_digit(text[at])) ++at;
  if (at == 0 || (text[0] == '0' && at > 1)) return false;
  return text.substr(at) == "#" || json_pointer(text.substr(at));
}

}  // namespace bearproof::schema::format_rules
