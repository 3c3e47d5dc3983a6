#include "session.h"

#include <utility>

namespace bearproof::wasm {

bool Session::prepare(std::string_view options, Severity level) {
  lines_.reset();
  narratives_.clear();
  // A validator owns warm memory: it is kept while the options stay the same.
  if (!validator_ || options_ != options || level_ != level) {
    CheckOptions parsed;
    parsed.level = level;
    if (std::optional<std::string> message = parse_options(options, parsed)) {
      output_ = std::move(*message);
      return false;
    }
    validator_ = std::make_unique<Validator>(std::move(parsed));
    options_ = options;
    level_ = level;
  }
  report_ = validator_->report();
  return true;
}

bool Session::begin(std::string_view options) { return prepare(options, Severity::info); }

void Session::add(std::string_view source, std::string_view text) {
  // The command line reads no further either: what lies beyond the limit changes nothing in a report.
  const std::uint64_t most = validator_->options().limits.document;
  if (text.size() > most) text = text.substr(0, static_cast<std::size_t>(most) + 1);
  report_.summary.count(report_.documents.emplace_back(validator_->check(source, text)));
}

void Session::fail(std::string_view source) {
  const RuleInfo& rule = info_of(Rule::engine_failed);
  report::DocumentReport& document = report_.documents.emplace_back();
  document.source = source;
  document.verdict = report::Verdict::invalid;
  report::LocatedFinding& finding = document.findings.emplace_back();
  finding.rule_case = Rule::engine_failed;
  finding.severity = rule.severity;
  finding.message = rule.message;
  finding.help = rule.help;
  report_.summary.count(document);
  narratives_.push_back(narrator_.tell(document, {}));
}

void Session::tell(std::string_view source, std::string_view text) {
  narratives_.push_back(narrator_.tell(validator_->check(source, text), {text, 0}));
}

void Session::told() {
  output_ = narrative::to_json(narratives_);
  narratives_.clear();
}

bool Session::open(std::string_view options, std::string_view source) {
  if (!prepare(options, Severity::warning)) return false;
  lines_.emplace(*validator_, std::string(source), false,
                 [this](report::DocumentReport&& document) { report_.documents.push_back(std::move(document)); });
  return true;
}

void Session::push(std::string_view bytes) {
  if (lines_) lines_->push(bytes);
}

void Session::close() {
  if (lines_) lines_->finish();
}

void Session::finish(bool pretty) {
  if (lines_) report_.summary = lines_->summary();
  output_ = report::to_json(report_, pretty);
  report_.documents.clear();
}

}  // namespace bearproof::wasm
