// Labels of domain names.
#pragma once

#include <string_view>

namespace bearproof::schema::format_rules {

/// RFC 1123, section 2.1: 1 to 63 letters, digits and hyphens, a hyphen neither first nor last.
bool is_ldh_label(std::string_view label);

/// Starts like an A-label (RFC 5890): "xn--" in either case.
bool is_a_label_prefix(std::string_view label);

}  // namespace bearproof::schema::format_rules
