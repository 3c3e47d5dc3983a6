#include "browser_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>

#include "bearproof/text/ascii.h"
#include "bearproof/text/glance.h"
#include "bearproof/text/hex.h"

#include "secret.h"

namespace bearproof::rules {
namespace {

/// More URLs than these, and more of one, are not looked at: a label is no list, and time stays linear.
constexpr int most_urls = 64;
constexpr std::size_t longest_url = 65'536;

bool is_scheme_letter(char c) { return text::is_letter_or_digit(c) || c == '+' || c == '-' || c == '.'; }
bool is_slash(char c) { return c == '/' || c == '\\'; }
/// Ends a URL in running text.
bool ends_url(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"'; }

/// The scheme that ends before the colon at `colon`; "" if none does.
std::string_view scheme_before(std::string_view text, std::size_t colon) {
  std::size_t begin = colon;
  while (begin > 0 && is_scheme_letter(text[begin - 1])) --begin;
  while (begin < colon && !text::is_letter(text[begin])) ++begin;
  return text.substr(begin, colon - begin);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view one) { return text::equal_ignoring_case(word, one); });
}

/// A text without percent-encoding.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text::percent_decoded(text, i);
    out += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return out;
}

/// Whether a parameter `name=value` is a secret.
bool is_secret_parameter(std::string_view parameter) {
  const std::size_t equals = parameter.find('=');
  if (equals == std::string_view::npos) return false;
  // Brackets around a URL are no part of its last value.
  std::string_view value = parameter.substr(equals + 1);
  while (!value.empty() && (value.back() == ')' || value.back() == ']')) value.remove_suffix(1);
  if (value.empty() || is_reference(decoded(value))) return false;
  const std::string name = decoded(parameter.substr(0, equals));
  return mentions_secret(name) || is_one_of(name, {"pwd", "passwd", "auth", "sig", "signature", "sessionid", "sid"});
}

/// @param rest  what follows the slashes behind a scheme
UrlDetail detail_of(std::string_view rest) {
  std::size_t end = 0;
  while (end < std::min(rest.size(), longest_url) && !ends_url(rest[end])) ++end;
  rest = rest.substr(0, end);
  const std::size_t authority_end = std::min(rest.find_first_of("/\\?#"), rest.size());
  const std::size_t at = rest.substr(0, authority_end).rfind('@');
  if (at != std::string_view::npos && at > 0) return UrlDetail::credentials;

  const std::size_t query = rest.find_first_of("?#", authority_end);
  if (query == std::string_view::npos) return UrlDetail::none;
  UrlDetail detail = UrlDetail::none;
  for (std::size_t begin = query + 1; begin <= rest.size();) {
    const std::size_t next = std::min(rest.find_first_of("?#&;", begin), rest.size());
    const std::string_view parameter = rest.substr(begin, next - begin);
    if (is_secret_parameter(parameter)) return UrlDetail::credentials;
    if (parameter.find_first_not_of(")]},.;'") != std::string_view::npos) detail = UrlDetail::query;
    begin = next + 1;
  }
  return detail;
}

/// Whether a URL may begin at a place of a text: not within a word or another URL, but inside of view-source: and its
/// like.
bool may_begin(std::string_view text, std::size_t at) {
  constexpr std::string_view before = " ([{<\"',;|:";
  return at == 0 || before.find(text[at - 1]) != std::string_view::npos ||
         static_cast<unsigned char>(text[at - 1]) < ' ';
}

/// Schemes of pages that are part of an extension or of a browser, beside about:.
constexpr std::string_view privileged_schemes[] = {"chrome-extension",
                                                   "moz-extension",
                                                   "safari-web-extension",
                                                   "safari-extension",
                                                   "ms-browser-extension",
                                                   "extension",
                                                   "chrome",
                                                   "chrome-untrusted",
                                                   "chrome-search",
                                                   "devtools",
                                                   "chrome-devtools",
                                                   "resource",
                                                   "edge",
                                                   "brave",
                                                   "opera",
                                                   "vivaldi"};

bool is_privileged_scheme(std::string_view scheme) {
  return std::any_of(std::begin(privileged_schemes), std::end(privileged_schemes),
                     [&](std::string_view one) { return text::equal_ignoring_case(scheme, one); });
}

/// By the last letter of those schemes and of about, a bit for each letter that may stand before it.
constexpr auto privileged_endings = [] {
  std::array<std::uint32_t, 32> table{};
  const auto add = [&table](std::string_view scheme) {
    const auto place = [&](std::size_t from_end) {
      return static_cast<unsigned char>(scheme[scheme.size() - from_end]) & 31u;
    };
    table[place(1)] |= 1u << place(2);
  };
  for (const std::string_view scheme : privileged_schemes) add(scheme);
  add("about");
  return table;
}();

/// False only if what stands before a colon is none of them; by its last two bytes.
bool may_end_privileged_scheme(std::string_view text, std::size_t colon) {
  if (colon < 2) return false;
  const auto place = [&](std::size_t at) { return static_cast<unsigned char>(text[at]) & 31u; };
  return (privileged_endings[place(colon - 1)] >> place(colon - 2) & 1u) != 0;
}

}  // namespace

UrlDetail url_detail(std::string_view text) {
  UrlDetail worst = UrlDetail::none;
  int urls = 0;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    const std::string_view scheme = scheme_before(text, colon);
    if (scheme.empty()) continue;
    std::size_t rest = colon + 1;
    while (rest < text.size() && is_slash(text[rest])) ++rest;
    const bool completes = is_one_of(scheme, {"http", "https", "ws", "wss", "ftp"});
    if (rest < colon + 3 && !completes) continue;
    worst = std::max(worst, detail_of(text.substr(rest)));
    if (worst == UrlDetail::credentials || ++urls == most_urls) break;
  }
  return worst;
}

bool mentions_secret(std::string_view name) {
  std::string folded;
  for (const char c : name) folded += c == '-' ? '_' : text::to_lower(c);
  for (const std::string_view word :
       {"password", "passphrase", "secret", "token", "credential", "cookie", "authorization", "api_key", "apikey",
        "private_key", "privatekey", "payment", "cvv"}) {
    if (folded.find(word) != std::string::npos) return true;
  }
  return false;
}

bool names_privileged_page(std::string_view text) {
  std::string without_breaks;
  if (!text::glance(text).plain) {
    // Browsers drop tabs and line ends from URLs.
    without_breaks = text;
    std::erase_if(without_breaks, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    text = without_breaks;
  }
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    if (!may_end_privileged_scheme(text, colon)) continue;
    const std::string_view scheme = scheme_before(text, colon);
    const std::string_view rest = text.substr(colon + 1);
    if (scheme.empty() || !may_begin(text, colon - scheme.size())) continue;
    if (is_one_of(scheme, {"chrome-extension", "moz-extension"})) return true;
    // The rest are words, too: what follows tells a URL.
    if (is_privileged_scheme(scheme) && !rest.empty() && is_slash(rest[0])) return true;
    if (text::equal_ignoring_case(scheme, "about")) {
      std::size_t end = 0;
      while (end < rest.size() && (text::is_letter_or_digit(rest[end]) || rest[end] == '-')) ++end;
      if (end > 0 && !is_one_of(rest.substr(0, end), {"blank", "srcdoc"})) return true;
    }
  }
  return false;
}

}  // namespace bearproof::rules
