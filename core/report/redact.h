// Keeps secrets out of reports: what a sensitive finding points at is neither quoted nor shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::report {

/// The scalar values that no text of a report may quote.
class Secrets {
 public:
  /// Remembers the strings and numbers at and below a value, as written and as they read. Those of fewer than three
  /// bytes are left out: they would strike ordinary words, and tell nothing.
  void add(json::Value value);

  bool empty() const { return values_.empty(); }
  /// Whether the text quotes one of them.
  bool in(std::string_view text) const;
  /// Replaces every quotation.
  void strike(std::string& text) const;

 private:
  void remember(std::string_view value);
  std::vector<std::string> values_;
};

}  // namespace bearproof::report
