// URNs that were put into URNs.
#pragma once

#include <cstddef>
#include <string_view>

namespace bearproof::text {

/// Where the innermost URN starts in one whose prefix was written before a URN: 37 in
/// "urn:srcos:policy:decision:bearbrowser:urn:srcos:…". 0 where none is inside.
std::size_t nested_urn(std::string_view urn);

/// The reference as it stands without the prefixes before it: "urn:srcos:agent:x" of
/// "urn:srcos:agent:urn:srcos:agent:x".
inline std::string_view innermost_urn(std::string_view urn) { return urn.substr(nested_urn(urn)); }

/// Leaves out a prefix only where the same one follows. An identifier made out of another one's URN
/// ("urn:srcos:evidence:urn:srcos:session:x") stays what it is.
std::string_view without_repeated_prefix(std::string_view urn);

}  // namespace bearproof::text
