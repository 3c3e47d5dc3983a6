#include "session.h"

#include <utility>

#include "bearproof/collection/graph.h"
#include "bearproof/collection/noise.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/session/revoke.h"

namespace bearproof::wasm {

bool Session::schema_begin(std::string_view options) {
  set_options_ = {};
  if (std::optional<std::string> message = parse_options(options, set_options_)) {
    output_ = std::move(*message);
    return false;
  }
  set_.emplace(set_options_);
  return true;
}

void Session::schema_add(std::string_view uri, std::string_view text) {
  if (set_) set_->add(uri, uri, text);
}

std::uint32_t Session::schema_compile(std::string_view uri, bool assert_format) {
  std::uint32_t handle = 0;
  report::Report report;
  report.options = report_options(set_options_, contract::ruleset());
  if (set_) {
    schema::CompileOptions options;
    options.assert_format = assert_format;
    options.limits = set_options_.limits;
    if (set_->contains(uri)) {
      if (auto program = set_->compile(uri, options)) {
        schemas_.push_back(std::make_unique<schema::Program>(std::move(*program)));
        handle = static_cast<std::uint32_t>(schemas_.size());
      }
    }
    for (SchemaSet::Found& found : set_->reports()) {
      report.summary.count(found.report);
      report.documents.push_back(std::move(found.report));
    }
  }
  set_.reset();
  output_ = report::to_json(report, false);
  return handle;
}

void Session::schema_dispose(std::uint32_t handle) {
  if (handle == 0 || handle > schemas_.size()) return;
  // A stream or a validator that goes on would look at what is gone.
  if (schema_ == handle) {
    lines_.reset();
    validator_.reset();
  }
  schemas_[handle - 1].reset();
}

bool Session::prepare(std::string_view options, Severity level, std::uint32_t schema) {
  lines_.reset();
  narratives_.clear();
  // A validator owns warm memory: it is kept while the options stay the same.
  if (!validator_ || options_ != options || level_ != level || schema_ != schema) {
    CheckOptions parsed;
    parsed.level = level;
    if (std::optional<std::string> message = parse_options(options, parsed)) {
      output_ = std::move(*message);
      return false;
    }
    if (schema != 0 && schema <= schemas_.size()) parsed.schema = schemas_[schema - 1].get();
    validator_ = std::make_unique<Validator>(std::move(parsed));
    schema_ = schema;
    options_ = options;
    level_ = level;
  }
  report_ = validator_->report();
  kept_.clear();
  collection_.reset();
  if (validator_->options().collection) collection_.emplace(validator_->options());
  is_open_ = false;
  return true;
}

void Session::Kept::clear() {
  bytes_.clear();
  bytes_.shrink_to_fit();
  sources_.clear();
}

bool Session::Kept::read(const collection::Index& index, collection::DocumentIndex document, std::string& into) {
  // Of sources that begin with this document the last one holds it: the others hold none.
  std::size_t at = sources_.size();
  while (at > 0 && sources_[at - 1].first > document) --at;
  if (at == 0) return false;
  const collection::Record& record = index[document];
  const std::uint64_t begin = sources_[at - 1].begin + record.offset;
  if (begin + record.size > bytes_.size()) return false;
  into.assign(bytes_, static_cast<std::size_t>(begin), record.size);
  return true;
}

bool Session::begin(std::string_view options, std::uint32_t schema) { return prepare(options, Severity::info, schema); }

void Session::add(std::string_view source, std::string_view text) {
  // The command line reads no further either: what lies beyond the limit changes nothing in a report.
  const std::uint64_t most = validator_->options().limits.document;
  if (text.size() > most) text = text.substr(0, static_cast<std::size_t>(most) + 1);
  validator_->check(source, text, [this](Checked& checked) {
    list(checked);
    if (!collection_ || checked.document == nullptr) return;
    kept_.begin(collection_->index().size());
    kept_.keep(checked.text);
    collection_->add(checked);
  });
}

void Session::list(Checked& checked) { report_.summary.count(report_.documents.emplace_back(checked.report())); }

void Session::add_lines(std::string_view source, std::string_view text) {
  Validator::Lines lines(*validator_, std::string(source), Validator::Lines::Which::every,
                         [this](Checked& checked) { list(checked); });
  if (collection_) {
    kept_.begin(collection_->index().size());
    kept_.keep(text);
    lines.collect(*collection_);
  }
  lines.push(text);
  lines.finish();
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
  narratives_.push_back(narrative::tell(document, nullptr, 0));
}

void Session::tell(std::string_view source, std::string_view text) {
  validator_->check(source, text, [this](Checked& checked) { tell(checked); });
}

void Session::tell(Checked& checked) {
  narratives_.push_back(narrative::tell(checked.report(), checked.document, checked.origin.offset));
}

void Session::tell_lines(std::string_view source, std::string_view text) {
  Validator::Lines lines(*validator_, std::string(source), Validator::Lines::Which::every,
                         [this](Checked& checked) { tell(checked); });
  lines.push(text);
  lines.finish();
}

void Session::told() {
  output_ = narrative::to_json(narratives_);
  narratives_.clear();
}

bool Session::open(std::string_view options, std::string_view source, std::uint32_t schema) {
  if (!prepare(options, Severity::warning, schema)) return false;
  lines_.emplace(*validator_, std::string(source), Validator::Lines::Which::with_findings,
                 [this](Checked& checked) { list(checked); });
  if (collection_) {
    kept_.begin(0);
    lines_->collect(*collection_);
  }
  is_open_ = true;
  return true;
}

void Session::push(std::string_view bytes) {
  if (collection_) kept_.keep(bytes);
  if (lines_) lines_->push(bytes);
}

void Session::close() {
  if (lines_) lines_->finish();
  is_open_ = false;
}

void Session::graph() {
  collection::ServiceGraph graph;
  // The texts are kept for the collection's sake; to keep their nodes too would take several times the memory.
  json::Reader reader(validator_->options().limits);
  const collection::Index& index = collection_->index();
  std::string text;
  for (collection::DocumentIndex i = 0; i < index.size(); ++i) {
    if (!kept_.read(index, i, text)) continue;
    if (const json::Document* document = reader.read(text)) graph.add(document->root());
  }
  output_ = graph.json();
}

void Session::coalesce() {
  output_ = "[";
  const collection::Index& index = collection_->index();
  for (const collection::NoiseGroup& group : collection::noise_of(index)) {
    if (output_.size() > 1) output_ += ',';
    output_ += collection::to_json(group, index, kept_);
  }
  output_ += ']';
}

bool Session::sessions_begin(std::string_view options) {
  sessions_.reset();
  session::Options parsed;
  if (std::optional<std::string> message = session::parse_options(options, parsed)) {
    output_ = std::move(*message);
    return false;
  }
  sessions_.emplace(parsed);
  return true;
}

void Session::sessions_add(std::string_view source, std::string_view text, bool is_lines) {
  if (!sessions_) return;
  if (!is_lines) {
    sessions_->add(source, text);
    return;
  }
  Validator::Lines lines = sessions_->lines(std::string(source));
  lines.push(text);
  lines.finish();
}

void Session::sessions_oversized(std::string_view source, std::uint64_t size) {
  if (sessions_) sessions_->add_oversized(source, size);
}

void Session::sessions_fail(std::string_view source) {
  if (sessions_) sessions_->add_failed(source);
}

void Session::sessions_finish() {
  output_.clear();
  if (sessions_) output_ = session::to_json(sessions_->finish());
  sessions_.reset();
}

bool Session::revoke(std::string_view text, std::string_view now) {
  const auto revocation = session::revoke(text, now, validator_ ? validator_->options().limits : Limits{});
  if (!revocation) {
    output_ = revocation.error();
    return false;
  }
  output_ = "{\"event\":";
  json::append_string(output_, revocation->event);
  output_ += ",\"receipt\":";
  json::append_string(output_, revocation->receipt);
  output_ += '}';
  return true;
}

void Session::finish(bool pretty) {
  const report::Summary listed = report_.summary;
  if (lines_) report_.summary.add(lines_->passed_over());
  // What documents show together is known when all of them are there.
  if (collection_ && !is_open_) {
    report_.collection = collection_->link(kept_);
    report_.summary.count(*report_.collection);
  }
  output_ = report::to_json(report_, pretty);
  report_.documents.clear();
  report_.summary = listed;
}

}  // namespace bearproof::wasm
