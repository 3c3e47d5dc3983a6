#include "scanner.h"

#include <algorithm>

#include "bearproof/catalogue/rules.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/utf8.h"

#include "escapes.h"

namespace bearproof::json {

namespace {

bool is_word(char c) { return text::is_letter_or_digit(c) || c == '_' || c == '$'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string name_of(std::uint32_t code_point) {
  if (code_point == '\'') return "an apostrophe";
  if (code_point > 0x20 && code_point < 0x7F) return {'\'', static_cast<char>(code_point), '\''};
  return text::name_of_code_point(code_point);
}

std::string escape_of(std::uint32_t unit) {
  std::string out = "\\u";
  text::append_hex(out, unit, 4);
  return out;
}

/// The run of letters, digits, '_' and '$' at a place.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return text.substr(at, end - at);
}

constexpr std::size_t longest_word = 24;

std::string found_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return "the end of the text";
  const std::string_view word = text::is_letter(text[at]) ? word_at(text, at) : std::string_view();
  if (word.size() > 1) {
    std::string quoted(1, '\'');
    quoted += word.substr(0, longest_word);
    quoted += word.size() > longest_word ? "…'" : "'";
    return quoted;
  }
  return name_of(text::decode(text, at).code_point);
}

/// Bytes that something covers when it is not what was expected: a word, a code point, nothing at the end.
std::size_t extent_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text::is_letter(text[at])) return word_at(text, at).size();
  return text::decode(text, at).length;
}

/// UTF-16 and UTF-32 begin with a byte order mark that UTF-8 cannot contain.
bool looks_like_utf16(std::string_view text) {
  return text.size() >= 2 && ((text[0] == '\xFF' && text[1] == '\xFE') || (text[0] == '\xFE' && text[1] == '\xFF'));
}

std::string plural(std::uint64_t count, std::string_view unit) {
  std::string text = std::to_string(count) + " ";
  text += unit;
  if (count != 1) text += 's';
  return text;
}

}  // namespace

std::uint64_t most_nodes(std::uint64_t text_size, const Limits& limits) {
  // Every term stays far below 2^64 for the limits that a host may set, yet a host that errs must not wrap it.
  constexpr std::uint64_t cap = std::uint64_t{1} << 60;
  const std::uint64_t factor = std::min(limits.arena_factor, std::uint64_t{1} << 30);
  const std::uint64_t budget = std::min(limits.arena_base, cap) + factor * std::min(text_size, largest_document);
  return budget / sizeof(Node);
}

bool Scanner::fail(RuleCase rule, std::size_t begin, std::size_t end, std::string message) {
  fault_->rule = rule;
  fault_->begin = begin;
  fault_->end = end;
  fault_->message = std::move(message);
  return false;
}

bool Scanner::ill_formed() {
  const text::Decoded decoded = text::decode(text_, at_);
  if (at_ == 0 && looks_like_utf16(text_)) {
    return fail(Rule::parse_encoding_invalid_utf8, 0, 1, "the text is UTF-16, not UTF-8");
  }
  std::string message = decoded.length == 1 ? "byte" : "bytes";
  for (std::size_t i = 0; i < decoded.length; ++i) {
    message += " 0x";
    text::append_hex(message, static_cast<unsigned char>(text_[at_ + i]), 2);
  }
  message += decoded.length == 1 ? " is not UTF-8" : " are not UTF-8";
  return fail(Rule::parse_encoding_invalid_utf8, at_, at_ + decoded.length, std::move(message));
}

bool Scanner::unexpected(std::string_view expected) {
  if (!at_end() && !text::decode(text_, at_).well_formed) return ill_formed();
  std::string message = "expected ";
  message += expected;
  message += ", found ";
  if (here() == '/' && at_ + 1 < text_.size() && (text_[at_ + 1] == '/' || text_[at_ + 1] == '*')) {
    return fail(Rule::parse_text_invalid, at_, at_ + 2, message + "a comment: JSON has none");
  }
  message += found_at(text_, at_);
  return fail(Rule::parse_text_invalid, at_, at_ + extent_at(text_, at_), std::move(message));
}

void Scanner::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

bool Scanner::add(Node node) {
  if (nodes_->size() >= most_nodes_) {
    const std::size_t begin = node.offset;
    return fail(Rule::limit_memory, begin, std::min(begin + 1, text_.size()),
                "the document has more than " + plural(most_nodes_, "value") + " for its size");
  }
  nodes_->push(node);
  return true;
}

