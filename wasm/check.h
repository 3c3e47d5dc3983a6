#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bearproof/report/report.h"
#include "bearproof/validator/validator.h"

#include "kept_texts.h"

namespace bearproof::wasm {

/// One report at a time: begin, add …, finish; or begin, open, push …, close, finish.
class Check {
 public:
  /// Starts a report; whatever was begun before is forgotten. @param validator  must last until the next one is begun
  void begin(Validator& validator);
  /// The validator goes: no more is to be added. What was found stays.
  void stop();

  void add(std::string_view source, std::string_view text);
  /// Adds each line of NDJSON that is not blank as a document.
  void add_lines(std::string_view source, std::string_view text);
  /// Adds a document that made another instance trap: its one finding is engine.failed.
  const report::DocumentReport& fail(std::string_view source);

  /// The report is one over the lines of an NDJSON stream.
  void open(std::string_view source);
  void push(std::string_view bytes);
  /// No more lines are to come.
  void close();

  /// The canonical report. The documents in it are forgotten; a stream's summary goes on counting.
  std::string finish(bool pretty);

  // With the option `collection`, of the documents since `begin`:
  /// A graph of services: JSON.
  std::string graph();
  /// Events in groups: a JSON array.
  std::string coalesce();

 private:
  void list(Checked& checked);

  Validator* validator_ = nullptr;
  report::Report report_;
  std::optional<Validator::Lines> lines_;
  std::optional<Collection> collection_;  ///< where the options ask for it
  KeptTexts kept_;
  bool is_open_ = false;  ///< a stream that goes on
};

}  // namespace bearproof::wasm
