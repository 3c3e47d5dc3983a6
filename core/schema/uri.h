// URI references (RFC 3986), as much as schemas need: splitting off a fragment and resolving against a base.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bearproof::schema {

struct SplitUri {
  std::string_view without_fragment;
  std::optional<std::string_view> fragment;  ///< still percent-encoded; nothing where there is no '#'
};
SplitUri split_fragment(std::string_view uri);

/// Whether a reference begins with a scheme (section 3.1).
bool has_scheme(std::string_view reference);

/// Resolves a reference against a base (section 5.2), dot segments removed. The base may itself lack a scheme.
std::string resolve_uri(std::string_view base, std::string_view reference);

/// Decodes %XX; nothing where a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace bearproof::schema
