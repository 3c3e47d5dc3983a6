// --install, --uninstall, --doctor.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bearproof/host/host.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"

#include "browsers.h"
#include "configuration.h"
#include "embedded.h"
#include "files.h"
#include "follower.h"
#include "frame.h"
#include "journal.h"

extern char** environ;

namespace bearproof::host {
namespace {

constexpr std::string_view launcher_name = "bearproof-host";
constexpr std::string_view launcher_mark =
    "# Starts the native-messaging host of Bearproof; written by bearproof host --install.";
constexpr std::uint64_t longest_file = std::uint64_t{1} << 20;
constexpr int answer_time = 5000;  ///< milliseconds

std::string manifest_name() { return std::string(host_name) + ".json"; }

/// A word as sh takes it, whatever is in it.
std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string launcher_text(const InstallOptions& options) {
  std::string out = "#!/bin/sh\n" + std::string(launcher_mark) + "\n";
  // What a browser adds are the names of its manifest and its extension.
  out += "exec " + shell_word(options.program) + " host";
  if (!options.config.empty()) out += " --config " + shell_word(options.config);
  return out + "\n";
}

/// The folder of the launcher.
std::string launcher_folder(const InstallOptions& options) {
  if (!options.manifest_dir.empty()) return options.manifest_dir;
  std::string base = environment("XDG_DATA_HOME");
  if (!base.starts_with('/')) base = home_folder() + "/.local/share";
  return base + "/bearproof";
}

std::optional<std::string> read_text(const std::string& path) {
  struct stat info{};
  const Descriptor folder = open_folder(folder_of(path));
  const Descriptor file = folder ? open_file(folder.get(), name_of(path), info) : Descriptor();
  std::string text;
  if (!file || read_whole(file.get(), longest_file, text) != 0) return std::nullopt;
  return text;
}

/// Writes a file by a temporary one and a rename. @return an errno, or 0
int write_file(const std::string& path, std::string_view text, mode_t mode) {
  if (const int error = make_folders(folder_of(path)); error != 0) return error;
  const Descriptor folder(open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return errno;
  const std::string temporary = ".bearproof-" + std::to_string(getpid()) + "-" + std::to_string(wall_clock()) + ".tmp";
  const Descriptor file(
      openat(folder.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return errno;
  int error = write_all(file.get(), text);
  if (error == 0 && fchmod(file.get(), mode) != 0) error = errno;
  if (error == 0 && fsync(file.get()) != 0) error = errno;
  if (error == 0 && renameat(folder.get(), temporary.c_str(), folder.get(), name_of(path).c_str()) != 0) error = errno;
  if (error != 0) unlinkat(folder.get(), temporary.c_str(), 0);
  return error;
}

/// Whether a file is a manifest of this host; where its `path` leads then.
std::optional<std::string> manifest_path(const std::string& file) {
  const auto text = read_text(file);
  if (!text) return std::nullopt;
  json::Reader reader;
  const json::Document* document = reader.read(*text);
  if (document == nullptr) return std::nullopt;
  const json::Value name = document->root().find("name");
  const json::Value path = document->root().find("path");
  if (!name || !name.equals(host_name) || !path || !path.is_string()) return std::nullopt;
  std::string scratch;
  return std::string(path.string(scratch));
}

bool is_there(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

bool is_used(const Browser& browser) { return std::any_of(browser.marks.begin(), browser.marks.end(), is_there); }

/// The browsers that were asked for; of none, those that this user has used, or all.
std::optional<std::vector<Browser>> chosen(const InstallOptions& options) {
  const std::vector<Browser> known = browsers();
  std::vector<Browser> out;
  for (const std::string& name : options.browsers) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const Browser& one) { return one.name == name; });
    if (found == known.end()) {
      options.warn("there is no browser \"" + name +
                   "\": bearbrowser, firefox, librewolf, chromium and chrome are known");
      return std::nullopt;
    }
    out.push_back(*found);
  }
  if (!out.empty()) return out;
  if (!options.manifest_dir.empty()) return std::vector<Browser>{known[1]};
  for (const Browser& browser : known) {
    if (is_used(browser)) out.push_back(browser);
  }
  return out.empty() ? known : out;
}

struct Place {
  std::string file;
  Browser::Engine engine;
  std::string title;
};

/// The manifests of browsers, each once.
/// @param own_only  only each browser's own place, not those that it may share with others
std::optional<std::vector<Place>> places(const InstallOptions& options, const std::vector<Browser>& wanted,
                                         bool own_only) {
  std::vector<Place> out;
  if (!options.manifest_dir.empty()) {
    for (const Browser& browser : wanted) {
      if (browser.engine == wanted.front().engine) continue;
      options.warn("--manifest-dir: the manifests of these browsers differ; install them one by one");
      return std::nullopt;
    }
    out.push_back({options.manifest_dir + "/" + manifest_name(), wanted.front().engine, wanted.front().title});
    return out;
  }
  for (const Browser& browser : wanted) {
    for (std::size_t i = 0; i < (own_only ? 1 : browser.manifests.size()); ++i) {
      const std::string file = browser.manifests[i] + "/" + manifest_name();
      const bool again = std::any_of(out.begin(), out.end(), [&](const Place& place) { return place.file == file; });
      if (!again) out.push_back({file, browser.engine, browser.title});
    }
  }
  return out;
}

/// The options with absolute paths. @return an exit code where that fails
std::optional<int> complete(InstallOptions& options) {
  if (home_folder().empty()) {
    options.warn("there is no home folder: set HOME");
    return 3;
  }
  for (std::string* path : {&options.config, &options.manifest_dir}) {
    if (path->empty() || path->front() == '/') continue;
    char here[4096];
    if (getcwd(here, sizeof here) == nullptr) {
      options.warn(error_text(errno));
      return 3;
    }
    *path = std::string(here) + "/" + *path;
  }
  while (options.manifest_dir.size() > 1 && options.manifest_dir.ends_with('/')) options.manifest_dir.pop_back();
  return std::nullopt;
}

/// What the host behind a launcher answers to a greeting.
/// @return what is wrong, or nothing
std::optional<std::string> no_answer(const std::string& launcher) {
  int in[2];
  int out[2];
  if (pipe(in) != 0) return error_text(errno);
  Descriptor in_read(in[0]);
  Descriptor in_write(in[1]);
  if (pipe(out) != 0) return error_text(errno);
  Descriptor out_read(out[0]);
  Descriptor out_write(out[1]);
  for (const int end : {in[0], in[1], out[0], out[1]}) fcntl(end, F_SETFD, FD_CLOEXEC);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in_read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out_write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string program = launcher;
  char* arguments[] = {program.data(), nullptr};
  pid_t process = -1;
  const int error = posix_spawn(&process, launcher.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return "it does not start: " + error_text(error);
  in_read.close();
  out_write.close();
  write_all(in_write.get(), frame_of(R"({"type":"hello","version":1,"client":"bearproof host --doctor"})"));

  FrameReader reader;
  std::optional<std::string> first;
  const std::int64_t latest = steady_clock() + answer_time;
  while (!first && steady_clock() < latest) {
    pollfd waited{out_read.get(), POLLIN, 0};
    if (poll(&waited, 1, static_cast<int>(std::max<std::int64_t>(0, latest - steady_clock()))) <= 0) continue;
    char bytes[4096];
    const ssize_t got = read(out_read.get(), bytes, sizeof bytes);
    if (got <= 0) break;
    reader.feed({bytes, static_cast<std::size_t>(got)});
    if (auto frame = reader.next()) first = std::move(frame->bytes);
  }
  in_write.close();
  out_read.close();
  // At the end of its input it ends by itself; what is no host may not.
  int status = 0;
  for (const std::int64_t end = steady_clock() + 2000; waitpid(process, &status, WNOHANG) == 0;) {
    if (steady_clock() >= end) {
      kill(process, SIGKILL);
      waitpid(process, &status, 0);
      break;
    }
    poll(nullptr, 0, 10);
  }
  if (!first) return "it does not answer";
  json::Reader json_reader;
  const json::Document* document = json_reader.read(*first);
  const json::Value type = document == nullptr ? json::Value() : document->root().find("type");
  if (type && type.equals("welcome")) return std::nullopt;
  const json::Value message = type && type.equals("error") ? document->root().find("message") : json::Value();
  std::string scratch;
  if (message && message.is_string()) return "it refuses: " + std::string(message.string(scratch));
  return "what it answers is no welcome";
}

}  // namespace

int install(const InstallOptions& given) {
  InstallOptions options = given;
  if (const auto code = complete(options)) return *code;
  const auto wanted = chosen(options);
  if (!wanted) return 2;
  const auto manifests = places(options, *wanted, false);
  if (!manifests) return 2;
  if (options.program.empty()) {
    options.warn("the system does not tell where this program is");
    return 3;
  }
  if (!options.config.empty()) {
    if (const auto configuration = read_configuration(options.config); !configuration) {
      options.warn(configuration.error());
      return 2;
    }
  }
  if (const auto problem = unsafe_file(options.program)) options.warn(options.program + ": " + *problem);
  const std::string launcher = launcher_folder(options) + "/" + std::string(launcher_name);
  if (!is_utf8(launcher)) {
    options.warn("the launcher's path is not UTF-8, which a manifest cannot say");
    return 3;
  }
  if (const int error = write_file(launcher, launcher_text(options), 0755); error != 0) {
    options.warn(launcher + ": " + error_text(error));
    return 3;
  }
  options.print("launcher: " + launcher);
  int code = 0;
  for (const Place& place : *manifests) {
    if (const int error = write_file(place.file, manifest_for(place.engine, launcher), 0644); error != 0) {
      options.warn(place.file + ": " + error_text(error));
      code = 3;
      continue;
    }
    options.print(place.title + ": " + place.file);
  }
  options.print("\"bearproof host --doctor\" tells whether it works.");
  return code;
}

int uninstall(const InstallOptions& given) {
  InstallOptions options = given;
  if (const auto code = complete(options)) return *code;
  const bool everything = options.browsers.empty();
  std::vector<Browser> wanted = browsers();
  if (!everything || !options.manifest_dir.empty()) {
    const auto some = chosen(options);
    if (!some) return 2;
    wanted = *some;
  }
  const auto manifests = places(options, wanted, !everything);
  if (!manifests) return 2;
  int code = 0;
  const auto remove = [&](const std::string& file) {
    if (unlink(file.c_str()) == 0) {
      options.print("removed " + file);
    } else {
      options.warn(file + ": " + error_text(errno));
      code = 3;
    }
  };
  for (const Place& place : *manifests) {
    if (manifest_path(place.file)) remove(place.file);
  }
  // The launcher serves all browsers: it goes with the last manifest.
  bool is_needed = false;
  for (const Browser& browser : browsers()) {
    for (const std::string& folder : browser.manifests) {
      is_needed = is_needed || manifest_path(folder + "/" + manifest_name()).has_value();
    }
  }
  const std::string launcher = launcher_folder(options) + "/" + std::string(launcher_name);
  if (!is_needed || !options.manifest_dir.empty()) {
    const auto text = read_text(launcher);
    if (text && text->find(launcher_mark) != std::string::npos) remove(launcher);
  }
  return code;
}

int doctor(const InstallOptions& given) {
  InstallOptions options = given;
  if (const auto code = complete(options)) return *code;
  const auto wanted = chosen(options);
  if (!wanted) return 2;
  const auto manifests = places(options, *wanted, false);
  if (!manifests) return 2;
  bool is_well = true;
  const auto bad = [&](const std::string& text) {
    options.print("  ✗ " + text);
    is_well = false;
  };
  const auto good = [&](const std::string& text) { options.print("  ✓ " + text); };
  const auto note = [&](const std::string& text) { options.print("  - " + text); };

  options.print("Configuration");
  const auto configuration = read_configuration(options.config);
  if (!configuration) {
    bad(configuration.error());
  } else {
    const std::string file = options.config.empty() ? configuration_path() : options.config;
    note(is_there(file) ? file : "none at " + file + ": BearBrowser's places");
    for (const Configuration::Folder& folder : configuration->folders) {
      const Descriptor opened = open_folder(folder.path);
      if (!opened) {
        note(Follower::source_of(folder.path) + ": " + error_text(errno));
      } else if (const auto problem = unsafe_folder(opened.get(), folder.path)) {
        note(Follower::source_of(folder.path) + ": followed, never written to: " + *problem);
      } else {
        good(Follower::source_of(folder.path));
      }
    }
    note(configuration->log.empty() ? "no log: revocations are recorded in the receipts' files alone"
                                    : "log: " + Follower::source_of(configuration->log));
    note(configuration->events.empty() ? "no event log" : "events: " + Follower::source_of(configuration->events));
    if (configuration->stop.empty()) {
      std::string program;
      json::append_string(program, is_utf8(options.program) ? options.program : std::string("/path/to/bearproof"));
      note("no stop command: a revocation is recorded, and ends nothing. For BearBrowser's wrapper on Linux, " +
           std::string(is_there(file) ? "add the last line to " : "write into ") + Follower::source_of(file) + ":");
      const Configuration known = default_configuration();
      std::string text = "      { ";
      if (!is_there(file)) {
        text += "\"log\": ";
        json::append_string(text, Follower::source_of(known.log));
        text += ",\n        \"events\": ";
        json::append_string(text, Follower::source_of(known.events));
        text += ",\n        ";
      }
      options.print(text + "\"stop\": [" + program + ", \"stop-session\"] }");
    } else {
      good("stop command: " + Follower::source_of(configuration->stop.front()));
    }
  }
  if (const auto state = StateFolder::open()) {
    good("state: " + Follower::source_of(state_folder()));
  } else {
    bad(state.error());
  }

  std::set<std::string> launchers;
  for (const Browser& browser : *wanted) {
    options.print(browser.title);
    bool is_installed = false;
    for (const Place& place : *manifests) {
      const std::string folder = folder_of(place.file);
      const bool is_of_it =
          !options.manifest_dir.empty() ||
          std::find(browser.manifests.begin(), browser.manifests.end(), folder) != browser.manifests.end();
      if (!is_of_it) continue;
      const auto path = manifest_path(place.file);
      if (!path) continue;
      is_installed = true;
      if (read_text(place.file) == manifest_for(browser.engine, *path)) {
        good("manifest: " + place.file);
      } else {
        bad("manifest: " + place.file + ": it was written for another extension or version; install again");
      }
      launchers.insert(*path);
    }
    if (!is_installed) bad("no manifest: bearproof host --install --browser " + browser.name);
    for (const std::string& confined : browser.confined) {
      if (!is_there(confined)) continue;
      note(confined +
           ": a snap or flatpak of it cannot start programs outside by itself. It needs the portal for native " +
           "messaging (xdg-desktop-portal with its WebExtensions part), or an installation outside the sandbox.");
    }
    if (browser.name != "bearbrowser") continue;
    note("BearBrowser's policies have to name the extension (distribution/policies.json):");
    options.print("      \"ExtensionSettings\": { \"" + std::string(gecko_extension_id) +
                  "\": { \"installation_mode\": \"force_installed\",");
    options.print("        \"install_url\": \"file:///…/" + std::string(gecko_extension_id) +
                  ".xpi\", \"private_browsing\": true } }");
    note(
        "its extension registry (settings/extensions/registry.json) needs no entry for what is force_installed; else:");
    options.print("      { \"id\": \"" + std::string(gecko_extension_id) +
                  "\", \"name\": \"Bearproof\", \"disposition\": \"allowlist\",");
    options.print(
        "        \"allowlist_tier\": \"manual-unseal\", \"rationale\": \"shows and ends automation sessions\" }");
    note("its contract (policy/bearbrowser-contract.yaml) has to allow the host in each profile:");
    options.print("      nativeMessaging: { allowedHosts: [" + std::string(host_name) + "] }");
  }

  options.print("Host");
  if (launchers.empty()) bad("nothing to start");
  for (const std::string& launcher : launchers) {
    if (access(launcher.c_str(), X_OK) != 0) {
      bad(launcher + ": " + error_text(errno));
    } else if (const auto problem = no_answer(launcher)) {
      bad(launcher + ": " + *problem);
    } else {
      good(launcher + ": it starts and answers");
    }
  }
  return is_well ? 0 : 1;
}

}  // namespace bearproof::host
