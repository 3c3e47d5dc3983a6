#pragma once

#include <string_view>

namespace bearproof::host {

/// Tells the hook of `set_step_hook` which step of a revocation has been made.
void step(std::string_view name);

}  // namespace bearproof::host
