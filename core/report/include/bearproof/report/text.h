// The report for people: a line for each document, a frame of source for each finding, a summary.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/report/report.h"

namespace bearproof::report {

struct TextStyle {
  bool color = false;  ///< ANSI colours
  unsigned width = 0;  ///< columns to wrap messages at; 0: don't wrap, and cut source lines at 120
};

/// The text that a document was read from, for its frames.
struct SourceText {
  std::string_view text;     ///< empty: findings are told without frames
  std::uint64_t offset = 0;  ///< of `text` in its file
};

/// A document with its findings. Nothing in it can command a terminal: control, bidi and invisible characters are shown
/// as escapes, whether they come from the document, its name or a message; sensitive values are not shown at all.
std::string document_text(const DocumentReport& document, const SourceText& source, const TextStyle& style);

/// What several documents show together: each finding with its places. "" where there is nothing.
std::string collection_text(const std::vector<LocatedFinding>& findings, const TextStyle& style);

/// One line for an NDJSON input: "invalid       records.ndjson  20000 documents: 19998 valid, 2 invalid".
std::string lines_text(std::string_view source, const Summary& summary, const TextStyle& style);

/// "3 documents: 1 valid, 2 invalid. 4 errors, 1 warning.", with a newline.
std::string summary_text(const Summary& summary, const TextStyle& style);

}  // namespace bearproof::report
