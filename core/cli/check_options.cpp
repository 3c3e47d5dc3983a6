#include "check_options.h"

#include <array>
#include <charconv>
#include <vector>

#include "renderer.h"
#include "second_engine.h"

namespace bearproof::cli {
namespace {

constexpr std::uint32_t most_jobs = 256;
constexpr std::array<std::string_view, 2> failing = {"error", "warning"};
constexpr std::array<std::string_view, 2> engines = {"bearproof", "valijson"};

Problem in_option(std::string_view option, Problem problem) {
  if (!problem) return std::nullopt;
  return std::string(option) + ": " + *problem;
}

/// The whole of a text as a number; nothing where it is none.
std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// NAME=VALUE in two; nothing where a part is missing.
std::optional<std::pair<std::string, std::string>> halves(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) return std::nullopt;
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

// An empty value, as an unset variable of a script leaves it, counts as none given where there is no default word.

Problem read_level(CheckSettings& settings, Values values, const World&) {
  if (values.back().empty()) return std::nullopt;
  settings.level_given = true;
  return in_option("--level", set_level(settings.documents, values.back()));
}

Problem read_mode(CheckSettings& settings, Values values, const World&) {
  return in_option("--mode", set_mode(settings.documents, values.back()));
}

Problem read_severities(CheckSettings& settings, Values values, const World&) {
  for (const std::string& given : values) {
    const auto parts = halves(given);
    if (!parts) return "--severity: expected RULE=LEVEL, found \"" + given + "\"";
    if (Problem problem = set_severity(settings.documents, parts->first, parts->second)) {
      return in_option("--severity", problem);
    }
  }
  return std::nullopt;
}

Problem read_now(CheckSettings& settings, Values values, const World& world) {
  if (values.back().empty()) return std::nullopt;
  const bool is_clock = values.back() == "system" && world.now != nullptr;
  return in_option("--now", set_now(settings.documents, is_clock ? world.now() : values.back()));
}

Problem read_lifetime(CheckSettings& settings, Values values, const World&) {
  return in_option("--ttl", read_ttl(values.back(), settings.documents));
}

Problem read_limits(CheckSettings& settings, Values values, const World&) {
  for (const std::string& given : values) {
    const auto parts = halves(given);
    const auto value = parts ? number(parts->second) : std::nullopt;
    if (!value) return "--limits: expected NAME=N with a whole number, found \"" + given + "\"";
    if (Problem problem = set_limit(settings.documents, parts->first, *value)) return in_option("--limits", problem);
  }
  return std::nullopt;
}

Problem read_engine(CheckSettings& settings, Values values, const World&) {
  if (Problem problem = not_one_of("--engine", values.back(), engines)) return problem;
  settings.second_engine = values.back() == "valijson";
  if (settings.second_engine && make_second_engine() == nullptr) return "--engine: this build has no valijson";
  return std::nullopt;
}

Problem read_fail_on(CheckSettings& settings, Values values, const World&) {
  if (Problem problem = not_one_of("--fail-on", values.back(), failing)) return problem;
  settings.fail_on = *severity_from(values.back());
  return std::nullopt;
}

Problem no_format(std::string_view option, std::string_view word) {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) names.push_back(format.name);
  return not_one_of(option, word, names);
}

Problem read_format(CheckSettings& settings, Values values, const World&) {
  if (values.back().empty()) return std::nullopt;
  settings.format = values.back();
  return no_format("--format", settings.format);
}

Problem read_outputs(CheckSettings& settings, Values values, const World&) {
  for (const std::string& given : values) {
    auto parts = halves(given);
    if (!parts) return "--output: expected FORMAT=FILE, found \"" + given + "\"";
    if (Problem problem = no_format("--output", parts->first)) return problem;
    settings.outputs.push_back(std::move(*parts));
  }
  return std::nullopt;
}

Problem read_jobs(CheckSettings& settings, Values values, const World&) {
  const auto jobs = number(values.back());
  if (!jobs) return "--jobs: expected a whole number, found \"" + values.back() + "\"";
  if (*jobs > most_jobs) return "--jobs: at most " + std::to_string(most_jobs);
  settings.jobs = static_cast<std::uint32_t>(*jobs);
  return std::nullopt;
}

/// "text (default), json (one report), … or x"
std::string format_list() {
  std::string list;
  const std::span<const Format> all = formats();
  for (const Format& format : all) {
    if (!list.empty()) list += &format == &all.back() ? " or " : ", ";
    list += format.name;
    if (!format.note.empty()) list.append(" (").append(format.note).append(")");
  }
  return list;
}

constexpr const char* findings = "What is found";
constexpr const char* schemas = "Schema options";
constexpr const char* printed = "What is printed";
constexpr const char* input = "Input and threads";

using Settings = CheckSettings;

std::vector<Option<Settings>> declared() {
  return {
      {"--level", findings, "LEVEL",
       "List findings from this severity up: error, warning, notice or info (default: info, for NDJSON warning)",
       "level", read_level},
      {"--mode", findings, "MODE", "default; strict: unknown kinds are errors; release: release gates are errors",
       "mode", read_mode},
      {.names = "--severity",
       .group = findings,
       .value = "RULE=LEVEL",
       .help = "Give a rule another severity, or turn it off; may be repeated",
       .key = "severities",
       .read = read_severities,
       .repeats = true},
      {"--now", findings, "TIME", "The present for rules about time: RFC 3339, or \"system\" for this machine's clock",
       "now", read_now},
      {"--ttl", findings, "MINUTES",
       "How long a session may be active, where --now is given: 1 to 525600 (default: 120)", "ttlMinutes",
       read_lifetime},
      {.names = "--collection",
       .group = findings,
       .value = "",
       .help = "Look for what only several documents show together (default where there are two or more, but not with "
               "--format ndjson)",
       .key = "collection",
       .read = turn_on<&Settings::collection_asked>,
       .excludes = "--no-collection"},
      {"--no-collection", findings, "", "Look at each document by itself", "", turn_on<&Settings::no_collection>},
      {.names = "--limits",
       .group = findings,
       .value = "NAME=N",
       .help = "Lower a limit; may be repeated",
       .key = "limits",
       .read = read_limits,
       .repeats = true},
      {"--schema", schemas, "FILE",
       "Validate against this JSON Schema (draft 2020-12) alone, whatever the document's kind; a URI where --schemas "
       "registers it",
       "schema", keep<&Settings::schema>},
      {.names = "--schemas",
       .group = schemas,
       .value = "DIR",
       .help = "Register every schema below a folder, by $id and by path, for references; may be repeated",
       .key = "schemas",
       .read = keep_all<&Settings::schemas>,
       .repeats = true},
      {"--assert-format", schemas, "", "With --schema, treat `format` as an assertion (default: an annotation)",
       "assertFormat", turn_on<&Settings::assert_format>},
      {"--no-assert-format", schemas, "",
       "In the schemas of kinds, treat `format` as an annotation (default: they assert)", "",
       turn_on<&Settings::no_assert_format>},
      {"--engine", findings, "ENGINE", "Which engine evaluates schemas: bearproof or valijson", "", read_engine},
      {"--baseline", findings, "FILE", "Leave out the findings that this file lists: they are known", "baseline",
       keep<&Settings::baseline_file>},
      {.names = "--update-baseline",
       .group = findings,
       .value = "",
       .help = "Write what is found to that file instead of printing it",
       .key = "",
       .read = turn_on<&Settings::update_baseline>,
       .needs = "--baseline"},
      {"--fail-on", findings, "LEVEL", "Exit with 1 from this severity up: error (default) or warning", "failOn",
       read_fail_on},
      {"--format", printed, "FORMAT", "What to print: " + format_list(), "format", read_format},
      {.names = "-o,--output",
       .group = printed,
       .value = "FORMAT=FILE",
       .help = "Write a report to a file as well; may be repeated",
       .key = "outputs",
       .read = read_outputs,
       .repeats = true},
      {"--pretty", printed, "", "Indent JSON reports", "pretty", turn_on<&Settings::pretty>},
      {"--digest", printed, "", "Add each document's SHA-256 to reports", "digest",
       [](Settings& settings, Values, const World&) -> Problem {
         settings.documents.digest = true;
         return std::nullopt;
       }},
      {"--statistics", printed, "", "Count findings by rule, and the time taken, on standard error", "statistics",
       turn_on<&Settings::statistics>},
      {"-q,--quiet", printed, "", "Print only documents with findings, and no summary", "quiet",
       turn_on<&Settings::quiet>},
      {"--color", printed, "WHEN", "auto (default), always or never", "", keep<&Settings::color_when>},
      {"--stdin-name", input, "NAME", "What to call standard input; NAME.ndjson has it read as NDJSON", "",
       keep<&Settings::stdin_name>},
      {"--jobs", input, "N", "Documents checked at once (default: one per processor)", "jobs", read_jobs},
  };
}

}  // namespace

std::span<const Option<CheckSettings>> check_options() {
  static const std::vector<Option<CheckSettings>> options = declared();
  return options;
}

void give(CheckArguments& arguments, std::string_view name, Values values) {
  const auto options = check_options();
  arguments.given.resize(options.size());
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].name() == name) arguments.given[i].assign(values.begin(), values.end());
  }
}

}  // namespace bearproof::cli
