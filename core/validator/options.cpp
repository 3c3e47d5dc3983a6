#include "bearproof/validator/options.h"

#include <array>

#include "bearproof/contract/quote.h"
#include "bearproof/json/number.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/instant.h"
#include "bearproof/validator/nearest.h"

namespace bearproof {
namespace {

using json::Type;
using json::Value;

constexpr LimitInfo limits[] = {
#define LIMIT(field, value, unit, rule, what) {#field, &Limits::field, value, unit, what},
#include "bearproof/catalogue/limits.def"
#undef LIMIT
};

constexpr std::array<std::string_view, 4> levels = {"error", "warning", "notice", "info"};
constexpr std::array<std::string_view, 5> levels_and_off = {"error", "warning", "notice", "info", "off"};
constexpr std::array<std::string_view, 3> modes = {"default", "release", "strict"};
constexpr std::array<std::string_view, 8> keys = {"mode",   "level",      "now",        "ttlMinutes",
                                                  "digest", "collection", "severities", "limits"};
constexpr std::size_t longest_quotation = 80;

std::string quoted(std::string_view text) { return contract::quoted(text, longest_quotation); }

/// "one of a, b and c"
std::string one_of(std::span<const std::string_view> words) {
  std::string text = "one of ";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string not_one_of(std::string_view word, std::span<const std::string_view> words) {
  return quoted(word) + " is not " + one_of(words) + did_you_mean(word, words);
}

std::string unknown(std::string_view what, std::string_view word, std::span<const std::string_view> words) {
  return std::string("unknown ").append(what).append(" ") + quoted(word) + did_you_mean(word, words);
}

/// Whether a rule tells that a check did not come to an end.
bool is_undecided(const RuleInfo& rule) {
  return rule.family == "engine" || (rule.family == "limit" && rule.first != Rule::limit_findings);
}

std::optional<std::string> expected(std::string_view key, std::string_view what, Value found) {
  return "option " + quoted(key) + ": expected " + std::string(what) + ", found " +
         contract::quoted(found, longest_quotation);
}

std::optional<std::string> in_option(std::string_view key, std::optional<std::string> problem) {
  if (!problem) return std::nullopt;
  return "option " + quoted(key) + ": " + *problem;
}

std::optional<std::string> read_severities(Value object, CheckOptions& out) {
  if (!object.is_object()) return expected("severities", "an object of rules and levels", object);
  std::string key_scratch;
  std::string value_scratch;
  for (const json::Member member : object.members()) {
    const std::string_view rule = member.key.string(key_scratch);
    if (!member.value.is_string()) return expected("severities", "a level for " + quoted(rule), member.value);
    if (auto problem = set_severity(out, rule, member.value.string(value_scratch))) {
      return in_option("severities", problem);
    }
  }
  return std::nullopt;
}

std::optional<std::string> read_limits(Value object, CheckOptions& out) {
  if (!object.is_object()) return expected("limits", "an object of limits and numbers", object);
  std::string scratch;
  for (const json::Member member : object.members()) {
    const std::string_view name = member.key.string(scratch);
    std::optional<std::int64_t> value;
    if (member.value.is_number()) value = json::Number(member.value.raw()).int64();
    if (!value || *value < 0) return expected("limits", "a whole number for " + quoted(name), member.value);
    if (auto problem = set_limit(out, name, static_cast<std::uint64_t>(*value))) return in_option("limits", problem);
  }
  return std::nullopt;
}

std::optional<std::string> read_member(std::string_view key, Value value, CheckOptions& out) {
  std::string scratch;
  if (key == "severities") return read_severities(value, out);
  if (key == "limits") return read_limits(value, out);
  if (key == "digest" || key == "collection") {
    if (!value.is_boolean()) return expected(key, "true or false", value);
    (key == "digest" ? out.digest : out.collection) = value.is_true();
    return std::nullopt;
  }
  if (key == "ttlMinutes") {
    const auto minutes = value.is_number() ? json::Number(value.raw()).int64() : std::nullopt;
    if (!minutes) return expected(key, "a whole number of minutes", value);
    return in_option(key, set_ttl(out, *minutes));
  }
  if (key != "mode" && key != "level" && key != "now") return unknown("option", key, keys);
  if (!value.is_string()) return expected(key, "a string", value);
  const std::string_view text = value.string(scratch);
  if (key == "mode") return in_option(key, set_mode(out, text));
  if (key == "level") return in_option(key, set_level(out, text));
  return in_option(key, set_now(out, text));
}

}  // namespace

void effective_severities(const CheckOptions& options, std::span<Severity> out) {
  effective_severities(options.mode, out);
  for (const auto& [rule, severity] : options.severities) {
    for (const RuleCase one : cases_of(rule)) out[static_cast<std::size_t>(one)] = severity;
  }
}

std::span<const LimitInfo> limit_table() { return limits; }

std::optional<std::string> set_level(CheckOptions& options, std::string_view level) {
  const auto severity = severity_from(level);
  if (!severity || *severity == Severity::off) return not_one_of(level, levels);
  options.level = *severity;
  return std::nullopt;
}

std::optional<std::string> set_mode(CheckOptions& options, std::string_view mode) {
  const auto found = mode_from(mode);
  if (!found) return not_one_of(mode, modes);
  options.mode = *found;
  return std::nullopt;
}

std::optional<std::string> set_now(CheckOptions& options, std::string_view now) {
  if (!schema::Instant::parse(now)) {
    return quoted(now) + " is not an RFC 3339 date-time such as 2026-01-31T12:00:00Z";
  }
  options.now = now;
  return std::nullopt;
}

report::ReportOptions report_options(const CheckOptions& options, std::string_view ruleset) {
  const bool named = !options.now.empty() && options.ttl_minutes != rules::default_ttl_minutes;
  return {options.mode, options.level, options.now, named ? options.ttl_minutes : 0, ruleset};
}

std::optional<std::string> set_ttl(CheckOptions& options, std::int64_t minutes) {
  if (minutes < 1 || minutes > std::int64_t{rules::most_ttl_minutes}) {
    return std::to_string(minutes) + " minutes: expected 1 to " + std::to_string(rules::most_ttl_minutes);
  }
  options.ttl_minutes = static_cast<std::uint32_t>(minutes);
  return std::nullopt;
}

std::optional<std::string> set_severity(CheckOptions& options, std::string_view rule, std::string_view level) {
  const auto found = rule_from(rule);
  if (!found) {
    std::vector<std::string_view> ids;
    for (const RuleInfo& info : rule_table()) {
      if (info.case_name.empty()) ids.push_back(info.id);
    }
    return unknown("rule", rule, ids);
  }
  const auto severity = severity_from(level);
  if (!severity) return not_one_of(level, levels_and_off);
  if (is_undecided(info_of(*found)) && *severity != Severity::error) {
    return quoted(rule) + " stays an error: it says that the document was not checked to the end";
  }
  options.severities.emplace_back(*found, *severity);
  return std::nullopt;
}

std::optional<std::string> set_limit(CheckOptions& options, std::string_view name, std::uint64_t value) {
  for (const LimitInfo& limit : limits) {
    if (limit.name != name) continue;
    if (value > limit.value) {
      return quoted(name) + " may be lowered, not raised: at most " + std::to_string(limit.value) + " " +
             std::string(limit.unit);
    }
    options.limits.*limit.field = value;
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  for (const LimitInfo& limit : limits) names.push_back(limit.name);
  return unknown("limit", name, names);
}

std::optional<std::string> parse_options(std::string_view text, CheckOptions& out) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  if (document == nullptr) return "options are not JSON: " + reader.fault().message;
  if (!document->root().is_object()) {
    return "options: expected an object, found " + contract::quoted(document->root(), longest_quotation);
  }
  std::string scratch;
  if (document->has_duplicates) {
    const json::DuplicateKey twice = json::duplicate_keys(*document).front();
    return "option " + quoted(Value(document, twice.again).string(scratch)) + " is given twice";
  }
  CheckOptions changed = out;
  for (const json::Member member : document->root().members()) {
    if (auto problem = read_member(member.key.string(scratch), member.value, changed)) return problem;
  }
  out = std::move(changed);
  return std::nullopt;
}

}  // namespace bearproof
