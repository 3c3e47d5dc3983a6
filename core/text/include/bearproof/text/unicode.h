// Sets of code points by Unicode property: by the names that ECMA-262 allows in \p{…}, and by those that
// internationalised domain names need.
#pragma once

#include <string_view>

#include "bearproof/text/code_point_set.h"

namespace bearproof::text {

/// Adds the code points of `\p{name}` or, with a value, of `\p{name=value}` ("Lu"; "Script", "Greek"). Names are
/// matched exactly, as ECMA-262 (tables 66 to 69) asks. Tables are unpacked anew by each call.
/// @return false where ECMA-262 knows no such property or value
bool add_property(std::string_view name, std::string_view value, CodePointSet& set);

/// The same as a set of its own, normalized; empty for an unknown name. These names are known here, too, but only for
/// code points that a domain name's label may hold (RFC 5892), and undefined elsewhere: `:virama` (combining class 9),
/// `:joins-left` (joining type L or D), `:joins-right` (R or D), `:transparent` (T); by bidirectional class
/// `:bidi-r-al`, `:bidi-an`, `:bidi-en`, `:bidi-nsm`, `:bidi-neutral` (ES, CS, ET, ON, BN).
CodePointSet code_points_with(std::string_view name, std::string_view value = {});

/// The version of Unicode whose properties these are: "17.0.0".
std::string_view unicode_version();

}  // namespace bearproof::text
