// From failures to findings: what a reader sees.
#pragma once

#include <vector>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/json/pointer.h"

#include "failure.h"
#include "program.h"

namespace bearproof::schema {

/// What the words for several failures of one document share.
struct Telling {
  explicit Telling(const json::Document& document) : pointers(document) {}
  json::Pointers pointers;
  /// Members that may yet be looked at to see whether a name that might be meant is taken already.
  std::uint32_t members_left = 4'000'000;
};

/// Words one failure.
void describe(const ProgramData& program, const json::Document& document, const Failure& failure, Finding& finding,
              Telling& telling);

/// Raises a finding for each failure, one for each rule and place (members that are missing count one by one, unless a
/// rule of their own speaks for several).
void tell(const ProgramData& program, const json::Document& document, const std::vector<Failure>& failures,
          FindingSink& sink);

}  // namespace bearproof::schema
