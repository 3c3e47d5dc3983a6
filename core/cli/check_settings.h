// What `check` was asked to do, understood.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/finding/severity.h"
#include "bearproof/validator/options.h"

#include "arguments.h"
#include "baseline.h"

namespace bearproof::cli {

/// Each field is what an option says (check_options.cpp), or follows from several.
struct CheckSettings {
  CheckOptions documents;  ///< for files with one document
  CheckOptions lines;      ///< for NDJSON: the same, but for the level where none was asked for
  bool level_given = false;
  Severity fail_on = Severity::error;
  std::string format = "text";                               ///< of standard output
  std::vector<std::pair<std::string, std::string>> outputs;  ///< format, file
  bool pretty = false;
  bool statistics = false;
  bool quiet = false;
  bool collection = true;         ///< rules that need several documents run
  bool collection_asked = false;  ///< even for one document
  bool no_collection = false;
  std::string schema;  ///< a file, or a URI that `schemas` registers; "": each document's kind has its own
  std::vector<std::string> schemas;  ///< folders
  bool assert_format = false;
  bool no_assert_format = false;
  std::string baseline_file;
  bool update_baseline = false;
  std::optional<Baseline> baseline;  ///< findings that are known
  std::string color_when = "auto";
  bool color = false;  ///< on standard output
  std::string stdin_name;
  std::uint32_t jobs = 0;  ///< threads; 0: was not said
  bool second_engine = false;
};

/// @return what is wrong with the arguments, naming the option
std::expected<CheckSettings, std::string> understand(const CheckArguments& arguments, const World& world);

/// @return what is wrong where the word is none of those, naming the option
std::optional<std::string> not_one_of(std::string_view option, std::string_view word,
                                      std::span<const std::string_view> words);

/// @param when  "auto", "always" or "never"
std::expected<bool, std::string> wants_color(const std::string& when, const World& world);

/// What --ttl asks for. @param given  as on the command line; "" leaves the options as they are
/// @return what is wrong with it
std::optional<std::string> read_ttl(const std::string& given, CheckOptions& options);

}  // namespace bearproof::cli
