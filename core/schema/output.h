// JSON Schema's own output forms.
#pragma once

#include <string>

#include "bearproof/json/document.h"
#include "bearproof/json/quotation.h"

#include "machine.h"
#include "program.h"

namespace bearproof::schema {

void write_flag(bool valid, std::string& out);

/// @param machine    just back from `annotate`
/// @param redaction  nullptr: errors may quote everything
void write_basic(const ProgramData& program, const json::Document& document, const Machine& machine, bool valid,
                 const json::Redaction* redaction, std::string& out);

}  // namespace bearproof::schema
