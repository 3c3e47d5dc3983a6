#include "secret_path.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "bearproof/text/ascii.h"

namespace bearproof::rules {
namespace {

// Below a home, in small letters.
constexpr std::string_view places[] = {
    "~/.ssh",
    "~/.gnupg",
    "~/library/keychains",
    "~/.aws",
    "~/.config/gcloud",
    "~/.azure",
    "~/.kube",
    "~/.docker",
    "~/.npmrc",
    "~/.pypirc",
    "~/.netrc",
    "~/.git-credentials",
    "~/.mozilla",
    "~/.config/google-chrome",
    "~/.config/chromium",
    "~/library/application support/google/chrome",
    "~/library/application support/firefox",
    "~/appdata/local/google/chrome",
    "~/appdata/roaming/mozilla",
};

constexpr std::string_view key_files[] = {"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk"};

/// Whether `inner` is `outer` or lies below it.
bool is_within(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

void add_part(std::string& path, std::string_view part) {
  if (part.empty() || part == ".") return;
  if (part == "..") {
    path.resize(path.empty() ? 0 : path.rfind('/'));
    return;
  }
  path += '/';
  path += text::lower_case(part);
}

/// A home at the start, without the slash after it; 0 if there is none.
std::size_t home_at_start(std::string_view path) {
  if (path.starts_with("/~")) return std::min(path.find('/', 1), path.size());
  for (const std::string_view home : {"/$home", "/${home}", "/%userprofile%", "/$env:userprofile", "/root"}) {
    if (is_within(path, home)) return home.size();
  }
  // …/home/name, …/users/name, behind a drive or a mount of one
  for (const std::string_view folder : {"/home/", "/users/"}) {
    const std::size_t at = path.find(folder);
    if (at != 0 && at != 3 && at != 4 && at != 6) continue;
    const std::size_t end = path.find('/', at + folder.size());
    return end == std::string_view::npos ? path.size() : end;
  }
  return 0;
}

bool is_public(std::string_view name) {
  for (const std::string_view word : {"cert", "chain", "bundle", "ca-", "ca.", "pub"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::string_view secret_place(std::string_view path) {
  path = text::trimmed(path);
  if (path.starts_with("file://")) path.remove_prefix(7);
  std::string whole;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    add_part(whole, path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (whole.starts_with("/$ssh_auth_sock") || whole.starts_with("/${ssh_auth_sock")) return "$SSH_AUTH_SOCK";
  if (whole == "/etc/shadow") return "/etc/shadow";
  if (const std::size_t home = home_at_start(whole); home != 0) {
    const std::string below = "~" + whole.substr(home);
    if (below.size() > 1) {
      for (const std::string_view place : places) {
        if (is_within(below, place) || is_within(place, below)) return place;
      }
    }
  }
  const std::string_view name = std::string_view(whole).substr(whole.empty() ? 0 : whole.rfind('/') + 1);
  if (name == ".env") return ".env";
  for (const std::string_view file : key_files) {
    if (name == file) return "a private key";
  }
  if (name.ends_with(".pem") && !is_public(name)) return "a private key";
  return "";
}

}  // namespace bearproof::rules
