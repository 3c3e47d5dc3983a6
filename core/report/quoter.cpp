#include "bearproof/report/quoter.h"

#include <algorithm>
#include <utility>

#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"
#include "bearproof/rules/rules.h"

namespace bearproof::report {
namespace {

/// A JSON Pointer with the names in it as they are.
std::string names_in(std::string_view pointer) {
  std::string out;
  for (std::size_t at = 0; at < pointer.size(); ++at) {
    const std::string_view escape = pointer.substr(at, 2);
    const bool is_escape = escape == "~0" || escape == "~1";
    out += !is_escape ? pointer[at] : escape == "~0" ? '~' : '/';
    if (is_escape) ++at;
  }
  return out;
}

}  // namespace

void Quoter::hide(const Secrets& secrets) {
  if (!secrets.empty()) secrets_.push_back(&secrets);
}

std::string Quoter::text(const Message& message) const { return json::text_of(message, document_, this); }

bool Quoter::has_secret(const Fix& fix) const {
  if (text(fix.title) != json::text_of(fix.title, document_) || rules::holds_secret(fix.patch)) return true;
  if (secrets_.empty()) return false;
  json::Reader reader;
  const json::Document* patch = reader.read(fix.patch);
  if (patch == nullptr) return true;
  std::string scratch;
  for (NodeIndex index = 0; index < patch->size; ++index) {
    const json::Value value(patch, index);
    if (!value.is_string() && !value.is_number()) continue;
    const std::string_view read = value.is_string() ? value.string(scratch) : value.raw();
    if (holds(read) || holds(names_in(read))) return true;
  }
  return false;
}

bool Quoter::holds(std::string_view text) const {
  return std::any_of(secrets_.begin(), secrets_.end(), [text](const Secrets* secrets) { return secrets->in(text); });
}

json::Redaction::Outcome Quoter::redact(NodeIndex node, std::string_view text, std::size_t most,
                                        std::string& instead) const {
  const auto withheld = [&instead] {
    instead = "(not shown)";
    return Outcome::withheld;
  };
  if (is_between_ && rules::holds_secret(text)) return withheld();
  Outcome outcome = Outcome::shown;
  for (const Secrets* secrets : secrets_) {
    std::string hidden;
    if (!secrets->redact(node, outcome == Outcome::shown ? text : std::string_view(instead), most, hidden)) continue;
    outcome = Outcome::redacted;
    instead = std::move(hidden);
  }
  return rules::holds_secret(outcome == Outcome::shown ? text : std::string_view(instead)) ? withheld() : outcome;
}

}  // namespace bearproof::report
