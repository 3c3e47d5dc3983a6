// What secrets look like. Names kinds and lengths, never values.
#pragma once

#include <cstddef>
#include <string_view>

namespace bearproof::rules {

/// The kind of secret that a string holds ("a GitHub token"), and how long it is in bytes; kind is "" if it holds none.
struct Secret {
  std::string_view kind;
  std::size_t length = 0;
};

/// Looks for the shape of a secret anywhere in a string: a PEM private key, AWS access key, GitHub or Slack token, key
/// that starts with sk-, JSON Web Token, bearer credential, password assignment. Shapes are taken whole, with the
/// length and alphabet that real ones have, so that words which only start like one are left alone.
Secret find_secret(std::string_view text);

/// The secret whose shape starts at this place of a text. @pre at < text.size()
Secret secret_at(std::string_view text, std::size_t at);

/// Whether a member's name says that its value is a secret: password, passphrase, secret, token, credential, cookie,
/// authorization, api_key, private_key, payment, cvv, whatever the case and with or without `_` and `-`.
bool names_secret(std::string_view key);

/// Whether a string under such a name is no secret: a reference (`urn:`, `secret:`, `secrets:`, `env:`, `ref:`,
/// `vault:`, `${`), a template in angle brackets, a mask, or nothing.
bool is_reference(std::string_view value);

}  // namespace bearproof::rules
