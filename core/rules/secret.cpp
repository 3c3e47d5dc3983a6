#include "secret.h"

#include <array>
#include <cstddef>

#include "bearproof/contract/key_map.h"
#include "bearproof/json/bytes.h"
#include "bearproof/text/ascii.h"

namespace bearproof::rules {
namespace {

constexpr bool is_word(char c) { return text::is_letter_or_digit(c) || c == '_' || c == '-'; }

/// How many characters at the start of `text` are of a class.
template <class Class>
std::size_t run(std::string_view text, Class of_class) {
  std::size_t length = 0;
  while (length < text.size() && of_class(text[length])) ++length;
  return length;
}

// Each of these gets the text from where the shape would start, and says how long it is; 0 if it is not there.

std::size_t pem_key(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN ";
  if (!json::starts_with(text, begin)) return 0;
  const std::size_t end = text.find("-----", begin.size());
  if (end == std::string_view::npos) return 0;
  const std::string_view label = text.substr(begin.size(), end - begin.size());
  if (!label.ends_with("PRIVATE KEY") && !label.ends_with("PRIVATE KEY BLOCK")) return 0;
  return text.size();
}

std::size_t aws_key(std::string_view text) {
  if (!json::starts_with(text, "AKIA") && !json::starts_with(text, "ASIA")) return 0;
  const std::size_t length = run(text, [](char c) { return text::is_upper(c) || text::is_digit(c); });
  return length == 20 && (text.size() == length || !is_word(text[length])) ? length : 0;
}

std::size_t github_token(std::string_view text) {
  if (json::starts_with(text, "github_pat_")) {
    const std::size_t body = run(text.substr(11), [](char c) { return text::is_letter_or_digit(c) || c == '_'; });
    return body >= 22 ? 11 + body : 0;
  }
  if (text.size() < 4 || text[0] != 'g' || text[1] != 'h' || text[3] != '_') return 0;
  if (std::string_view("pousr").find(text[2]) == std::string_view::npos) return 0;
  const std::size_t body = run(text.substr(4), text::is_letter_or_digit);
  return body >= 20 ? 4 + body : 0;
}

std::size_t slack_token(std::string_view text) {
  if (text.size() < 5 || !json::starts_with(text, "xox") || text[4] != '-') return 0;
  if (std::string_view("abeprs").find(text[3]) == std::string_view::npos) return 0;
  const std::string_view body =
      text.substr(5, run(text.substr(5), [](char c) { return text::is_letter_or_digit(c) || c == '-'; }));
  return body.size() >= 10 && body.find_first_of("0123456789") != std::string_view::npos ? 5 + body.size() : 0;
}

/// Hyphenated words start with "sk-" too ("sk-session-for-the-long-trip"): a key mixes cases and digits, or has a long
/// run without a hyphen.
std::size_t sk_key(std::string_view text) {
  if (!json::starts_with(text, "sk-")) return 0;
  const std::string_view body = text.substr(3, run(text.substr(3), is_word));
  if (body.size() < 20) return 0;
  bool has_digit = false;
  bool has_upper = false;
  std::size_t piece = 0;
  std::size_t longest = 0;
  for (const char c : body) {
    has_digit = has_digit || text::is_digit(c);
    has_upper = has_upper || text::is_upper(c);
    piece = text::is_letter_or_digit(c) ? piece + 1 : 0;
    longest = piece > longest ? piece : longest;
  }
  return has_digit && (has_upper || longest >= 20) ? 3 + body.size() : 0;
}

std::size_t web_token(std::string_view text) {
  if (!json::starts_with(text, "eyJ")) return 0;
  const std::size_t header = run(text, is_word);
  if (header < 10 || header >= text.size() || text[header] != '.') return 0;
  const std::string_view rest = text.substr(header + 1);
  const std::size_t payload = run(rest, is_word);
  if (!json::starts_with(rest, "eyJ") || payload < 10 || payload >= rest.size() || rest[payload] != '.') return 0;
  return header + 1 + payload + 1 + run(rest.substr(payload + 1), is_word);
}

/// "Bearer authentication" is no credential: one has digits.
std::size_t bearer(std::string_view text) {
  if (!json::starts_with(text, "Bearer ")) return 0;
  const auto of_token = [](char c) { return is_word(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='; };
  const std::string_view token = text.substr(7, run(text.substr(7), of_token));
  if (token.size() < 12) return 0;
  for (const char c : token) {
    if (text::is_digit(c)) return 7 + token.size();
  }
  return 0;
}

std::size_t password(std::string_view text) {
  constexpr std::string_view assignment = "password=";
  // One assignment may be the value of another, and so on: how a value begins has to be enough to pass it over.
  constexpr std::size_t enough = 256;
  if (!text::starts_with_ignoring_case(text, assignment)) return 0;
  const auto of_value = [](char c) { return c > ' ' && c != '&' && c != ';' && c != ',' && c != '"' && c != '\''; };
  const std::string_view rest = text.substr(assignment.size());
  const std::string_view value = rest.substr(0, run(rest.substr(0, enough), of_value));
  if (value.size() < 4 || std::string_view("${%").find(value[0]) != std::string_view::npos || is_reference(value)) {
    return 0;
  }
  return assignment.size() + run(rest, of_value);
}

struct Shape {
  std::string_view kind;
  std::size_t (*length)(std::string_view);
};

constexpr Shape pem_shape{"a private key", pem_key};
constexpr Shape aws_shape{"an AWS access key", aws_key};
constexpr Shape github_shape{"a GitHub token", github_token};
constexpr Shape slack_shape{"a Slack token", slack_token};
constexpr Shape sk_shape{"an API key", sk_key};
constexpr Shape web_token_shape{"a JSON Web Token", web_token};
constexpr Shape bearer_shape{"a bearer credential", bearer};
constexpr Shape password_shape{"a password", password};

/// The shape that starts with this letter.
constexpr const Shape* shape_of(char c) {
  switch (c) {
    case '-': return &pem_shape;
    case 'A': return &aws_shape;
    case 'g': return &github_shape;
    case 'x': return &slack_shape;
    case 's': return &sk_shape;
    case 'e': return &web_token_shape;
    case 'B': return &bearer_shape;
    case 'p':
    case 'P': return &password_shape;
    default: return nullptr;
  }
}

constexpr contract::KeyMap<11> secret_names(std::array<std::string_view, 11>{
    "password", "passphrase", "secret", "token", "credential", "cookie", "authorization", "apikey", "privatekey",
    "payment", "cvv"});

}  // namespace

Secret secret_at(std::string_view text, std::size_t at) {
  const Shape* shape = shape_of(text[at]);
  if (shape == nullptr) return {};
  // A shape starts where a word does: "task-…" is not "sk-…". Assignments also stand behind '_' and '-'.
  if (at > 0 && shape != &pem_shape) {
    const char before = text[at - 1];
    if (shape == &password_shape ? text::is_letter_or_digit(before) : is_word(before)) return {};
  }
  const std::size_t length = shape->length(text.substr(at));
  return length == 0 ? Secret{} : Secret{shape->kind, length};
}

Secret find_secret(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const Secret secret = secret_at(text, at); !secret.kind.empty()) return secret;
  }
  return {};
}

bool names_secret(std::string_view key) {
  char folded[16];
  std::size_t size = 0;
  for (const char c : key) {
    if (c == '_' || c == '-') continue;
    if (size == sizeof folded) return false;
    folded[size++] = text::to_lower(c);
  }
  return secret_names.find({folded, size}) >= 0;
}

bool is_reference(std::string_view value) {
  for (const std::string_view prefix : {"urn:", "secret:", "secrets:", "env:", "ref:", "vault:", "${"}) {
    if (value.starts_with(prefix)) return true;
  }
  if (value.starts_with('<') && value.ends_with('>')) return true;
  const std::size_t first = value.find_first_not_of(" \t");
  if (first == std::string_view::npos) return true;
  if (value.find_first_not_of("*") == std::string_view::npos) return true;
  for (const std::string_view word : {"redacted", "[redacted]", "(redacted)", "none", "null"}) {
    if (text::equal_ignoring_case(value, word)) return true;
  }
  return false;
}

}  // namespace bearproof::rules
