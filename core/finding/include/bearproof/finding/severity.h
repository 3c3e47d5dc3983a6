#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bearproof {

/// How much a finding matters, from least to most. `off` is never a finding's own severity: it is what
/// `--severity RULE=off` sets, and such findings do not exist for anyone.
enum class Severity : std::uint8_t { off, info, notice, warning, error };

inline constexpr std::array<std::string_view, 5> severity_names = {"off", "info", "notice", "warning", "error"};

constexpr std::string_view name_of(Severity severity) { return severity_names[static_cast<std::size_t>(severity)]; }

/// The severity with this name, `off` included; nothing for any other word.
constexpr std::optional<Severity> severity_from(std::string_view name) {
  for (std::size_t i = 0; i < severity_names.size(); ++i) {
    if (severity_names[i] == name) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace bearproof
