// How messages quote nodes of a document, and how a quotation is spelled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/finding/message.h"
#include "bearproof/json/document.h"

namespace bearproof::json {

/// Quotes a node of the document that the finding is about: a string as a JSON literal, a number, true, false or null
/// as written, else "an array" or "an object". @param most  bytes of a string's text or of a number
inline Quotation quote(Value value, std::uint16_t most = 60) {
  return {value.index(), {}, most, Quotation::Form::literal};
}

/// Quotes a text that was worked out from a node. Where the node must not be quoted, nor is the text.
inline Quotation quote_part(std::string_view utf8, Value of, std::uint16_t most = 60) {
  return {of.index(), utf8, most, Quotation::Form::part};
}

/// As `quote`, with what is unsafe to show made visible. @param most  code points
inline Quotation show(Value value, std::uint16_t most = 40) {
  return {value.index(), {}, most, Quotation::Form::visible};
}

/// The same without quotation marks.
inline Quotation show_bare(Value value, std::uint16_t most = 40) {
  return {value.index(), {}, most, Quotation::Form::bare};
}

/// Appends what `show` quotes of a value, as a text: it is of another document than the one that the finding is about.
void append_shown(Message& message, Value value, std::uint16_t most = 40);

/// The same message with texts in place of nodes, for whoever has not the document.
Message detached(const Message& message, const Document& document);

/// "a string", "an object" …
std::string_view kind_of(Value value);

/// What must not be quoted, and what stands in its place.
class Redaction {
 public:
  enum class Outcome : std::uint8_t {
    shown,     ///< the text is quoted
    redacted,  ///< `instead` is quoted
    withheld,  ///< `instead` stands in place of the quotation, without quotation marks
  };
  virtual ~Redaction() = default;
  /// @param node     what is quoted; Quotation::no_node: a text that was worked out
  /// @param text     as it reads, not escaped, and longer than what is shown of it (Quotation::bytes_kept)
  /// @param most     bytes of it that are quoted at most
  /// @param instead  set unless the outcome is `shown`
  virtual Outcome redact(NodeIndex node, std::string_view text, std::size_t most, std::string& instead) const = 0;
};

/// A message as it is read.
/// @param document   whose nodes it quotes; may be nullptr where it quotes none
/// @param redaction  nullptr: everything may be quoted
std::string text_of(const Message& message, const Document* document, const Redaction* redaction = nullptr);

}  // namespace bearproof::json
