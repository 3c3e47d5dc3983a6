// The forms in which a check's results are printed.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/report/report.h"
#include "bearproof/report/text.h"

namespace bearproof::cli {

/// What the documents of a check show together, where that was looked for.
using Collected = std::optional<std::vector<report::LocatedFinding>>;

/// One document as a renderer writes it.
struct Rendered {
  std::string text;                ///< "" where there is nothing to write of it
  bool is_line = false;            ///< of an NDJSON input
  Severity worst = Severity::off;  ///< of its findings
};

/// What a report is about.
struct CheckedText {
  report::SourceText source;
  const json::Document* document = nullptr;  ///< nullptr: the text is none, or the report tells of a schema
};

/// Writes results in input order, as they come: `opening`, `emit` and `file` in any number, `closing`.
class Renderer {
 public:
  virtual ~Renderer() = default;

  virtual void opening(Output&) {}
  /// One document, as `emit` wants it. Safe to call from several threads.
  Rendered render(const report::DocumentReport& report, const CheckedText& text) const;
  virtual void emit(Output& out, const Rendered& document) { out.write(document.text); }
  /// After the last line of an NDJSON input.
  virtual void file(Output&, std::string_view, const report::Summary&) {}
  /// @param collection  what the documents show together; nothing where cross-document rules did not run
  virtual void closing(Output&, const Collected&, const report::Summary&) {}

  /// Whether lines of NDJSON without findings are wanted too.
  virtual bool wants_every_line() const { return false; }

 private:
  virtual std::string text_of(const report::DocumentReport& report, const CheckedText& text) const = 0;
};

struct RendererOptions {
  report::ReportOptions report;
  report::TextStyle text;
  bool pretty = false;
  bool quiet = false;
  std::string folder;                  ///< the working folder: files below it are named relative to it
  Severity failing = Severity::error;  ///< from where on a test case fails
};

/// What --format takes, declared where its renderer is.
struct Format {
  std::string_view name;
  std::string_view note;  ///< what --help says of it, in brackets; "" for nothing
  /// nullptr for those that only `check` can make, out of the schema that it was given (given_schema.h)
  std::unique_ptr<Renderer> (*make)(const RendererOptions&);
};
/// In the order in which --help lists them; the first is the default.
std::span<const Format> formats();
/// For Format::make.
template <class R>
std::unique_ptr<Renderer> make(const RendererOptions& options) {
  return std::make_unique<R>(options);
}

/// @param format  a name that --format takes
/// @return nullptr for any other format, and for those without a `make`
std::unique_ptr<Renderer> make_renderer(std::string_view format, const RendererOptions& options);

}  // namespace bearproof::cli
