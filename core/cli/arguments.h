// What was asked for on the command line. Filled in by arguments.cpp, which knows CLI11, as help.cpp does.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <variant>
#include <vector>

namespace bearproof::cli {

/// Values are as given: what they mean, and whether they mean anything, is each command's question.
struct CheckArguments {
  std::vector<std::string> paths;
  std::vector<std::vector<std::string>> given;  ///< for each of check_options() what it was given; empty: it was not
};

struct RulesArguments {
  std::string format = "text";
};

struct ExplainArguments {
  std::string rule;
  std::string color = "auto";
};

struct KindsArguments {
  std::string format = "text";
};

struct SchemaArguments {
  std::string kind;  ///< KIND or KIND/DIALECT
};

struct LintSchemaArguments {
  std::vector<std::string> files;
  std::vector<std::string> schemas;     ///< folders
  std::vector<std::string> severities;  ///< RULE=LEVEL
  bool strong = false;
  std::string fail_on = "error";
  std::string format;
  bool pretty = false;
  std::string color = "auto";
};

struct BowtieArguments {};

struct CanonArguments {
  std::string file;
};

struct DigestArguments {
  std::vector<std::string> files;
};

struct RevokeArguments {
  std::string file;
  std::string now;
  bool event = false;
};

struct HostArguments {
  std::string config;
  bool install = false;
  bool uninstall = false;
  bool doctor = false;
  std::vector<std::string> browsers;
  std::string manifest_dir;
};

struct StopSessionArguments {};

struct NarrateArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string color = "auto";
};

struct StoreArguments {
  enum class Action : std::uint8_t { verify, coalesce };
  Action action = Action::verify;
  std::string file;
  bool fail_empty = false;
  std::string previous;  ///< DIGEST:BYTES
  std::string format = "text";
  std::string color = "auto";
};

struct GraphArguments {
  std::vector<std::string> paths;
  std::string as = "text";
};

struct ReleaseArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string color = "auto";
};

struct SessionsArguments {
  std::vector<std::string> paths;
  std::string format = "table";
  std::string now;
  std::string ttl;  ///< minutes
  bool watch = false;
  std::string color = "auto";
};

struct VersionArguments {};

/// Help is text that is ready to print.
struct HelpArguments {
  std::string text;
};

using Arguments = std::variant<CheckArguments, RulesArguments, ExplainArguments, KindsArguments, SchemaArguments,
                               LintSchemaArguments, BowtieArguments, CanonArguments, DigestArguments, RevokeArguments,
                               HostArguments, StopSessionArguments, NarrateArguments, SessionsArguments, StoreArguments,
                               GraphArguments, ReleaseArguments, VersionArguments, HelpArguments>;

/// Wrong usage: what is wrong, and of which command.
struct UsageError {
  std::string message;
  std::string command;  ///< "check"; "" where it is not known
};

/// @param width  columns that help is wrapped at
std::expected<Arguments, UsageError> parse_arguments(int count, const char* const* arguments, std::size_t width);

}  // namespace bearproof::cli
