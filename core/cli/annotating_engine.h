#pragma once

#include <memory>

#include "bearproof/catalogue/limits.h"
#include "bearproof/validator/validator.h"

namespace bearproof::cli {

/// Evaluates documents by the schemas of their kinds in which `format` annotates (`--no-assert-format`).
std::unique_ptr<SchemaEngine> make_annotating_engine(const Limits& limits);

}  // namespace bearproof::cli
