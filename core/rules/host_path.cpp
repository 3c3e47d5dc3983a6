#include "host_path.h"

#include <cstddef>

#include "bearproof/text/ascii.h"

namespace bearproof::rules {
namespace {

constexpr std::size_t deepest = 32;

/// The parts of a path between its slashes; `..` takes one away.
struct Parts {
  std::string_view part[deepest];
  std::size_t size = 0;
  bool above = false;  ///< `..` led out of where the path began

  /// @return false where the path is deeper than anyone's folders
  bool add(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find_first_of("/\\");
      const std::string_view one = text.substr(0, end);
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
      if (one.empty() || one == ".") continue;
      if (one == "..") {
        above = above || size == 0;
        if (size != 0) --size;
        continue;
      }
      if (size == deepest) return false;
      part[size++] = one;
    }
    while (size != 0 && part[size - 1].find_first_not_of('*') == std::string_view::npos) --size;
    return true;
  }

  bool is(std::size_t at, std::string_view lower) const {
    return at < size && text::equal_ignoring_case(part[at], lower);
  }
};

bool is_slash(char c) { return c == '/' || c == '\\'; }

/// Takes a variable off the front of a path; false if something else stands there.
bool take(std::string_view& path, std::string_view variable) {
  if (!text::starts_with_ignoring_case(path, variable)) return false;
  const std::string_view rest = path.substr(variable.size());
  if (!rest.empty() && !is_slash(rest.front())) return false;
  path = rest;
  return true;
}

/// `${NAME}`, and `${NAME:-other}` with what a shell does to the value.
bool take_braced(std::string_view& path, std::string_view name) {
  if (!path.starts_with("${") || !path.substr(2).starts_with(name)) return false;
  const std::size_t end = path.find('}');
  if (end == std::string_view::npos || text::is_letter_or_digit(path[2 + name.size()]) ||
      path[2 + name.size()] == '_') {
    return false;
  }
  const std::string_view rest = path.substr(end + 1);
  if (!rest.empty() && !is_slash(rest.front())) return false;
  path = rest;
  return true;
}

bool take_home(std::string_view& path) {
  if (path.starts_with('~')) {
    std::size_t end = 1;
    while (end < path.size() && !is_slash(path[end])) ++end;
    if (end == 2 && (path[1] == '+' || path[1] == '-')) return false;  // the shell's own folders
    path.remove_prefix(end);
    return true;
  }
  return take(path, "$home") || take(path, "$userprofile") || take(path, "$env:userprofile") ||
         take(path, "$env:home") || take(path, "%userprofile%") || take_braced(path, "HOME") ||
         take_braced(path, "USERPROFILE") || take_braced(path, "env:USERPROFILE");
}

/// How many parts of an absolute path make a home; 0 if it leads elsewhere. Of a path that ends before, all of it.
std::size_t home_of(const Parts& parts) {
  std::size_t at = 0;
  if (parts.size != 0 && parts.part[0].size() == 2 && parts.part[0][1] == ':') {
    at = 1;
  } else if (parts.is(0, "mnt") && parts.size > 1 && parts.part[1].size() == 1) {
    at = 2;
  } else if (parts.is(0, "var") && parts.is(1, "home")) {
    at = 1;
  } else if (parts.is(0, "root")) {
    return 1;
  }
  if (parts.size == at) return at;
  if (!parts.is(at, "home") && !parts.is(at, "users")) return 0;
  if (parts.is(at + 1, "shared") || parts.is(at + 1, "public")) return 0;
  return at + 2;
}

}  // namespace

HostPart host_part(std::string_view path) {
  path = text::trimmed(path);
  Parts parts;
  std::size_t home = 0;
  if (take(path, "$xdg_download_dir") || take_braced(path, "XDG_DOWNLOAD_DIR")) {
    return parts.add(path) && parts.size == 0 ? HostPart::downloads : HostPart::other;
  }
  const bool by_name = take_home(path);
  const bool drive = path.size() >= 2 && path[1] == ':' && text::is_letter_or_digit(path[0]);
  if (!by_name && !drive && !path.starts_with('/')) return HostPart::other;
  if (!parts.add(path)) return HostPart::other;
  if (!by_name) {
    home = home_of(parts);
    if (home == 0 && parts.size != 0) return HostPart::other;
  } else if (parts.above) {
    home = 1;  // beside that home lie others
  }
  if (parts.size <= home) return HostPart::home;
  return parts.size == home + 1 && parts.is(home, "downloads") ? HostPart::downloads : HostPart::other;
}

}  // namespace bearproof::rules
