#include "check_settings.h"

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string_view>

#include "bearproof/validator/nearest.h"

#include "check_options.h"

namespace bearproof::cli {
namespace {

constexpr std::array<std::string_view, 3> colors = {"auto", "always", "never"};

/// What only several options together show.
Problem contradiction(const CheckSettings& settings) {
  if (settings.documents.level > settings.fail_on) {
    const std::string failing(name_of(settings.fail_on));
    return "--fail-on " + failing + " needs --level " + failing +
           " or lower: findings below the level are not looked for";
  }
  if (settings.schema.empty()) {
    if (!settings.schemas.empty()) return "--schemas needs --schema: kinds bring their own";
    if (settings.assert_format) return "--assert-format needs --schema: kinds assert formats as it is";
  } else if (settings.second_engine) {
    return "--engine valijson knows only the schemas of kinds: leave out --schema";
  }
  if (settings.assert_format && settings.no_assert_format) {
    return "--assert-format and --no-assert-format contradict each other";
  }
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

std::optional<std::string> not_one_of(std::string_view option, std::string_view word,
                                      std::span<const std::string_view> words) {
  for (const std::string_view known : words) {
    if (known == word) return std::nullopt;
  }
  std::string text = std::string(option) + ": \"" + std::string(word) + "\" is not ";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text + did_you_mean(word, words);
}

std::expected<CheckSettings, std::string> understand(const CheckArguments& arguments, const World& world) {
  CheckSettings settings;
  const std::span<const Option<CheckSettings>> options = check_options();
  for (std::size_t i = 0; i < arguments.given.size(); ++i) {
    if (arguments.given[i].empty()) continue;
    if (Problem problem = options[i].read(settings, arguments.given[i], world)) return std::unexpected(*problem);
  }
  if (Problem problem = contradiction(settings)) return std::unexpected(*problem);
  settings.lines = settings.documents;
  if (!settings.level_given) settings.lines.level = Severity::warning;
  settings.collection = settings.collection_asked || (!settings.no_collection && settings.format != "ndjson");
  auto color = wants_color(settings.color_when, world);
  if (!color) return std::unexpected(std::move(color.error()));
  settings.color = *color;
  return settings;
}

std::expected<bool, std::string> wants_color(const std::string& when, const World& world) {
  if (auto problem = not_one_of("--color", when, colors)) return std::unexpected(std::move(*problem));
  if (when != "auto") return when == "always";
  return world.out_is_terminal && !world.no_color;
}

}  // namespace bearproof::cli
