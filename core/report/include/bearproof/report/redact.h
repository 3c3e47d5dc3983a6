// Keeps secrets out of reports: what a sensitive finding points at is neither quoted nor shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::report {

struct DocumentReport;

/// The scalar values that no text of a report may quote. A value counts as quoted where its beginning is, so that a
/// text need not be looked through as far as two values may be long; or, in JSON text, where one of the pieces is that
/// every spelling has.
class Secrets {
 public:
  /// Of a document: what its report hides. @param origin  bytes before the document in its file
  static Secrets of(const json::Document& document, const DocumentReport& report, std::uint64_t origin);

  /// Remembers the strings and numbers at and below a value, as written and as they read. Those of fewer than three
  /// bytes are left out: they would strike ordinary words, and tell nothing.
  void add(json::Value value);

  bool empty() const { return nodes_.empty(); }
  /// There are more of them than anyone looks for in every text: what may quote one must not be shown at all.
  bool too_many() const;
  /// Whether the text is one of them.
  bool has(std::string_view text) const;
  /// Whether the text quotes one of them.
  bool in(std::string_view text) const;
  /// Hides what a quotation would show of them.
  /// @param node     what is quoted; Quotation::no_node: a text that was worked out
  /// @param text     as it reads, not escaped, and longer than what is shown of it (Quotation::bytes_kept)
  /// @param most     bytes of it that are quoted at most
  /// @param instead  set to what is quoted instead, where something has to be hidden
  /// @return whether something has to be hidden
  bool redact(NodeIndex node, std::string_view text, std::size_t most, std::string& instead) const;

 private:
  struct Quotable {
    std::string text;
    bool is_piece = false;  ///< of a value that goes on before or behind it
  };
  struct Nodes {
    NodeIndex first;
    NodeIndex end;
  };
  void remember(std::string_view text, bool is_piece);
  std::vector<Quotable> values_;
  std::vector<Nodes> nodes_;
};

}  // namespace bearproof::report
