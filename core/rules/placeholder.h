#pragma once

#include <string_view>

namespace bearproof::rules {

/// What of a template an identifier still holds: `<local-id>` anywhere; UNSET, TODO or REPLACE_WITH_DIGEST as its last
/// part; or "" for a URN that ends where its own name should stand.
struct Placeholder {
  bool found = false;
  std::string_view text;
};

Placeholder find_placeholder(std::string_view identifier);

/// Whether a member of this name holds an identifier or references: `id`, `…Id`, `…_id`, `…Ref`, `…Refs`, `…_ref`,
/// `…_refs`.
bool names_identifier(std::string_view key);

}  // namespace bearproof::rules
