#pragma once

#include <string_view>

namespace bearproof::rules {

/// The place of secrets that a path of a host is, holds or lies in ("~/.ssh", "a private key"), however its home is
/// spelled and whatever the case; "" if it is none. Certificates and public keys are no secrets.
/// @param path  of a file or folder, as mounts name them
std::string_view secret_place(std::string_view path);

}  // namespace bearproof::rules
