#pragma once

#include <string_view>

namespace bearproof::rules {

/// What of one device a text holds: "a home path", "a network address", "a hardware address", "a host name"; "" if
/// nothing. Loopback and 0.0.0.0 are no device's addresses.
std::string_view device_value(std::string_view text);

}  // namespace bearproof::rules
