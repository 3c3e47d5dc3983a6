// What labels and scopes of browser receipts say in free text: URLs, and pages that are more than web pages.
#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::rules {

/// What a text gives away in a URL, if it holds one.
enum class UrlDetail : std::uint8_t {
  none,         ///< no URL, or none with more than an origin and a path
  query,        ///< a query or a fragment
  credentials,  ///< a user name or password before the host, or a parameter whose name says that it is a secret
};

/// The worst that any URL in a text gives away. URLs start with a scheme and slashes, or with a scheme that browsers
/// complete with slashes themselves (http, https, ws, wss, ftp); a backslash counts as a slash, as it does in browsers.
UrlDetail url_detail(std::string_view text);

/// Whether the name of a member or parameter says that its value is a secret: it holds password, passphrase, secret,
/// token, credential, cookie, authorization, api_key, private_key, payment or cvv, whatever the case and with or
/// without
/// `_` and `-`.
bool mentions_secret(std::string_view name);

/// Whether a text names a page of an extension or of the browser itself: chrome-extension:, moz-extension:, chrome:,
/// about: and their like, also inside of view-source:, blob: and filesystem:. about:blank and about:srcdoc are web
/// content like any other.
bool names_privileged_page(std::string_view text);

}  // namespace bearproof::rules
