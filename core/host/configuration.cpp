#include "configuration.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <optional>

#include <unistd.h>

#include "bearproof/contract/quote.h"
#include "bearproof/json/decimal.h"
#include "bearproof/json/reader.h"

#include "files.h"

namespace bearproof::host {
namespace {

constexpr std::uint64_t longest_configuration = std::uint64_t{1} << 20;
constexpr std::size_t most_folders = 64;  ///< with the longest paths they still fit a message
constexpr std::size_t most_arguments = 100;
constexpr std::size_t longest_label = 200;  ///< bytes; so many code points at most
constexpr std::size_t longest_path = 4096;

using json::Value;

std::string text_of(Value value) {
  std::string scratch;
  return std::string(value.string(scratch));
}

/// A path as the configuration writes it, made absolute; nothing where it cannot be.
std::optional<std::string> path_of(Value value) {
  if (!value.is_string()) return std::nullopt;
  std::string path = text_of(value);
  if (path.starts_with("~/")) path = home_folder() + path.substr(1);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (!path.starts_with('/') || path.size() > longest_path || path.find('\0') != std::string::npos) return std::nullopt;
  return path;
}

std::optional<std::string> read_folders(Value list, Configuration& out) {
  if (!list.is_array() || list.size() > most_folders) return "folders: expected a list of at most 64 folders";
  for (const Value item : list.items()) {
    Configuration::Folder folder;
    if (!item.is_object()) return "folders: expected objects with path and label";
    for (const json::Member member : item.members()) {
      if (member.key.equals("path")) {
        auto path = path_of(member.value);
        if (!path) return "folders: path: expected an absolute path";
        folder.path = std::move(*path);
      } else if (member.key.equals("label") && member.value.is_string()) {
        folder.label = text_of(member.value);
        if (folder.label.size() > longest_label) return "folders: label: expected at most 200 bytes";
      } else {
        return "folders: " + contract::quoted(member.key) + " is not known, or not of its type";
      }
    }
    if (folder.path.empty()) return "folders: a folder has no path";
    out.folders.push_back(std::move(folder));
  }
  return std::nullopt;
}

std::optional<std::string> read_stop(Value list, Configuration& out) {
  if (!list.is_array() || list.size() == 0 || list.size() > most_arguments) {
    return "stop: expected a list of a program and at most 99 arguments";
  }
  for (const Value item : list.items()) {
    if (!item.is_string()) return "stop: expected text";
    out.stop.push_back(text_of(item));
    if (out.stop.back().find('\0') != std::string::npos) return "stop: a zero byte";
  }
  auto program = path_of(*list.items().begin());
  if (!program) return "stop: expected the absolute path of a program first";
  out.stop.front() = std::move(*program);
  return std::nullopt;
}

}  // namespace

Configuration default_configuration() {
  Configuration out;
  const std::string home = home_folder();
  // BearBrowser's scripts write to this place on every system; only its policy engine looks at the platform.
  const std::string support = home + "/Library/Application Support/BearBrowser";
  out.folders = {{support + "/receipts", "BearBrowser receipts"},
                 {support + "/provenance", "BearBrowser provenance"},
                 {support + "/policy", "BearBrowser policy"}};
#ifndef __APPLE__
  std::string state = environment("XDG_STATE_HOME");
  if (!state.starts_with('/')) state = home + "/.local/state";
  out.folders.push_back({state + "/bearbrowser/policy", "BearBrowser policy engine"});
#endif
  std::string smoke = environment("BEARBROWSER_PROVENANCE_PATH");
  if (!smoke.starts_with('/')) {
    std::string temporary = environment("TMPDIR");
    if (!temporary.starts_with('/')) temporary = "/tmp";
    smoke = temporary + "/bearbrowser-provenance";
  }
  out.folders.push_back({smoke, "BearBrowser Playwright runs"});
  out.log = support + "/receipts/receipts.jsonl";
  out.events = support + "/provenance/events.jsonl";
  return out;
}

std::expected<Configuration, std::string> parse_configuration(std::string_view text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  if (document == nullptr) return std::unexpected("it is no JSON text: " + reader.fault().message);
  if (!document->root().is_object()) return std::unexpected("it is no object");
  if (document->has_duplicates) return std::unexpected("it has a key twice");
  Configuration out;
  bool has_folders = false;
  for (const json::Member member : document->root().members()) {
    std::optional<std::string> problem;
    if (member.key.equals("folders")) {
      has_folders = true;
      problem = read_folders(member.value, out);
    } else if (member.key.equals("log") || member.key.equals("events")) {
      auto path = path_of(member.value);
      if (!path || *path == "/") return std::unexpected(contract::quoted(member.key) + ": expected an absolute path");
      (member.key.equals("log") ? out.log : out.events) = std::move(*path);
    } else if (member.key.equals("stop")) {
      problem = read_stop(member.value, out);
    } else if (member.key.equals("stopSeconds")) {
      const double seconds = member.value.is_number() ? json::nearest_double(member.value.raw()) : 0;
      if (!(seconds >= 0.1 && seconds <= 3600)) {
        problem = "stopSeconds: expected a number of seconds from 0.1 to 3600";
      }
      out.stop_seconds = seconds;
    } else if (!member.key.equals("$schema")) {
      problem = contract::quoted(member.key) + " is not known";
    }
    if (problem) return std::unexpected(*problem);
  }
  if (!has_folders) out.folders = default_configuration().folders;
  return out;
}

std::expected<Configuration, std::string> read_configuration(const std::string& path) {
  std::string file = path.empty() ? configuration_path() : path;
  if (path.empty() && (file.empty() || access(file.c_str(), F_OK) != 0)) {
    if (home_folder().empty()) return std::unexpected("there is no home folder: set HOME, or name a configuration");
    return default_configuration();
  }
  if (!file.starts_with('/')) {
    char* absolute = realpath(file.c_str(), nullptr);
    if (absolute == nullptr) return std::unexpected(file + ": " + error_text(errno));
    file = absolute;
    std::free(absolute);
  }
  if (const auto problem = unsafe_file(file)) return std::unexpected(file + ": refused: " + *problem);
  struct stat info{};
  const Descriptor folder = open_folder(folder_of(file));
  const Descriptor opened = folder ? open_file(folder.get(), name_of(file), info) : Descriptor();
  if (!opened) return std::unexpected(file + ": " + error_text(errno));
  std::string text;
  if (const int error = read_whole(opened.get(), longest_configuration, text); error != 0) {
    return std::unexpected(file + ": " + error_text(error));
  }
  auto configuration = parse_configuration(text);
  if (!configuration) return std::unexpected(file + ": " + configuration.error());
  if (!configuration->stop.empty()) {
    const std::string& program = configuration->stop.front();
    if (const auto problem = unsafe_file(program)) {
      return std::unexpected(file + ": stop: " + program + ": refused: " + *problem);
    }
    if (access(program.c_str(), X_OK) != 0)
      return std::unexpected(file + ": stop: " + program + ": cannot be executed");
  }
  return configuration;
}

}  // namespace bearproof::host
