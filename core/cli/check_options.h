// The options of `check`, each declared in one row of check_options.cpp.
#pragma once

#include <span>

#include "check_settings.h"
#include "option.h"

namespace bearproof::cli {

/// In the order in which --help lists them.
std::span<const Option<CheckSettings>> check_options();

/// Has the arguments say what a command with some of the same options was given. @param name  "--format"
void give(CheckArguments& arguments, std::string_view name, Values values);

}  // namespace bearproof::cli
