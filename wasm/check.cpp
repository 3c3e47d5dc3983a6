#include "check.h"

#include <cstdint>
#include <utility>

#include "bearproof/collection/graph.h"
#include "bearproof/collection/noise.h"
#include "bearproof/json/reader.h"

namespace bearproof::wasm {

void Check::begin(Validator& validator) {
  lines_.reset();
  validator_ = &validator;
  report_ = validator.report();
  kept_.clear();
  collection_.reset();
  if (validator.options().collection) collection_.emplace(validator.options());
  is_open_ = false;
}

void Check::stop() {
  lines_.reset();
  validator_ = nullptr;
}

void Check::list(Checked& checked) { report_.summary.count(report_.documents.emplace_back(checked.report())); }

void Check::add(std::string_view source, std::string_view text) {
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

void Check::add_lines(std::string_view source, std::string_view text) {
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

const report::DocumentReport& Check::fail(std::string_view source) {
  report::DocumentReport& document = report_.documents.emplace_back();
  document.source = source;
  document.verdict = report::Verdict::invalid;
  document.findings.push_back(report::finding_of(Rule::engine_failed));
  report_.summary.count(document);
  return document;
}

void Check::open(std::string_view source) {
  lines_.emplace(*validator_, std::string(source), Validator::Lines::Which::with_findings,
                 [this](Checked& checked) { list(checked); });
  if (collection_) {
    kept_.begin(0);
    lines_->collect(*collection_);
  }
  is_open_ = true;
}

void Check::push(std::string_view bytes) {
  if (collection_) kept_.keep(bytes);
  if (lines_) lines_->push(bytes);
}

void Check::close() {
  if (lines_) lines_->finish();
  is_open_ = false;
}

std::string Check::finish(bool pretty) {
  const report::Summary listed = report_.summary;
  if (lines_) report_.summary.add(lines_->passed_over());
  // What documents show together is known when all of them are there.
  if (collection_ && !is_open_) {
    report_.collection = collection_->link(kept_);
    report_.summary.count(*report_.collection);
  }
  std::string out = report::to_json(report_, pretty);
  report_.documents.clear();
  report_.summary = listed;
  return out;
}

std::string Check::graph() {
  collection::ServiceGraph graph;
  // The texts are kept for the collection's sake; to keep their nodes too would take several times the memory.
  json::Reader reader(validator_->options().limits);
  const collection::Index& index = collection_->index();
  std::string text;
  for (collection::DocumentIndex i = 0; i < index.size(); ++i) {
    if (!kept_.read(index, i, text)) continue;
    if (const json::Document* document = reader.read(text)) graph.add(document->root());
  }
  return graph.json();
}

std::string Check::coalesce() {
  std::string out = "[";
  const collection::Index& index = collection_->index();
  for (const collection::NoiseGroup& group : collection::noise_of(index)) {
    if (out.size() > 1) out += ',';
    out += collection::to_json(group, index, kept_);
  }
  return out + ']';
}

}  // namespace bearproof::wasm
