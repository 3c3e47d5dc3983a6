#include "browsers.h"

#include "bearproof/host/host.h"
#include "bearproof/json/canonical.h"
#include "bearproof/text/ascii.h"

#include "embedded.h"
#include "files.h"

namespace bearproof::host {

std::string chromium_extension_id(std::string_view key) {
  const std::string digest = json::sha256_text(from_base64(key).value_or(""));
  std::string id;
  for (const char digit : std::string_view(digest).substr(std::string_view("sha256:").size(), 32)) {
    id += static_cast<char>('a' + text::hex_value(digit));
  }
  return id;
}

std::vector<Browser> browsers() {
  const std::string home = home_folder();
  const std::string apps = home + "/.var/app/";
#ifdef __APPLE__
  // Not tried.
  const std::string support = home + "/Library/Application Support/";
  const auto gecko = [&](const char* folder) { return support + folder + "/NativeMessagingHosts"; };
  const std::string bear = support + "BearBrowser";
  const std::string firefox = support + "Mozilla";
  const std::string firefox_mark = support + "Firefox";
  const std::string librewolf = support + "LibreWolf";
  const std::string chromium_folder = support + "Chromium";
  const std::string chrome_folder = support + "Google/Chrome";
  const std::string bear_hosts = gecko("BearBrowser");
  const std::string firefox_hosts = gecko("Mozilla");
  const std::string librewolf_hosts = gecko("LibreWolf");
#else
  std::string config = environment("XDG_CONFIG_HOME");
  if (!config.starts_with('/')) config = home + "/.config";
  const std::string bear = home + "/.bearbrowser";
  const std::string firefox = home + "/.mozilla";
  const std::string firefox_mark = config + "/mozilla";
  const std::string librewolf = home + "/.librewolf";
  const std::string chromium_folder = config + "/chromium";
  const std::string chrome_folder = config + "/google-chrome";
  const std::string bear_hosts = bear + "/native-messaging-hosts";
  const std::string firefox_hosts = firefox + "/native-messaging-hosts";
  const std::string librewolf_hosts = librewolf + "/native-messaging-hosts";
#endif
  return {
      // Builds from LibreWolf's sources may look in its place, or in Firefox's.
      {"bearbrowser",
       "BearBrowser",
       Browser::Engine::gecko,
       {bear},
       {bear_hosts, librewolf_hosts, firefox_hosts},
       {"/snap/bin/bearbrowser", apps + "ai.sourceos.BearBrowser", apps + "dev.sourceos.BearBrowser"}},
      {"firefox",
       "Firefox",
       Browser::Engine::gecko,
       {firefox, firefox_mark},
       {firefox_hosts},
       {"/snap/bin/firefox", apps + "org.mozilla.firefox"}},
      {"librewolf",
       "LibreWolf",
       Browser::Engine::gecko,
       {librewolf},
       {librewolf_hosts},
       {apps + "io.gitlab.librewolf-community"}},
      {"chromium",
       "Chromium",
       Browser::Engine::chromium,
       {chromium_folder},
       {chromium_folder + "/NativeMessagingHosts"},
       {"/snap/bin/chromium", apps + "org.chromium.Chromium"}},
      {"chrome",
       "Chrome",
       Browser::Engine::chromium,
       {chrome_folder},
       {chrome_folder + "/NativeMessagingHosts"},
       {apps + "com.google.Chrome"}},
  };
}

std::string manifest_for(Browser::Engine engine, std::string_view launcher) {
  std::string out = "{\n  \"name\": ";
  json::append_string(out, host_name);
  out += ",\n  \"description\": \"Bearproof: automation sessions, shown and revoked\",\n  \"path\": ";
  json::append_string(out, launcher);
  out += ",\n  \"type\": \"stdio\",\n";
  if (engine == Browser::Engine::gecko) {
    out += "  \"allowed_extensions\": [";
    json::append_string(out, gecko_extension_id);
  } else {
    out += "  \"allowed_origins\": [";
    json::append_string(out, "chrome-extension://" + chromium_extension_id(extension_key()) + "/");
  }
  return out + "]\n}\n";
}

}  // namespace bearproof::host