bool Scanner::open(Node::Tag tag) {
  if (open_.size() >= limits_.nesting) {
    return fail(Rule::limit_nesting, at_, at_ + 1,
                "arrays and objects are nested more than " + plural(limits_.nesting, "level") + " deep");
  }
  open_.push_back({nodes_->size(), 0});
  if (!add({Node::pack(tag), static_cast<std::uint32_t>(at_), 0})) return false;
  ++at_;
  return true;
}

void Scanner::close() {
  const Open top = open_.back();
  open_.pop_back();
  Node& node = (*nodes_)[top.node];
  node.bits = Node::pack(node.tag(), top.count);
  node.extent = nodes_->size();
  ++at_;
}

bool Scanner::escape(std::size_t quote) {
  // at_ is at a backslash
  const std::size_t start = at_;
  if (start + 1 >= text_.size()) {
    return fail(Rule::parse_text_invalid, quote, text_.size(), "the string that starts here is never closed");
  }
  const char c = text_[start + 1];
  if (c != 'u') {
    if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) {
      ++at_;
      if (!text::decode(text_, at_).well_formed) return ill_formed();
      const std::size_t length = text::decode(text_, at_).length;
      return fail(Rule::parse_text_invalid, start, at_ + length,
                  "expected one of '\"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u' after a backslash, found " +
                      name_of(text::decode(text_, at_).code_point));
    }
    at_ += 2;
    return true;
  }
  const auto four_digits = [&](std::size_t from) {
    for (at_ = from; at_ < from + 4; ++at_) {
      if (at_end()) return fail(Rule::parse_text_invalid, quote, at_, "the string that starts here is never closed");
      if (!text::is_hex_digit(text_[at_])) return unexpected("four hexadecimal digits after '\\u'");
    }
    return true;
  };
  if (!four_digits(start + 2)) return false;
  const std::uint32_t unit = hex4(text_.data() + start + 2);
  if (text::is_low_surrogate(unit)) {
    return fail(Rule::parse_encoding_lone_surrogate, start, at_,
                escape_of(unit) + " is the second half of a surrogate pair without the first");
  }
  if (text::is_high_surrogate(unit)) {
    const std::size_t second = at_;
    const auto alone = [&] {
      return fail(Rule::parse_encoding_lone_surrogate, start, second,
                  escape_of(unit) + " is the first half of a surrogate pair without the second");
    };
    if (second + 1 >= text_.size() || text_[second] != '\\' || text_[second + 1] != 'u') return alone();
    if (!four_digits(second + 2)) return false;
    if (!text::is_low_surrogate(hex4(text_.data() + second + 2))) return alone();
  }
  return true;
}

bool Scanner::string(bool is_key) {
  const std::size_t quote = at_++;
  bool escaped = false;
  for (;;) {
    if (at_end()) {
      return fail(Rule::parse_text_invalid, quote, at_, "the string that starts here is never closed");
    }
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c == '"') break;
    if (c == '\\') {
      escaped = true;
      if (!escape(quote)) return false;
    } else if (c < 0x20) {
      return fail(Rule::parse_text_invalid, at_, at_ + 1,
                  c == '\n' || c == '\r'
                      ? std::string("a string must be closed before the line ends: write a line break as \\n")
                      : "a control character must be written as " + escape_of(c) + " in a string");
    } else if (c < 0x80) {
      ++at_;
    } else {
      const text::Decoded decoded = text::decode(text_, at_);
      if (!decoded.well_formed) return ill_formed();
      at_ += decoded.length;
    }
  }
  const std::size_t length = at_ - quote - 1;
  ++at_;
  if (length > limits_.string) {
    return fail(Rule::limit_string, quote, at_, "a string is written with more than " + plural(limits_.string, "byte"));
  }
  if (is_key && ++open_.back().count > limits_.keys) {
    return fail(Rule::limit_keys, quote, at_, "the object has more than " + plural(limits_.keys, "member"));
  }
  return add({Node::pack(escaped ? Node::escaped_string : Node::string), static_cast<std::uint32_t>(quote + 1),
              static_cast<std::uint32_t>(length)});
}

