// Bearproof as a C++ library: JSON text in, a report out. Standard types alone; C++17 or later. Nothing here throws
// (apart from what running out of memory does), opens a file, asks the network or knows the time.
//
//     find_package(bearproof REQUIRED)
//     target_link_libraries(program PRIVATE bearproof::bearproof)
//
//     bearproof::api::Checker checker;
//     const bearproof::api::Report report = checker.check(text, "receipt.json");
//     for (const auto& finding : report.documents[0].findings) std::puts(finding.message.c_str());
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::api {

/// What a document came to: the first that fits, in this order.
enum class Verdict : std::uint8_t { unreadable, invalid, unrecognised, valid };
enum class Severity : std::uint8_t { error, warning, notice, info };

/// A place in a source, counted from the start of the file.
struct Position {
  std::uint64_t offset = 0;  ///< bytes, from 0
  std::uint64_t line = 0;    ///< from 1
  std::uint64_t column = 0;  ///< code points, from 1
};

struct Finding {
  std::string rule;  ///< its id, such as "browser.session.user-visible"
  Severity severity = Severity::error;
  std::string pointer;  ///< JSON Pointer of the value; "" for the whole document, or where the text is no document
  std::optional<Position> begin;
  std::optional<Position> end;  ///< one past the last
  std::string message;
  std::string help;  ///< what to do about it; may be ""
};

struct Document {
  std::string source;
  std::uint64_t line = 0;  ///< of NDJSON: the document's line in its file, from 1; else 0
  std::string kind;        ///< such as "BrowserAutomationReceipt"; "" where it was not recognised
  std::string dialect;     ///< such as "sourceos-v2"
  Verdict verdict = Verdict::valid;
  std::vector<Finding> findings;
};

struct Report {
  std::vector<Document> documents;  ///< of check_lines only those with findings
  std::uint64_t checked = 0;        ///< documents in all
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::string json;  ///< the canonical report, as `bearproof check --format json` prints it
};

/// Checks documents one after another. Holds all working memory: keep one for each thread.
class Checker {
 public:
  Checker();
  ~Checker();
  Checker(Checker&&) noexcept;
  Checker& operator=(Checker&&) noexcept;

  /// Sets options for what is checked from now on; those that are not named get their defaults back.
  /// @param json  the options of the JavaScript package's `check`:
  ///              `{"mode":"strict","level":"warning","now":"2026-05-04T10:00:00Z","severities":{"rule.id":"off"}}`
  /// @return what is wrong with them, and then nothing has changed; or nothing
  std::optional<std::string> set_options(std::string_view json);

  /// Checks one JSON document.
  /// @param source  a name for it in reports; never opened
  Report check(std::string_view text, std::string_view source);

  /// Checks NDJSON, a document on each line.
  Report check_lines(std::string_view text, std::string_view source);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Of the library, such as "0.1.0".
std::string_view version();
/// A digest of all schemas and rules: the same documents and options under the same ruleset give the same report.
std::string_view ruleset();

}  // namespace bearproof::api
