// What one Wasm instance keeps between calls. Knows nothing of JavaScript.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/narrative/narrative.h"
#include "bearproof/report/report.h"
#include "bearproof/validator/validator.h"

namespace bearproof::wasm {

/// One report at a time: begin, add …, finish; or open, push …, close, finish. Whatever was begun before is forgotten.
class Session {
 public:
  /// Starts a report over documents.
  /// @param options  JSON text, as parse_options reads it
  /// @return false: the options are refused, and output() says why
  bool begin(std::string_view options);
  void add(std::string_view source, std::string_view text);
  /// Adds a document that made another instance trap: its one finding is engine.failed.
  void fail(std::string_view source);

  /// Tells a document, after `begin`; `told` gives the stories of all since then.
  void tell(std::string_view source, std::string_view text);
  void told();

  /// Starts a report over the lines of an NDJSON stream; the level is `warning` unless the options say otherwise.
  /// @return as begin
  bool open(std::string_view options, std::string_view source);
  void push(std::string_view bytes);
  /// No more lines are to come.
  void close();

  /// Writes the canonical report to output(). The documents in it are forgotten; a stream's summary goes on counting.
  void finish(bool pretty);

  void show(std::string text) { output_ = std::move(text); }
  std::string_view output() const { return output_; }

 private:
  bool prepare(std::string_view options, Severity level);

  std::unique_ptr<Validator> validator_;
  std::string options_;  ///< the text that validator_ was made from
  Severity level_ = Severity::off;
  report::Report report_;
  std::optional<Validator::Lines> lines_;
  narrative::Narrator narrator_;
  std::vector<narrative::Narrative> narratives_;
  std::string output_;
};

}  // namespace bearproof::wasm
