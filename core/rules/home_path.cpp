#include "home_path.h"

#include <cstddef>

namespace bearproof::rules {
namespace {

bool is_separator(char c) { return c == '/' || c == '\\'; }

/// Whether a path can start behind this text: at the very beginning, behind white space or punctuation, behind a drive.
bool starts_path(std::string_view before) {
  if (before.empty() || before.ends_with("file://")) return true;
  if (before.size() >= 6 && before.substr(before.size() - 6).starts_with("/mnt/")) return true;
  constexpr std::string_view bounds = " \t\r\n\"'`=:,;|([{<";
  return bounds.find(before.back()) != std::string_view::npos;
}

}  // namespace

bool holds_home_path(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_separator(text[at])) continue;
    const std::string_view rest = text.substr(at + 1);
    std::size_t folder = 0;
    if (rest.starts_with("home")) folder = 4;
    if (rest.starts_with("Users") || rest.starts_with("users")) folder = 5;
    if (folder == 0 || folder + 1 >= rest.size() || !is_separator(rest[folder])) continue;
    std::string_view user = rest.substr(folder + 1);
    user = user.substr(0, user.find_first_of("/\\"));
    constexpr std::string_view of_template = "<*$%{?";
    if (user.empty() || of_template.find(user[0]) != std::string_view::npos) continue;
    if (folder == 5 && (user == "Shared" || user == "Public")) continue;
    if (starts_path(text.substr(0, at))) return true;
  }
  return false;
}

}  // namespace bearproof::rules
