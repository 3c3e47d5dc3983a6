// Every document below some paths, one after another.
#pragma once

#include <string>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/validator/validator.h"

namespace bearproof::cli {

/// Checks what lies at and below `paths`, "-" being standard input, and hands each document on. Of NDJSON every line is
/// a document.
/// @return whether everything could be read; what could not has been told
bool for_each_document(const std::vector<std::string>& paths, Validator& validator, World& world,
                       const Validator::Take& take);

}  // namespace bearproof::cli
