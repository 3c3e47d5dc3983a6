// The built-in schemas, compiled in other ways than a check usually needs.
#pragma once

#include <memory>
#include <optional>

#include "bearproof/contract/contract.h"
#include "bearproof/schema/schema.h"
#include "bearproof/validator/validator.h"

namespace bearproof::cli {

/// Compiles the schema of a dialect; nothing where this build has none.
std::optional<schema::Program> compile_kind(Dialect dialect, const schema::CompileOptions& options);

/// Evaluates documents by the schemas of their kinds in which `format` annotates (`--no-assert-format`).
std::unique_ptr<SchemaEngine> make_engine_without_formats(const Limits& limits);

}  // namespace bearproof::cli
