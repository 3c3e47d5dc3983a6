#include "given_schema.h"

#include "schema_files.h"
#include "schema_output.h"

namespace bearproof::cli {

bool GivenSchema::load(const CheckSettings& settings, World& world) {
  SchemaSet& set = set_.emplace(settings.documents);
  for (const std::string& folder : settings.schemas) {
    if (!add_schema_folder(set, folder, world)) return false;
  }
  std::string uri = settings.schema;
  if (!set.contains(uri)) {
    if (!add_schema_file(set, settings.schema, world)) return false;
    uri = file_uri(settings.schema);
    // A text that could not be read as a schema has been found out.
    if (!set.contains(uri)) return true;
  }
  schema::CompileOptions options;
  options.assert_format = settings.assert_format;
  options.limits = settings.documents.limits;
  program_ = set.compile(uri, options);
  bool wants_output = output_form(settings.format).has_value();
  for (const auto& output : settings.outputs) wants_output = wants_output || output_form(output.first);
  if (program_ && wants_output) {
    options.output = true;
    options.check_metaschema = false;  // just done
    for_output_ = set.compile(uri, options);
  }
  return true;
}

std::vector<SchemaSet::Found> GivenSchema::reports() const {
  return set_ ? set_->reports() : std::vector<SchemaSet::Found>();
}

}  // namespace bearproof::cli
