#pragma once

#include <cstddef>
#include <string>

#include <CLI/CLI.hpp>

namespace bearproof::cli {

/// How --help is set: usage, what the command is for, then each argument and option beside its explanation.
class Help : public CLI::Formatter {
 public:
  /// @param width  columns to wrap explanations at; 0: not wrapped
  explicit Help(std::size_t width);

  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;

 private:
  std::string line_of(const std::string& term, const std::string& text) const;

  std::size_t width_;
};

}  // namespace bearproof::cli
