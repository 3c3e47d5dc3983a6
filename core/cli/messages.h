#pragma once

#include <string_view>

#include "bearproof/cli/cli.h"

#include "files.h"

namespace bearproof::cli {

/// "bearproof check: MESSAGE" and where to read more, on standard error.
Exit usage_error(World& world, std::string_view command, std::string_view message);

/// "bearproof: NAME: No such file or directory", on standard error. @param error  an errno
void system_error(World& world, std::string_view name, int error);

/// Tells of what a folder holds and is passed over, on standard error.
PassedOver tell_passed_over(World& world);

/// "bearproof: MESSAGE", on standard error.
void warn(World& world, std::string_view message);

}  // namespace bearproof::cli
