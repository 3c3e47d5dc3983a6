#include "workload.h"

#include <utility>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/validator/validator.h"
#ifdef BEARPROOF_HAS_ORACLE
#include "bearproof/oracle/second_opinion.h"
#endif

namespace bearproof::bench {

#ifdef BEARPROOF_HAS_ORACLE
class Witness {
 public:
  explicit Witness(oracle::SecondOpinion opinion) : opinion_(std::move(opinion)) {}
  bool valid(const json::Document& document) const { return opinion_.valid(document); }

 private:
  oracle::SecondOpinion opinion_;
};
#else
class Witness {};
#endif

namespace {

const Severity* severities() {
  static const std::vector<Severity> table = [] {
    std::vector<Severity> made(rule_case_count);
    effective_severities(Mode::standard, made);
    return made;
  }();
  return table.data();
}

template <class PerLine>
Count each_line(std::string_view bytes, PerLine per_line) {
  Count count;
  json::LineReader reader;
  reader.feed(bytes);
  json::Line line;
  const auto drain = [&] {
    while (reader.next(line)) {
      ++count.documents;
      if (line.document != nullptr && per_line(*line.document)) ++count.valid;
    }
  };
  drain();
  reader.finish();
  drain();
  return count;
}

Count everything(std::string_view bytes, Severity level) {
  CheckOptions options;
  options.level = level;
  Validator validator(options);
  report::Summary summary;
  Validator::Lines lines(validator, "receipts.ndjson", Validator::Lines::Which::with_findings,
                         [&summary](Checked& checked) { summary.count(checked.report()); });
  lines.push(bytes);
  lines.finish();
  summary.add(lines.passed_over());
  return {summary.documents, summary.verdicts[static_cast<std::size_t>(report::Verdict::valid)]};
}

}  // namespace

Workload::Workload() = default;
Workload::~Workload() = default;

char* Workload::text(std::size_t size) {
  set_text(std::string(size, ' '));
  return text_.data();
}

void Workload::set_text(std::string text) {
  documents_.clear();
  readers_.clear();
  text_ = std::move(text);
}

std::optional<std::string> Workload::set_schema(std::string_view schema) {
  constexpr std::string_view uri = "https://example.test/bench";
  schema::Registry registry;
  const auto faults = registry.add(uri, schema);
  if (!faults.empty()) return json::text_of(faults[0].message, nullptr);
  schema::CompileOptions options;
  options.assert_format = true;
  auto program = schema::compile(registry, uri, options);
  if (!program) return json::text_of(program.error()[0].message, nullptr);
  program_ = std::make_unique<schema::Program>(std::move(*program));
  witness_.reset();
#ifdef BEARPROOF_HAS_ORACLE
  auto opinion = oracle::SecondOpinion::compile(schema);
  if (opinion) witness_ = std::make_unique<Witness>(std::move(*opinion));
#endif
  return std::nullopt;
}

void Workload::keep_documents() {
  if (!documents_.empty()) return;
  lines_ = 0;
  each_line(text_, [&](const json::Document& document) {
    ++lines_;
    if (readers_.size() < 500) {
      auto reader = std::make_unique<json::Reader>();
      documents_.push_back(reader->read(document.text));
      readers_.push_back(std::move(reader));
    }
    return true;
  });
}

std::optional<Count> Workload::run(std::string_view mode) {
  if (mode == "read") return each_line(text_, [](const json::Document&) { return true; });
  if (mode == "rules-warning") return everything(text_, Severity::warning);
  if (mode == "rules-info") return everything(text_, Severity::info);
  if (program_ == nullptr) return std::nullopt;
  const auto decide = [&](const json::Document& document) {
    FindingSink sink(severities(), Severity::error, false, 1);
    return evaluator_.evaluate(*program_, document.root(), sink);
  };
  if (mode == "schema") return each_line(text_, decide);
  if (mode != "evaluate" && (mode != "valijson" || witness_ == nullptr)) return std::nullopt;
  keep_documents();
  Count count;
  for (; count.documents < lines_; ++count.documents) {
    const json::Document& document = *documents_[static_cast<std::size_t>(count.documents % documents_.size())];
#ifdef BEARPROOF_HAS_ORACLE
    if (mode == "valijson") {
      if (witness_->valid(document)) ++count.valid;
      continue;
    }
#endif
    if (decide(document)) ++count.valid;
  }
  return count;
}

}  // namespace bearproof::bench
