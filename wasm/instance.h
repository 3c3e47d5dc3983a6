// What one Wasm instance keeps between calls, and what one of its parts has to know of another. Knows nothing of
// JavaScript.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "check.h"
#include "schemas.h"
#include "session_view.h"
#include "stories.h"
#include "warm_validator.h"

namespace bearproof::wasm {

struct Instance {
  Schemas schemas;
  WarmValidator validator;
  Check check;
  Stories stories;
  SessionView sessions;
  std::string output;  ///< what the last call that answers with text answered

  /// Starts a report, and stories, over documents. Whatever was begun before is forgotten.
  /// @param options  JSON text, as parse_options reads it
  /// @param schema   a number of `schemas`, or 0
  /// @return false: the options are refused, and `output` says why
  bool begin(std::string_view options, std::uint32_t schema);
  /// Starts a report over the lines of an NDJSON stream; the level is `warning` unless the options say otherwise.
  /// @return as begin
  bool open(std::string_view options, std::string_view source, std::uint32_t schema);
  /// Adds a document that made another instance trap to report and stories.
  void fail(std::string_view source);
  void dispose(std::uint32_t schema);
  /// Writes `{"event":"…","receipt":"…"}` to `output`, or why there is nothing to revoke. @return whether there is
  bool revoke(std::string_view text, std::string_view now);
  /// @param refused  why options are refused. @return whether they are not; else `output` says why
  bool accepted(std::optional<std::string>&& refused);

 private:
  bool prepare(std::string_view options, Severity level, std::uint32_t schema);
};

}  // namespace bearproof::wasm
