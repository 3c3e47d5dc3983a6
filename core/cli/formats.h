#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "bearproof/validator/nearest.h"

namespace bearproof::cli {

/// What is wrong with the --format of a command that knows text and json.
inline std::optional<std::string> not_text_or_json(const std::string& format) {
  constexpr std::array<std::string_view, 2> known = {"text", "json"};
  if (format == known[0] || format == known[1]) return std::nullopt;
  return "--format: \"" + format + "\" is not text or json" + did_you_mean(format, known);
}

}  // namespace bearproof::cli
