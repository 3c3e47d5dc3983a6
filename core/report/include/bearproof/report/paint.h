#pragma once

#include <string>
#include <string_view>

#include "bearproof/finding/severity.h"
#include "bearproof/report/report.h"

namespace bearproof::report {

/// ANSI colours, where they are wanted.
class Paint {
 public:
  explicit Paint(bool color) : color_(color) {}

  std::string bold(std::string_view text) const { return with("1", text); }
  std::string dim(std::string_view text) const { return with("2", text); }
  std::string gutter(std::string_view text) const { return with("34", text); }
  std::string help(std::string_view text) const { return with("36", text); }
  std::string severity(Severity severity, std::string_view text) const {
    constexpr std::string_view codes[severity_names.size()] = {"0", "1;34", "1;36", "1;33", "1;31"};
    return with(codes[static_cast<std::size_t>(severity)], text);
  }
  std::string verdict(Verdict verdict, std::string_view text) const {
    constexpr std::string_view codes[verdict_count] = {"1;31", "1;31", "1;33", "1;32"};
    return with(codes[static_cast<std::size_t>(verdict)], text);
  }

 private:
  std::string with(std::string_view code, std::string_view text) const {
    if (!color_ || text.empty()) return std::string(text);
    return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
  }

  bool color_;
};

}  // namespace bearproof::report
