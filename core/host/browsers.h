// Where browsers look for native-messaging hosts, and what they ask of a manifest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bearproof::host {

/// The host's name, as extensions connect to it.
inline constexpr std::string_view host_name = "org.bearproof.host";
/// The extension's id in Firefox and its relatives.
inline constexpr std::string_view gecko_extension_id = "bearproof@bearbrowser.local";

struct Browser {
  enum class Engine { gecko, chromium };
  std::string name;   ///< "firefox", for --browser
  std::string title;  ///< "Firefox"
  Engine engine = Engine::gecko;
  std::vector<std::string> marks;      ///< a folder of these is there: this user has used the browser
  std::vector<std::string> manifests;  ///< folders of manifests; the first is its own
  std::vector<std::string> confined;   ///< a file of these is there: it is a snap or flatpak
};

/// The browsers that are known, with places of this user on this system.
std::vector<Browser> browsers();

/// A manifest for browsers of an engine. @param launcher  absolute path of what they start
std::string manifest_for(Browser::Engine engine, std::string_view launcher);

}  // namespace bearproof::host
