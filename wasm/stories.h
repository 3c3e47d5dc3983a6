#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/narrative/narrative.h"
#include "bearproof/validator/validator.h"

namespace bearproof::wasm {

/// What documents tell, gathered until it is asked for.
class Stories {
 public:
  void clear() { narratives_.clear(); }
  void add(Validator& validator, std::string_view source, std::string_view text);
  /// Adds each line of NDJSON that is not blank as a document.
  void add_lines(Validator& validator, std::string_view source, std::string_view text);
  /// Adds a document of which nothing but the report is there.
  void add(const report::DocumentReport& document);

  /// A JSON array of those since the last call.
  std::string finish();

 private:
  void add(Checked& checked);

  std::vector<narrative::Narrative> narratives_;
};

}  // namespace bearproof::wasm
