// The forms that other programs read: SARIF, workflow commands of GitHub Actions, JUnit XML and Markdown.
#pragma once

#include <span>

#include "renderer.h"

namespace bearproof::cli {

std::span<const Format> exchange_formats();

}  // namespace bearproof::cli
