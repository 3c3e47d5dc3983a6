// What a finding says: words of our own, and quotations of a document. Quotations are kept as references and whole
// texts; they are spelled, cut and redacted once, where a report is built (report/quoter.h).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof {

/// Index of a node in a json::Document; the root is 0.
using NodeIndex = std::uint32_t;

/// Something of a document that a message quotes: a node of the document that the finding is about, or a text that was
/// worked out from it.
struct Quotation {
  enum class Form : std::uint8_t {
    literal,  ///< a JSON literal, at most `most` bytes of its text; of a container, only what it is: "an array"
    visible,  ///< at most `most` code points between quotation marks, with what is unsafe to show as \u{…}
    bare,     ///< the same without quotation marks
    part,     ///< as literal: not the node but `text`, which was worked out from it
    plain,    ///< at most `most` bytes as they are: a URI
  };
  static constexpr NodeIndex no_node = ~NodeIndex{0};
  static constexpr std::size_t longest_code_point = 4;  // bytes

  /// Bytes of a text that are looked at: more than can be shown, enough to tell a secret that begins there. The text
  /// may be long, and many findings may quote it.
  static constexpr std::size_t bytes_kept(std::uint16_t most) { return most * longest_code_point + 1024; }

  NodeIndex node = no_node;
  std::string_view text;  ///< where it is not the node that is quoted; as much as can be shown is copied
  std::uint16_t most = 60;
  Form form = Form::literal;
};

/// Quotes a text that was worked out from a document. Of a node: json/quotation.h.
inline Quotation quote(std::string_view utf8, std::uint16_t most = 60) {
  return {Quotation::no_node, utf8, most, Quotation::Form::literal};
}
/// The same, with what is unsafe to show made visible.
inline Quotation show(std::string_view utf8, std::uint16_t most = 40) {
  return {Quotation::no_node, utf8, most, Quotation::Form::visible};
}
inline Quotation show_bare(std::string_view utf8, std::uint16_t most = 40) {
  return {Quotation::no_node, utf8, most, Quotation::Form::bare};
}
/// The same without quotation marks, as it is.
inline Quotation plain(std::string_view utf8) {
  return {Quotation::no_node, utf8, std::numeric_limits<std::uint16_t>::max(), Quotation::Form::plain};
}

/// Words of our own that are no literal: out of a table, say. Never a text of a document: nobody would redact it.
struct Words {
  std::string_view text;
};
inline Words words(std::string_view own) { return {own}; }

/// Words and quotations, one after another:
///
///     found->message << "the owner " << quote(owner) << " is a URN without a name";
///
/// Words are literals, numbers and `words(…)`. Any other text has to be quoted, which the compiler sees to.
class Message {
 public:
  /// A quotation within `bytes()`.
  struct Span {
    std::uint32_t begin;  ///< where it stands among the words
    std::uint32_t end;    ///< its text lies before that; a node has none here
    NodeIndex node;
    std::uint16_t most;
    Quotation::Form form;
  };

  Message() = default;
  Message(const char* literal) : bytes_(literal) {}
  Message(Words own) : bytes_(own.text) {}
  /// Of all these parts.
  template <class... Parts>
  static Message of(const Parts&... parts) {
    Message out;
    (out << ... << parts);
    return out;
  }

  Message& operator<<(const char* literal);
  Message& operator<<(Words own);
  Message& operator<<(char own);
  Message& operator<<(const Quotation& quotation);
  Message& operator<<(const Message& other);
  template <std::integral Number>
  Message& operator<<(Number number) {
    if constexpr (std::signed_integral<Number>) {
      return append(std::int64_t{number});
    } else {
      return append(std::uint64_t{number});
    }
  }
  Message& operator<<(bool) = delete;
  Message& operator<<(std::string_view) = delete;

  bool empty() const { return bytes_.empty() && quotations_.empty(); }
  void clear();

  /// Words, and between them the texts of the quotations.
  const std::string& bytes() const { return bytes_; }
  /// In the order in which they stand.
  const std::vector<Span>& quotations() const { return quotations_; }

 private:
  Message& append(std::int64_t number);
  Message& append(std::uint64_t number);

  std::string bytes_;
  std::vector<Span> quotations_;
};

}  // namespace bearproof
