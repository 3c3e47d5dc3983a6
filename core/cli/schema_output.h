#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "bearproof/schema/schema.h"

#include "renderer.h"

namespace bearproof::cli {

/// JSON Schema's own output, one line per document: `--format schema-flag` and `--format schema-basic`.
/// @param schema  compiled for output; nullptr: each document by the schema of its kind
std::unique_ptr<Renderer> make_schema_renderer(schema::OutputForm form, const schema::Program* schema,
                                               const Limits& limits);

std::span<const Format> schema_output_formats();
/// The form of JSON Schema's own output that a format names.
std::optional<schema::OutputForm> output_form(std::string_view format);

}  // namespace bearproof::cli
