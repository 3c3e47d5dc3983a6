#include <string>
#include <vector>

#include "bearproof/contract/contract.h"
#include "bearproof/validator/schema_set.h"

#include "check_options.h"
#include "check_settings.h"
#include "commands.h"
#include "exit_code.h"
#include "messages.h"
#include "renderer.h"
#include "schema_files.h"
#include "schema_output.h"

namespace bearproof::cli {

Exit lint_schema(const LintSchemaArguments& arguments, World& world) {
  CheckArguments as_check;
  give(as_check, "--fail-on", {&arguments.fail_on, 1});
  if (!arguments.format.empty()) give(as_check, "--format", {&arguments.format, 1});
  give(as_check, "--color", {&arguments.color, 1});
  give(as_check, "--severity", arguments.severities);
  const auto settings = understand(as_check, world);
  if (!settings) return usage_error(world, "lint-schema", settings.error());

  if (output_form(settings->format)) {
    return usage_error(world, "lint-schema", "--format: " + settings->format + " is for documents, not schemas");
  }

  SchemaSet set(settings->documents);
  bool system_failed = false;
  for (const std::string& folder : arguments.schemas) {
    system_failed = !add_schema_folder(set, folder, world) || system_failed;
  }
  std::vector<std::string> read;
  for (const std::string& file : arguments.files) {
    if (add_schema_file(set, file, world)) {
      read.push_back(file);
    } else {
      system_failed = true;
    }
  }
  for (const std::string& file : read) {
    const std::string uri = file_uri(file);
    // What could not even be read as JSON has been found out already.
    if (!set.contains(uri)) continue;
    set.compile(uri, {});
    if (arguments.strong) set.lint(uri);
  }

  RendererOptions options;
  const CheckOptions& asked = settings->documents;
  const bool names_ruleset = settings->format == "json";
  options.report = report_options(asked, names_ruleset ? contract::ruleset() : std::string_view());
  options.pretty = arguments.pretty;
  options.text = {settings->color, world.columns};
  const auto renderer = make_renderer(settings->format, options);
  report::Summary summary;
  renderer->opening(world.out);
  for (const SchemaSet::Found& found : set.reports(true)) {
    // Of schemas that are only referred to, no more than what is wrong.
    bool asked_for = !found.report.findings.empty();
    for (const std::string& file : read) asked_for = asked_for || file == found.report.source;
    if (!asked_for) continue;
    summary.count(found.report);
    renderer->emit(world.out, renderer->render(found.report, {found.text, nullptr}));
  }
  renderer->closing(world.out, std::nullopt, summary);
  return exit_code(summary, settings->fail_on, system_failed);
}

}  // namespace bearproof::cli
