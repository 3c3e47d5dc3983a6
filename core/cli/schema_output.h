#pragma once

#include <memory>

#include "bearproof/schema/schema.h"

#include "renderer.h"

namespace bearproof::cli {

/// JSON Schema's own output, one line per document: `--format schema-flag` and `--format schema-basic`.
/// @param schema  compiled for output; nullptr: each document by the schema of its kind
std::unique_ptr<Renderer> make_schema_renderer(schema::OutputForm form, const schema::Program* schema,
                                               const Limits& limits);

}  // namespace bearproof::cli
