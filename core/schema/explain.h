// From failures to findings: what a reader sees.
#pragma once

#include <vector>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

#include "failure.h"
#include "program.h"

namespace bearproof::schema {

/// Words one failure.
void describe(const ProgramData& program, const json::Document& document, const Failure& failure, Finding& finding);

/// Raises a finding for each failure, one for each rule and place (members that are missing count one by one, unless a
/// rule of their own speaks for several).
void tell(const ProgramData& program, const json::Document& document, const std::vector<Failure>& failures,
          FindingSink& sink);

}  // namespace bearproof::schema
