#pragma once

#include <string_view>

#include "bearproof/cli/cli.h"

namespace bearproof::cli {

/// "bearproof check: MESSAGE" and where to read more, on standard error.
Exit usage_error(World& world, std::string_view command, std::string_view message);

/// "bearproof: NAME: No such file or directory", on standard error. @param error  an errno
void system_error(World& world, std::string_view name, int error);

/// "bearproof: MESSAGE", on standard error.
void warn(World& world, std::string_view message);

}  // namespace bearproof::cli
