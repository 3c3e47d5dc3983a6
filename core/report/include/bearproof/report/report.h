// Findings → the canonical report, and the report → text for people and programs. Every build writes the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/json/position.h"

namespace bearproof::report {

/// What a document came to. The first that fits, in this order.
enum class Verdict : std::uint8_t {
  unreadable,    ///< the reader could not make a document of it
  invalid,       ///< it has an error, or a limit left it undecided
  unrecognised,  ///< no known kind, or a known kind that this build has no schema for
  valid,
};
std::string_view name_of(Verdict verdict);

struct Range {
  json::Position start;
  json::Position end;  ///< half-open
};

struct LocatedRelated {
  std::string source;
  std::string pointer;
  std::optional<Range> range;
  std::string message;
};

/// A finding as it is reported: severity decided, place worked out.
struct LocatedFinding {
  RuleCase rule_case{};
  Severity severity = Severity::error;
  std::optional<std::string> pointer;  ///< absent where the text is not a document
  std::optional<Range> range;
  std::string message;
  std::string help;
  std::optional<SchemaPlace> schema;
  std::vector<LocatedRelated> related;
  std::optional<Fix> fix;
};

struct DocumentReport {
  std::string source;
  std::optional<std::uint64_t> line;  ///< NDJSON: the document's line in its file
  Dialect dialect = Dialect::none;
  Verdict verdict = Verdict::valid;
  std::vector<LocatedFinding> findings;
  std::optional<std::string> digest;  ///< "sha256:…" of the document's bytes
};

struct Summary {
  std::uint64_t documents = 0;
  std::uint64_t verdicts[4] = {};    ///< by Verdict
  std::uint64_t severities[5] = {};  ///< findings, by Severity
  void count(const DocumentReport& document);
};

struct ReportOptions {
  Mode mode = Mode::standard;
  Severity level = Severity::info;
  std::string now;  ///< as given; "" when not
};

struct Report {
  ReportOptions options;
  std::vector<DocumentReport> documents;
  std::optional<std::vector<LocatedFinding>> collection;  ///< present when cross-document rules ran
  Summary summary;
};

/// What the pipeline knows of a document when it asks for its report.
struct Subject {
  std::string_view source;
  std::optional<std::uint64_t> line;
  std::string_view text;               ///< of the document; in NDJSON of its line
  json::Position origin;               ///< where `text` starts in its file
  const json::Document* document;      ///< nullptr: unreadable
  Dialect dialect = Dialect::none;
  bool checked = true;                 ///< false: known kind without schema, or no known kind
};

/// Supersession, severities, positions, order (by place in the text, then rule id), duplicates removed, help filled in.
/// Values of findings whose rule is sensitive never enter the report.
DocumentReport build(const Subject& subject, FindingSink& sink);

/// The canonical report (interfaces.md, "The report"). `pretty`: two spaces of indentation, a newline at the end.
std::string to_json(const Report& report, bool pretty);
/// One document's object, as it stands in the report: a line of `--format ndjson`.
std::string to_json(const DocumentReport& document);
/// `{"collection":…,"summary":…}`: the last line of `--format ndjson --collection`.
std::string closing_line(const Report& report);

}  // namespace bearproof::report
