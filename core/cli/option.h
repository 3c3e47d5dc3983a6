// How an option is declared: in one row, which the command line, its help and its errors are made from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bearproof/cli/cli.h"

namespace bearproof::cli {

/// What an option was given, a string for each time; of a flag without meaning.
using Values = std::span<const std::string>;
/// What is wrong, or nothing.
using Problem = std::optional<std::string>;

template <class Settings>
struct Option {
  std::string names;  ///< "--level", or "-q,--quiet"
  std::string group;  ///< the heading in --help below which it stands
  std::string value;  ///< "LEVEL": what --help calls its value; "" for a flag, which has none
  std::string help;
  std::string
      key;  ///< for a configuration file, which nothing reads yet; "" where it makes sense on a command line alone
  /// Understands what was given, and keeps it in the settings. Called only for options that were given.
  /// @return what is wrong with it, naming the option
  Problem (*read)(Settings& settings, Values values, const World& world) = nullptr;
  bool repeats = false;       ///< may be given several times
  std::string needs = {};     ///< another option that must be given with it
  std::string excludes = {};  ///< another option that must not

  /// Its long name: "--quiet".
  std::string_view name() const { return std::string_view(names).substr(names.rfind("--")); }
};

// What most rows do with what was given: keep it in a field.

template <auto field, class Settings>
Problem turn_on(Settings& settings, Values, const World&) {
  settings.*field = true;
  return std::nullopt;
}
template <auto field, class Settings>
Problem keep(Settings& settings, Values values, const World&) {
  settings.*field = values.back();
  return std::nullopt;
}
template <auto field, class Settings>
Problem keep_all(Settings& settings, Values values, const World&) {
  (settings.*field).assign(values.begin(), values.end());
  return std::nullopt;
}

}  // namespace bearproof::cli
