// What of a person's files a path takes in, however it is spelled.
#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::rules {

enum class HostPart : std::uint8_t {
  other,      ///< something in particular, or nothing of a person
  home,       ///< a whole home directory, or what holds it: /home, a drive, the root
  downloads,  ///< a whole Downloads folder
};

/// Tells what a path names as a whole. Homes are spelled `~`, `~name`, `$HOME`, `${HOME}` (`${HOME:-…}` too),
/// `%USERPROFILE%`, `$env:USERPROFILE`, `/home/name`, `/var/home/name`, `/Users/name`, `/root`, `C:\Users\name`,
/// `/mnt/c/Users/name`; slashes at the end, `.`, `..` and a last `*` are taken for what they are.
/// @param path  without quotes; any other variable in it makes it `other`
HostPart host_part(std::string_view path);

}  // namespace bearproof::rules
