// The forms that other programs read: SARIF, workflow commands of GitHub Actions, JUnit XML and Markdown.
#pragma once

#include <memory>
#include <string_view>

#include "renderer.h"

namespace bearproof::cli {

/// @param format  "sarif", "github", "junit" or "markdown"
/// @return nullptr for any other format
std::unique_ptr<Renderer> make_exchange_renderer(std::string_view format, const RendererOptions& options);

}  // namespace bearproof::cli
