// Keeps secrets out of reports: what a sensitive finding points at is neither quoted nor shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::report {

/// The scalar values that no text of a report may quote. Messages cut long values, and each component spells control
/// characters in a way of its own: a value counts as quoted where its beginning is, or one of the pieces that everybody
/// spells alike.
class Secrets {
 public:
  /// Remembers the strings and numbers at and below a value, as written and as they read. Those of fewer than three
  /// bytes are left out: they would strike ordinary words, and tell nothing.
  void add(json::Value value);

  bool empty() const { return values_.empty(); }
  /// There are more of them than anyone looks for in every text: what may quote one must not be shown at all.
  bool too_many() const;
  /// Whether the text quotes one of them.
  bool in(std::string_view text) const;
  /// Replaces every quotation.
  void strike(std::string& text) const;

 private:
  struct Quotable {
    std::string text;
    bool is_piece = false;  ///< of a value that goes on before or behind it
  };
  void remember(std::string_view text, bool is_piece);
  std::vector<Quotable> values_;
};

}  // namespace bearproof::report
