// The operator's story of a document: what happened, why policy acted, what risk remains, what to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/finding/severity.h"
#include "bearproof/json/document.h"
#include "bearproof/report/report.h"
#include "bearproof/report/text.h"

namespace bearproof::narrative {

/// One document, told. Sentences in plain words; all of it is safe to show: characters that hide or command are visible
/// escapes, values that a check found to be secrets are "[hidden]".
struct Narrative {
  std::string source;
  std::optional<std::uint64_t> line;
  Dialect dialect = Dialect::none;
  report::Verdict verdict = report::Verdict::valid;
  /// What the story deserves: an expected denial is a notice, whatever the document calls it. Never `off`.
  Severity severity = Severity::info;

  // What stays understandable however much is redacted; "" where the document does not say.
  std::string actor;
  std::string target;
  std::string policy_rule;
  std::string outcome;

  std::string happened;
  std::string why;
  std::string risk;
  std::string next;
};

/// Tells one document.
/// @param report    of it, at level info: it says the kind, and which places must not be shown
/// @param document  nullptr: the text is none
/// @param offset    where its text starts in its file, in bytes
Narrative tell(const report::DocumentReport& report, const json::Document* document, std::uint64_t offset);

/// `[{"source","line","kind","dialect","verdict","severity","actor","target","rule","outcome","happened","why","risk",
/// "next"}]`; what is not known is left out.
std::string to_json(const std::vector<Narrative>& narratives);

/// "What happened", "Why", "What remains", "What to do", wrapped at `width` columns (0: not wrapped), under a line that
/// names the document.
std::string to_text(const Narrative& narrative, const report::TextStyle& style);

}  // namespace bearproof::narrative