bool Scanner::number() {
  const std::size_t start = at_;
  Node::Tag tag = Node::integer;
  if (here() == '-') {
    ++at_;
    if (!text::is_digit(here())) return unexpected("a digit after '-'");
  }
  if (here() == '0') {
    ++at_;
    if (text::is_digit(here())) {
      while (text::is_digit(here())) ++at_;
      return fail(Rule::parse_text_invalid, start, at_, "a number must not start with a needless 0");
    }
  } else {
    while (text::is_digit(here())) ++at_;
  }
  if (here() == '.') {
    tag = Node::decimal;
    ++at_;
    if (!text::is_digit(here())) return unexpected("a digit after the decimal point");
    while (text::is_digit(here())) ++at_;
  }
  if (here() == 'e' || here() == 'E') {
    tag = Node::decimal;
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    if (!text::is_digit(here())) return unexpected("a digit in the exponent");
    while (text::is_digit(here())) ++at_;
  }
  if (at_ - start > limits_.string) {
    return fail(Rule::limit_string, start, at_, "a number is written with more than " + plural(limits_.string, "byte"));
  }
  return add({Node::pack(tag), static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at_ - start)});
}

bool Scanner::literal() {
  const std::string_view word = word_at(text_, at_);
  Node::Tag tag = Node::null;
  if (word == "true") {
    tag = Node::true_;
  } else if (word == "false") {
    tag = Node::false_;
  } else if (word != "null") {
    return unexpected("a value");
  }
  const std::size_t start = at_;
  at_ += word.size();
  return add({Node::pack(tag), static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(word.size())});
}

bool Scanner::value(After after, bool& opened) {
  opened = false;
  const char c = here();
  switch (c) {
    case '{':
    case '[': opened = true; return open(c == '{' ? Node::object : Node::array);
    case '"': return string(false);
    case 't':
    case 'f':
    case 'n': return literal();
    default: break;
  }
  if (c == '-' || text::is_digit(c)) return number();
  switch (after) {
    case After::colon: return unexpected("a value after ':'");
    case After::bracket: return unexpected("a value or ']'");
    case After::comma: return unexpected("a value after ','");
    case After::start: break;
  }
  return unexpected("a value");
}

bool Scanner::key(After after) {
  if (here() != '"') {
    return unexpected(after == After::comma ? "a key in double quotes after ','" : "a key in double quotes or '}'");
  }
  if (!string(true)) return false;
  skip_space();
  if (here() != ':') return unexpected("':' after a key");
  ++at_;
  return true;
}

bool Scanner::document() {
  skip_space();
  After after = After::start;
  for (;;) {
    bool opened = false;
    if (!value(after, opened)) return false;
    if (opened) {
      const bool is_object = (*nodes_)[open_.back().node].tag() == Node::object;
      skip_space();
      if (here() == (is_object ? '}' : ']')) {
        close();
      } else if (is_object) {
        if (!key(After::bracket)) return false;
        skip_space();
        after = After::colon;
        continue;
      } else {
        open_.back().count = 1;
        after = After::bracket;
        continue;
      }
    }
    // A value has ended: what follows is up to the innermost container that is still open.
    for (;;) {
      skip_space();
      if (open_.empty()) return true;
      const bool is_object = (*nodes_)[open_.back().node].tag() == Node::object;
      if (here() == ',') {
        ++at_;
        skip_space();
        if (is_object) {
          if (!key(After::comma)) return false;
          skip_space();
          after = After::colon;
        } else {
          ++open_.back().count;
          after = After::comma;
        }
        break;
      }
      if (here() != (is_object ? '}' : ']')) {
        return unexpected(is_object ? "',' or '}' after a member" : "',' or ']' after an item");
      }
      close();
    }
  }
}

bool Scanner::run(std::string_view text, NodeBuffer& nodes, TextFault& fault) {
  text_ = text;
  at_ = 0;
  nodes_ = &nodes;
  fault_ = &fault;
  nodes.clear();
  open_.clear();
  const std::uint64_t most_bytes = std::min(limits_.document, largest_document);
  if (text.size() > most_bytes) {
    return fail(Rule::limit_document, static_cast<std::size_t>(most_bytes), text.size(),
                "the document has more than " + plural(most_bytes, "byte"));
  }
  most_nodes_ = most_nodes(text.size(), limits_);
  if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (!document()) return false;
  if (!at_end()) {
    if (!text::decode(text_, at_).well_formed) return ill_formed();
    std::size_t end = text.size();
    while (is_space(text[end - 1])) --end;
    return fail(Rule::parse_text_trailing, at_, end,
                "expected the end of the text after the document, found " + found_at(text_, at_));
  }
  return true;
}

bool scan(std::string_view text, const Limits& limits, TextFault& fault) {
  Scanner scanner(limits);
  NodeBuffer nodes;
  return scanner.run(text, nodes, fault);
}

}  // namespace bearproof::json
