#include <string>

#include "bearproof/contract/quote.h"
#include "bearproof/json/number.h"
#include "bearproof/json/reader.h"
#include "bearproof/session/session.h"

namespace bearproof::session {
namespace {

std::optional<std::string> expected(std::string_view key, std::string_view what, json::Value found) {
  return "option " + contract::quoted(key) + ": expected " + std::string(what) + ", found " + contract::quoted(found);
}

std::optional<std::int64_t> whole(json::Value value) {
  return value.is_number() ? json::Number(value.raw()).int64() : std::nullopt;
}

std::optional<std::string> read_limits(json::Value object, CheckOptions& check) {
  if (!object.is_object()) return expected("limits", "an object of limits and numbers", object);
  std::string scratch;
  for (const json::Member member : object.members()) {
    const std::string_view name = member.key.string(scratch);
    const auto value = whole(member.value);
    if (!value || *value < 0) {
      return expected("limits", "a whole number for " + contract::quoted(name), member.value);
    }
    if (auto problem = set_limit(check, name, static_cast<std::uint64_t>(*value))) return problem;
  }
  return std::nullopt;
}

std::optional<std::string> read_member(std::string_view key, json::Value value, CheckOptions& check, Options& out) {
  std::string scratch;
  if (key == "now") {
    if (!value.is_string()) return expected(key, "a string", value);
    return set_now(check, value.string(scratch));
  }
  if (key == "ttlMinutes") {
    const auto minutes = whole(value);
    if (!minutes) return expected(key, "a whole number of minutes", value);
    auto problem = set_ttl(check, *minutes);
    if (problem) return "option " + contract::quoted(key) + ": " + *problem;
    return std::nullopt;
  }
  if (key == "remoteControl") {
    if (!value.is_boolean()) return expected(key, "true or false", value);
    out.remote_control = value.is_true();
    return std::nullopt;
  }
  if (key == "limits") return read_limits(value, check);
  return "unknown option " + contract::quoted(key);
}

}  // namespace

std::optional<std::string> parse_options(std::string_view text, Options& out) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  if (document == nullptr) return "options are not JSON: " + reader.fault().message;
  if (!document->root().is_object()) return "options: expected an object";
  if (document->has_duplicates) return "options: one of them is given twice";
  Options changed = out;
  CheckOptions check;
  check.limits = changed.limits;
  check.now = changed.now;
  check.ttl_minutes = changed.ttl_minutes;
  std::string scratch;
  for (const json::Member member : document->root().members()) {
    if (auto problem = read_member(member.key.string(scratch), member.value, check, changed)) return problem;
  }
  changed.limits = check.limits;
  changed.now = check.now;
  changed.ttl_minutes = check.ttl_minutes;
  out = std::move(changed);
  return std::nullopt;
}

}  // namespace bearproof::session
