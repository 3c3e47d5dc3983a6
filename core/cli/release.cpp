// The ten release gates, service by service; what documents show together counts too.
#include <string>
#include <vector>

#include "bearproof/report/text.h"

#include "check_settings.h"
#include "commands.h"
#include "documents.h"
#include "formats.h"
#include "messages.h"
#include "retrieval.h"
#include "table.h"

namespace bearproof::cli {
namespace {

/// Whether a release waits for this: a gate, or an error.
bool holds_back(const report::LocatedFinding& finding) { return finding.severity == Severity::error; }

}  // namespace

Exit release(const ReleaseArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "release", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "release", color.error());
  CheckOptions options;
  options.mode = Mode::release;
  options.level = Severity::error;
  Validator validator(options);
  Collection together(options);
  Retrieval texts;
  report::Report report = validator.report();
  const report::TextStyle style{*color, world.columns};
  const bool as_json = arguments.format == "json";
  std::size_t services = 0;
  std::size_t ready = 0;
  const bool all_read = for_each_document(arguments.paths, validator, world, [&](Checked& checked) {
    together.add(checked);
    if (checked.dialect != Dialect::service) return;
    report::DocumentReport document = checked.report();
    ++services;
    ready += document.findings.empty() ? 1u : 0u;
    report.summary.count(document);
    if (!as_json) world.out.write(report::document_text(document, checked.source_text(), style));
    report.documents.push_back(std::move(document));
  });
  std::vector<report::LocatedFinding> between;
  for (report::LocatedFinding& finding : together.link(texts)) {
    const std::string_view family = info_of(finding.rule_case).family;
    if (holds_back(finding) && (family == "identity" || family == "service")) between.push_back(std::move(finding));
  }
  if (services == 0) {
    // Gate 1, and nothing else could be asked.
    report::LocatedFinding& none = between.emplace_back();
    none.rule_case = Rule::release_gate_1_manifest;
    none.severity = Severity::error;
    none.message = info_of(none.rule_case).message;
    none.help = info_of(none.rule_case).help;
  }
  report.summary.count(between);
  if (as_json) {
    report.collection = std::move(between);
    world.out.write(report::to_json(report, false) + "\n");
  } else {
    if (services != 0 && !between.empty()) world.out.write("\n");
    world.out.write(report::collection_text(between, style));
    std::string summary = "There is no service to release.";
    if (services != 0) {
      summary = std::to_string(ready) + " of " + std::to_string(services);
      summary += services == 1 ? " service passes every gate of its own" : " services pass every gate of their own";
      summary += between.empty() ? "." : "; what stands between documents holds the release back.";
    }
    world.out.write(paragraph(summary, "", style.width));
  }
  if (!all_read) return Exit::system;
  return report.summary.severities[static_cast<std::size_t>(Severity::error)] == 0 ? Exit::ok : Exit::findings;
}

}  // namespace bearproof::cli
