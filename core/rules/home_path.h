#pragma once

#include <string_view>

namespace bearproof::rules {

/// Whether a text holds, anywhere, an absolute path into somebody's home directory: /home/name, /Users/name,
/// C:\Users\name, file:///home/name, /mnt/c/Users/name. Addresses (https://host/home/x), /Users/Shared and names that
/// are a template (<user>, *, $USER) are left alone.
bool holds_home_path(std::string_view text);

}  // namespace bearproof::rules
