#include "bearproof/json/quotation.h"

#include "bearproof/json/canonical.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/utf8.h"

namespace bearproof::json {
namespace {

void append_visible(std::string& out, std::string_view utf8, std::uint32_t most) {
  std::uint32_t shown = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    if (shown++ == most) {
      out += "…";
      return;
    }
    const text::Decoded here = text::decode(utf8, at);
    if (text::is_unsafe_to_show(here.code_point)) {
      out += "\\u{";
      text::append_hex(out, here.code_point, 1);
      out += '}';
    } else {
      out += utf8.substr(at, here.length);
    }
    at += here.length;
  }
}

/// Appends a JSON string literal, cut after `most` bytes (at a code point) with an ellipsis.
void append_literal(std::string& out, std::string_view utf8, std::size_t most) {
  const std::string_view shown = text::beginning(utf8, most);
  append_string(out, shown);
  if (shown.size() < utf8.size()) out.insert(out.size() - 1, "…");
}

/// What stands for a value of which no text is quoted; "" for a string or a number.
std::string_view words_for(Value value, Quotation::Form form) {
  switch (value.type()) {
    case Type::null: return "null";
    case Type::boolean: return value.is_true() ? "true" : "false";
    case Type::number:
    case Type::string: return {};
    case Type::array:
    case Type::object: break;
  }
  if (value.size() != 0 || form == Quotation::Form::literal) return kind_of(value);
  return value.is_array() ? "[]" : "{}";
}

/// Appends a quotation of a value's text that is spelled as one of the value.
void append_text(Message& message, Value value, std::uint16_t most, Quotation::Form form) {
  std::string scratch;
  if (value.is_string()) {
    message << Quotation{Quotation::no_node, value.string(scratch), most, form};
  } else if (value.is_number()) {
    const bool is_literal = form == Quotation::Form::literal;
    message << Quotation{Quotation::no_node, value.raw(), most,
                         is_literal ? Quotation::Form::plain : Quotation::Form::bare};
  } else {
    message << words(words_for(value, form));
  }
}

/// Puts one message into words.
class Speller {
 public:
  Speller(const Document* document, const Redaction* redaction, std::string& out)
      : document_(document), redaction_(redaction), out_(out) {}

  void append(const Message::Span& span, std::string_view text) {
    if (span.node == Quotation::no_node || span.form == Quotation::Form::part) {
      string(span, text, has_marks(span.form));
    } else if (document_ != nullptr && span.node < document_->size) {
      value(span, Value(document_, span.node));
    }
  }

 private:
  static bool has_marks(Quotation::Form form) {
    return form != Quotation::Form::bare && form != Quotation::Form::plain;
  }

  void value(const Message::Span& span, Value value) {
    std::string scratch;
    if (value.is_string()) {
      string(span, value.string(scratch), has_marks(span.form));
    } else if (value.is_number()) {
      string(span, value.raw(), false);
    } else {
      out_ += words_for(value, span.form);
    }
  }

  void string(const Message::Span& span, std::string_view text, bool has_marks) {
    using Form = Quotation::Form;
    const bool is_visible = span.form == Form::visible || span.form == Form::bare;
    text = text.substr(0, Quotation::bytes_kept(span.most));
    std::string instead;
    if (redaction_ != nullptr) {
      const std::size_t most = is_visible ? span.most * Quotation::longest_code_point : span.most;
      const Redaction::Outcome outcome = redaction_->redact(span.node, text, most, instead);
      if (outcome == Redaction::Outcome::withheld) {
        out_ += instead;
        return;
      }
      if (outcome == Redaction::Outcome::redacted) text = instead;
    }
    if (is_visible) {
      if (has_marks) out_ += '"';
      append_visible(out_, text, span.most);
      if (has_marks) out_ += '"';
    } else if (has_marks) {
      append_literal(out_, text, span.most);
    } else {
      const std::string_view shown = text::beginning(text, span.most);
      out_ += shown;
      if (shown.size() < text.size()) out_ += "…";
    }
  }

  const Document* document_;
  const Redaction* redaction_;
  std::string& out_;
};

}  // namespace

void append_shown(Message& message, Value value, std::uint16_t most) {
  append_text(message, value, most, Quotation::Form::visible);
}

Message detached(const Message& message, const Document& document) {
  const std::string_view bytes = message.bytes();
  Message out;
  std::size_t at = 0;
  for (const Message::Span& span : message.quotations()) {
    out << words(bytes.substr(at, span.begin - at));
    if (span.form == Quotation::Form::part || span.node == Quotation::no_node) {
      const auto form = span.form == Quotation::Form::part ? Quotation::Form::literal : span.form;
      out << Quotation{Quotation::no_node, bytes.substr(span.begin, span.end - span.begin), span.most, form};
    } else {
      append_text(out, Value(&document, span.node), span.most, span.form);
    }
    at = span.end;
  }
  return out << words(bytes.substr(at));
}

std::string_view kind_of(Value value) {
  switch (value.type()) {
    case Type::null: return "null";
    case Type::boolean: return "a boolean";
    case Type::number: return "a number";
    case Type::string: return "a string";
    case Type::array: return "an array";
    case Type::object: return "an object";
  }
  return "a value";
}

std::string text_of(const Message& message, const Document* document, const Redaction* redaction) {
  const std::string_view bytes = message.bytes();
  std::string out;
  Speller speller(document, redaction, out);
  std::size_t at = 0;
  for (const Message::Span& span : message.quotations()) {
    out += bytes.substr(at, span.begin - at);
    speller.append(span, bytes.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  out += bytes.substr(at);
  return out;
}

}  // namespace bearproof::json
