// Every document below some paths, one after another.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/validator/validator.h"

namespace bearproof::cli {

/// Checks what lies at and below `paths`, "-" being standard input, and hands each document on with its text. Of NDJSON
/// every line is a document.
/// @param together  takes what of each matters to others; nullptr: nothing does
/// @return whether everything could be read; what could not has been told
bool for_each_document(const std::vector<std::string>& paths, Validator& validator, World& world,
                       const std::function<void(report::DocumentReport&&, const report::SourceText&)>& take,
                       Collection* together = nullptr);

}  // namespace bearproof::cli
