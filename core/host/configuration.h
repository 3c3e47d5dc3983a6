// Which folders are followed, where revocations are recorded, and what ends a transport.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "messages.h"

namespace bearproof::host {

struct Configuration {
  struct Folder {
    std::string path;  ///< absolute
    std::string label;
  };
  std::vector<Folder> folders;
  std::string log;                ///< where revoked receipts are appended; "": nowhere
  std::string events;             ///< where provenance events are appended; "": nowhere
  std::vector<std::string> stop;  ///< program and arguments; empty: none
  double stop_seconds = 5;        ///< above 0, at most 3600
};

/// What holds without a configuration file: the places of BearBrowser's scripts, below this user's home folder.
Configuration default_configuration();

/// Reads a configuration. Members that are absent: `folders` are BearBrowser's, `log` and `events` are none, there is
/// no `stop`, and `stopSeconds` is 5. A `~/` in front of a path is the home folder.
/// @return what is wrong: an unknown key, a wrong type, a path that is not absolute
std::expected<Configuration, std::string> parse_configuration(std::string_view text);

/// Reads the configuration file, after looking at whether somebody else may write to it or to the stop program.
/// @param path  "": the file in its place; without one the default holds
std::expected<Configuration, std::string> read_configuration(const std::string& path);

}  // namespace bearproof::host
