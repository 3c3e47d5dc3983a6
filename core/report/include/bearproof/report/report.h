// Findings → the canonical report, and the report → text for people and programs. Every build writes the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/collection/link.h"
#include "bearproof/finding/finding.h"
#include "bearproof/finding/severity.h"
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
inline constexpr std::size_t verdict_count = 4;
std::string_view name_of(Verdict verdict);

/// The one function that decides a verdict.
/// @param readable    the reader made a document of the text
/// @param has_error   some finding is an error, listed or left out
/// @param recognised  the kind is known and this build has its schema
Verdict verdict_of(bool readable, bool has_error, bool recognised);

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

/// A fix as it is reported.
struct LocatedFix {
  Fix::Safety safety = Fix::Safety::unsafe;
  std::string title;
  std::string patch;  ///< JSON array of operations
};

/// A finding as it is reported: severity decided, place worked out.
struct LocatedFinding {
  RuleCase rule_case{};
  Severity severity = Severity::error;
  std::string source;                  ///< of a collection's finding: where its first place is; else ""
  std::optional<std::string> pointer;  ///< absent where the text is not a document
  std::optional<Range> range;
  std::string message;
  std::string help;
  std::optional<SchemaPlace> schema;
  std::vector<LocatedRelated> related;
  std::optional<LocatedFix> fix;
};

/// A finding in the catalogue's words and of its severity, without a place.
LocatedFinding finding_of(RuleCase rule_case);

struct DocumentReport {
  std::string source;
  std::optional<std::uint64_t> line;  ///< NDJSON: the document's line in its file
  Dialect dialect = Dialect::none;
  Verdict verdict = Verdict::valid;
  std::vector<LocatedFinding> findings;
  std::optional<std::string> digest;  ///< "sha256:…" of the document's bytes

  /// Parts of the source that no renderer may show, ascending, in bytes from the start of the file. Not part of the
  /// canonical report.
  struct Hidden {
    std::uint64_t begin;
    std::uint64_t end;
  };
  std::vector<Hidden> hidden;
  /// False where so many findings were left out that not every sensitive place is known: then the source is not shown
  /// at all. Not part of the canonical report.
  bool may_show_source = true;
};

struct Summary {
  std::uint64_t documents = 0;
  std::uint64_t verdicts[verdict_count] = {};            ///< by Verdict
  std::uint64_t severities[severity_names.size()] = {};  ///< findings listed, by Severity

  void count(const DocumentReport& document);
  /// Counts the findings of a collection: they change no document's verdict.
  void count(const std::vector<LocatedFinding>& collection);
  /// Counts a document without findings: all there is to say of nearly every line of NDJSON.
  void count_clean(Verdict verdict) {
    ++documents;
    ++verdicts[static_cast<std::size_t>(verdict)];
  }
  void add(const Summary& other);
};

struct ReportOptions {
  Mode mode = Mode::standard;
  Severity level = Severity::info;
  std::string now;                ///< as given; "" when not
  std::uint32_t ttl_minutes = 0;  ///< how long a session may be active, where that is not the default; 0: not named
  std::string_view ruleset;       ///< contract::ruleset(): what the documents were judged by; stands before the options
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
  std::string_view text;                     ///< of the document; in NDJSON of its line
  json::Position origin;                     ///< where `text` starts in its file
  const json::Document* document = nullptr;  ///< nullptr: unreadable
  Dialect dialect = Dialect::none;
  bool checked = true;  ///< false: known kind without schema, or no known kind
};

/// Supersession, severities, positions, order (by place in the text, then rule id), duplicates removed, help filled in.
/// Values of findings whose rule is sensitive never enter the report: no message, help or fix of any finding of the
/// document keeps them. A finding silences those of a superseded rule only where it is at least as severe, so that what
/// is found at one level does not depend on what another level would have shown. Takes the sink's findings.
DocumentReport build(const Subject& subject, FindingSink& sink);

/// The findings of a collection, with their places: in the order of the documents, then as in a document. What cannot
/// be read again keeps its pointer and has no range.
std::vector<LocatedFinding> build(const collection::Index& index, collection::Linked&& linked,
                                  const Severity* severities, collection::Texts& texts);

/// The canonical report. `pretty`: two spaces of indentation, a newline at the end.
std::string to_json(const Report& report, bool pretty);
/// One document's object, as it stands in the report: a line of `--format ndjson`.
std::string to_json(const DocumentReport& document);
/// `{"collection":…,"summary":…}`: the last line of `--format ndjson --collection`.
std::string closing_line(const std::optional<std::vector<LocatedFinding>>& collection, const Summary& summary);

/// The report in parts, for those who write it as it grows: opening, the documents with ',' between them, closing.
std::string json_opening(const ReportOptions& options);
std::string json_closing(const std::optional<std::vector<LocatedFinding>>& collection, const Summary& summary);

/// This program's version, as the report's first member gives it.
std::string_view version();

}  // namespace bearproof::report
