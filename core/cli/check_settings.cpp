#include "check_settings.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <thread>

#include "bearproof/validator/nearest.h"

#include "second_engine.h"

namespace bearproof::cli {
namespace {

constexpr std::uint32_t most_jobs = 256;
constexpr std::array<std::string_view, 9> formats = {"text",  "json",     "ndjson",      "sarif",       "github",
                                                     "junit", "markdown", "schema-flag", "schema-basic"};
constexpr std::array<std::string_view, 2> failing = {"error", "warning"};
constexpr std::array<std::string_view, 2> engines = {"bearproof", "valijson"};
constexpr std::array<std::string_view, 3> colors = {"auto", "always", "never"};

std::string choices(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::optional<std::string> one_of(std::string_view option, std::string_view word,
                                  std::span<const std::string_view> words) {
  for (const std::string_view known : words) {
    if (known == word) return std::nullopt;
  }
  return std::string(option) + ": \"" + std::string(word) + "\" is not " + choices(words) + did_you_mean(word, words);
}

std::optional<std::string> in_option(std::string_view option, std::optional<std::string> problem) {
  if (!problem) return std::nullopt;
  return std::string(option) + ": " + *problem;
}

/// NAME=VALUE in two; nothing where a part is missing.
std::optional<std::pair<std::string, std::string>> halves(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) return std::nullopt;
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

std::optional<std::string> read_severities(const CheckArguments& arguments, CheckOptions& options) {
  for (const std::string& given : arguments.severities) {
    const auto parts = halves(given);
    if (!parts) return "--severity: expected RULE=LEVEL, found \"" + given + "\"";
    if (auto problem = set_severity(options, parts->first, parts->second)) return in_option("--severity", problem);
  }
  return std::nullopt;
}

std::optional<std::string> read_limits(const CheckArguments& arguments, CheckOptions& options) {
  for (const std::string& given : arguments.limits) {
    const auto parts = halves(given);
    std::uint64_t value = 0;
    bool is_number = false;
    if (parts) {
      const char* const end = parts->second.data() + parts->second.size();
      const auto read = std::from_chars(parts->second.data(), end, value);
      is_number = read.ec == std::errc() && read.ptr == end;
    }
    if (!is_number) return "--limits: expected NAME=N with a whole number, found \"" + given + "\"";
    if (auto problem = set_limit(options, parts->first, value)) return in_option("--limits", problem);
  }
  return std::nullopt;
}

std::optional<std::string> read_outputs(const CheckArguments& arguments, CheckSettings& settings) {
  settings.format = arguments.format.empty() ? "text" : arguments.format;
  if (auto problem = one_of("--format", settings.format, formats)) return problem;
  for (const std::string& given : arguments.outputs) {
    auto parts = halves(given);
    if (!parts) return "--output: expected FORMAT=FILE, found \"" + given + "\"";
    if (auto problem = one_of("--output", parts->first, formats)) return problem;
    settings.outputs.push_back(std::move(*parts));
  }
  return std::nullopt;
}

std::optional<std::string> read_all(const CheckArguments& arguments, const World& world, CheckSettings& settings) {
  CheckOptions& options = settings.documents;
  if (auto problem = in_option("--mode", set_mode(options, arguments.mode))) return problem;
  settings.level_given = !arguments.level.empty();
  if (settings.level_given) {
    if (auto problem = in_option("--level", set_level(options, arguments.level))) return problem;
  }
  if (!arguments.now.empty()) {
    const std::string now = arguments.now == "system" && world.now != nullptr ? world.now() : arguments.now;
    if (auto problem = in_option("--now", set_now(options, now))) return problem;
  }
  if (auto problem = read_ttl(arguments.ttl, options)) return in_option("--ttl", problem);
  options.digest = arguments.digest;
  if (auto problem = read_severities(arguments, options)) return problem;
  if (auto problem = read_limits(arguments, options)) return problem;
  settings.lines = options;
  if (!settings.level_given) settings.lines.level = Severity::warning;

  if (auto problem = one_of("--fail-on", arguments.fail_on, failing)) return problem;
  settings.fail_on = *severity_from(arguments.fail_on);
  if (options.level > settings.fail_on) {
    return "--fail-on " + arguments.fail_on + " needs --level " + arguments.fail_on +
           " or lower: findings below the level are not looked for";
  }
  if (auto problem = read_outputs(arguments, settings)) return problem;
  settings.collection_asked = arguments.collection;
  settings.collection = arguments.collection || (!arguments.no_collection && settings.format != "ndjson");
  if (auto problem = one_of("--engine", arguments.engine, engines)) return problem;
  settings.second_engine = arguments.engine == "valijson";
  if (settings.second_engine && make_second_engine() == nullptr) return "--engine: this build has no valijson";
  if (arguments.schema.empty()) {
    if (!arguments.schemas.empty()) return "--schemas needs --schema: kinds bring their own";
    if (arguments.assert_format) return "--assert-format needs --schema: kinds assert formats as it is";
    settings.without_formats = arguments.no_assert_format;
  } else if (settings.second_engine) {
    return "--engine valijson knows only the schemas of kinds: leave out --schema";
  }
  if (arguments.assert_format && arguments.no_assert_format) {
    return "--assert-format and --no-assert-format contradict each other";
  }
  const auto color = wants_color(arguments.color, world);
  if (!color) return color.error();
  settings.color = *color;
  settings.jobs = arguments.jobs != 0 ? arguments.jobs : std::max(1u, std::thread::hardware_concurrency());
  if (settings.jobs > most_jobs) return "--jobs: at most " + std::to_string(most_jobs);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_ttl(const std::string& given, CheckOptions& options) {
  if (given.empty()) return std::nullopt;
  std::int64_t minutes = 0;
  const char* const end = given.data() + given.size();
  const auto read = std::from_chars(given.data(), end, minutes);
  if (read.ec != std::errc() || read.ptr != end) return "expected a whole number of minutes, found \"" + given + "\"";
  return set_ttl(options, minutes);
}

std::expected<CheckSettings, std::string> understand(const CheckArguments& arguments, const World& world) {
  CheckSettings settings;
  if (auto problem = read_all(arguments, world, settings)) return std::unexpected(std::move(*problem));
  return settings;
}

std::expected<bool, std::string> wants_color(const std::string& when, const World& world) {
  if (auto problem = one_of("--color", when, colors)) return std::unexpected(std::move(*problem));
  if (when != "auto") return when == "always";
  return world.out_is_terminal && !world.no_color;
}

}  // namespace bearproof::cli
