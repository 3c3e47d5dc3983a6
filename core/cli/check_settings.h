// What `check` was asked to do, understood.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/finding/severity.h"
#include "bearproof/validator/options.h"

#include "arguments.h"
#include "baseline.h"

namespace bearproof::cli {

struct CheckSettings {
  CheckOptions documents;  ///< for files with one document
  CheckOptions lines;      ///< for NDJSON: the same, but for the level where none was asked for
  bool level_given = false;
  Severity fail_on = Severity::error;
  std::string format;                                        ///< of standard output
  std::vector<std::pair<std::string, std::string>> outputs;  ///< format, file
  bool collection = true;                                    ///< rules that need several documents run
  bool collection_asked = false;                             ///< even for one document
  std::optional<Baseline> baseline;                          ///< findings that are known
  bool color = false;
  std::uint32_t jobs = 1;
  bool second_engine = false;
  bool without_formats = false;  ///< of kinds
};

/// @return what is wrong with the arguments, naming the option
std::expected<CheckSettings, std::string> understand(const CheckArguments& arguments, const World& world);

/// @param when  "auto", "always" or "never"
std::expected<bool, std::string> wants_color(const std::string& when, const World& world);

/// What --ttl asks for. @param given  as on the command line; "" leaves the options as they are
/// @return what is wrong with it
std::optional<std::string> read_ttl(const std::string& given, CheckOptions& options);

}  // namespace bearproof::cli
