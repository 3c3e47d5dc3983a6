#include "bearproof/audit/release.h"

#include <string>
#include <utility>

#include "bearproof/report/text.h"

#include "check_settings.h"
#include "commands.h"
#include "documents.h"
#include "formats.h"
#include "messages.h"
#include "retrieval.h"
#include "table.h"

namespace bearproof::cli {

Exit release(const ReleaseArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "release", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "release", color.error());
  Validator validator(audit::release_options());
  report::Report report = validator.report();
  const report::TextStyle style{*color, world.columns};
  const bool as_json = arguments.format == "json";
  audit::ReleaseCheck check;
  const bool all_read = for_each_document(arguments.paths, validator, world, [&](Checked& checked) {
    auto service = check.add(checked);
    if (!service) return;
    if (as_json) {
      report.documents.push_back(std::move(*service));
    } else {
      world.out.write(report::document_text(*service, checked.source_text(), style));
    }
  });
  Retrieval texts;
  audit::ReleaseCheck::Result result = check.finish(texts);
  report.summary = result.summary;
  if (as_json) {
    report.collection = std::move(result.findings);
    world.out.write(report::to_json(report, false) + "\n");
  } else {
    if (result.services != 0 && !result.findings.empty()) world.out.write("\n");
    world.out.write(report::collection_text(result.findings, style));
    std::string summary = "There is no service to release.";
    if (result.services != 0) {
      summary = std::to_string(result.ready) + " of " + std::to_string(result.services);
      summary +=
          result.services == 1 ? " service passes every gate of its own" : " services pass every gate of their own";
      summary += result.findings.empty() ? "." : "; what stands between documents holds the release back.";
    }
    world.out.write(paragraph(summary, "", style.width));
  }
  if (!all_read) return Exit::system;
  return report.summary.severities[static_cast<std::size_t>(Severity::error)] == 0 ? Exit::ok : Exit::findings;
}

}  // namespace bearproof::cli
