// The whole way of a document, as a file and as NDJSON: every report is JSON, and what is not valid has a finding.
#include <string>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "fuzz.h"

namespace {

using namespace bearproof;
using namespace bearproof::fuzz;

CheckOptions options_for(Mode mode, Severity level) {
  CheckOptions options;
  options.mode = mode;
  options.level = level;
  options.now = "2026-05-01T12:00:00Z";
  options.limits.steps_base = 100'000;
  return options;
}

void look(const report::DocumentReport& document) {
  json::Reader reader;
  require(reader.read(report::to_json(document)) != nullptr, "a report is JSON");
  require(document.verdict == report::Verdict::valid || !document.findings.empty(), "what is not valid has a finding");
  for (const report::LocatedFinding& finding : document.findings) {
    require(finding.rule_case != Rule::engine_failed, "the engine does not fail");
    require(!finding.range || finding.range->start.offset <= finding.range->end.offset, "a range has a direction");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of(data, size);
  static Validator everything(options_for(Mode::strict, Severity::info));
  static Validator errors(options_for(Mode::strict, Severity::error));
  const report::DocumentReport full = everything.check("fuzz.json", bytes);
  look(full);
  static_cast<void>(report::document_text(full, {bytes, 0}, {true, 80}));
  require(errors.check("fuzz.json", bytes).verdict == full.verdict, "a level changes no verdict");

  Validator::Lines lines(everything, "fuzz.ndjson", Validator::Lines::Which::every,
                         [](Checked& checked) { look(checked.report()); });
  lines.push(bytes.substr(0, size / 3));
  lines.push(bytes.substr(size / 3));
  lines.finish();
  return 0;
}
