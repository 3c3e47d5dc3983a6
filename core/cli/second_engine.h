#pragma once

#include <memory>

#include "bearproof/validator/validator.h"

namespace bearproof::cli {

/// valijson as the engine of a check (`--engine valijson`); nullptr where this build has none. Its failures are all
/// `schema.shape`: it knows nothing of the rules that our schemas name. A schema that it cannot express is itself a
/// finding, schema.draft.unsupported, on every document of that dialect.
std::unique_ptr<SchemaEngine> make_second_engine();

}  // namespace bearproof::cli
