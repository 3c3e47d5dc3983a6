// Internationalised domain names: IDNA2008 (RFC 5890 to 5893). Which code points a label may hold is derived from their
// properties by RFC 5892's rules, with the version of Unicode that patterns have; nothing is looked up in a list.
#include "format_idna.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/text/ascii.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/punycode.h"
#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

#include "format_rules.h"

namespace bearproof::schema::format_rules {

namespace {

using CodePoints = std::vector<std::uint32_t>;

enum class Bidi : std::uint8_t { left, right, arabic_number, european_number, mark, neutral };

// What RFC 5892 and 5893 ask about code points. Made at the first use, then only read.
struct Properties {
  using Set = text::CodePointSet;
  static constexpr auto of = [](std::string_view name, std::string_view value = {}) {
    return text::code_points_with(name, value);
  };
  Set lower = of("Ll"), upper = of("Lu"), other = of("Lo"), digit = of("Nd"), modifier = of("Lm"),
      nonspacing = of("Mn"), spacing = of("Mc"), enclosing = of("Me");
  Set unstable = of("Changes_When_NFKC_Casefolded");
  Set white_space = of("White_Space"), noncharacter = of("Noncharacter_Code_Point");
  Set greek = of("Script", "Greek"), hebrew = of("Script", "Hebrew");
  Set hiragana = of("Script", "Hiragana"), katakana = of("Script", "Katakana"), han = of("Script", "Han");
  Set virama = of(":virama"), joins_left = of(":joins-left"), joins_right = of(":joins-right"),
      transparent = of(":transparent");
  Set right = of(":bidi-r-al"), arabic_number = of(":bidi-an"), european_number = of(":bidi-en"),
      mark = of(":bidi-nsm"), neutral = of(":bidi-neutral");

  bool is_mark(std::uint32_t c) const { return nonspacing.contains(c) || spacing.contains(c) || enclosing.contains(c); }

  Bidi bidi(std::uint32_t c) const {
    if (c >= 'a' && c <= 'z') return Bidi::left;
    if (right.contains(c)) return Bidi::right;
    if (arabic_number.contains(c)) return Bidi::arabic_number;
    if (european_number.contains(c)) return Bidi::european_number;
    if (mark.contains(c)) return Bidi::mark;
    return neutral.contains(c) ? Bidi::neutral : Bidi::left;
  }
};

const Properties& properties() {
  static const Properties instance;
  return instance;
}

bool in(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; }

// RFC 5892, section 2.6: exceptions that are allowed, and those that are not.
bool is_allowed_exception(std::uint32_t c) {
  return c == 0xDF || c == 0x3C2 || c == 0x6FD || c == 0x6FE || c == 0xF0B || c == 0x3007;
}
bool is_disallowed_exception(std::uint32_t c) {
  return c == 0x640 || c == 0x7FA || c == 0x302E || c == 0x302F || in(c, 0x3031, 0x3035) || c == 0x303B;
}

// RFC 5892, section 3, for code points without a rule about their context.
bool is_protocol_valid(std::uint32_t c, const Properties& p) {
  if (is_allowed_exception(c)) return true;
  if (is_disallowed_exception(c)) return false;
  if (c < 0x80) return c == '-' || in(c, '0', '9') || in(c, 'a', 'z');
  if (p.unstable.contains(c)) return false;
  if (text::is_default_ignorable(c) || p.white_space.contains(c) || p.noncharacter.contains(c)) return false;
  // Blocks to be ignored: combining marks for symbols, musical symbols, ancient Greek musical notation.
  if (in(c, 0x20D0, 0x20FF) || in(c, 0x1D100, 0x1D1FF) || in(c, 0x1D200, 0x1D24F)) return false;
  // Conjoining jamo.
  if (in(c, 0x1100, 0x11FF) || in(c, 0xA960, 0xA97C) || in(c, 0xD7B0, 0xD7C6) || in(c, 0xD7CB, 0xD7FB)) return false;
  return p.lower.contains(c) || p.other.contains(c) || p.modifier.contains(c) || p.digit.contains(c) ||
         p.nonspacing.contains(c) || p.spacing.contains(c) || p.upper.contains(c);
}

// Joiners between letters that join: (L|D) T* ZWNJ T* (R|D).
bool joins(const CodePoints& label, std::size_t at, const Properties& p) {
  std::size_t before = at;
  while (before > 0 && p.transparent.contains(label[before - 1])) --before;
  if (before == 0 || !p.joins_left.contains(label[before - 1])) return false;
  std::size_t after = at + 1;
  while (after < label.size() && p.transparent.contains(label[after])) ++after;
  return after < label.size() && p.joins_right.contains(label[after]);
}

// RFC 5892, appendix A. @return whether the code point has a rule, and through `valid` what it says
bool contextual(const CodePoints& label, std::size_t at, const Properties& p, bool& valid) {
  const std::uint32_t c = label[at];
  const std::uint32_t before = at > 0 ? label[at - 1] : 0;
  const std::uint32_t after = at + 1 < label.size() ? label[at + 1] : 0;
  const auto any = [&label](auto&& test) { return std::any_of(label.begin(), label.end(), test); };
  switch (c) {
    case 0x200C: valid = p.virama.contains(before) || joins(label, at, p); return true;
    case 0x200D: valid = p.virama.contains(before); return true;
    case 0xB7: valid = before == 'l' && after == 'l'; return true;
    case 0x375: valid = p.greek.contains(after); return true;
    case 0x5F3:
    case 0x5F4: valid = p.hebrew.contains(before); return true;
    case 0x30FB:
      valid =
          any([&p](std::uint32_t x) { return p.hiragana.contains(x) || p.katakana.contains(x) || p.han.contains(x); });
      return true;
    default: break;
  }
  if (in(c, 0x660, 0x669)) {
    valid = !any([](std::uint32_t x) { return in(x, 0x6F0, 0x6F9); });
    return true;
  }
  if (in(c, 0x6F0, 0x6F9)) {
    valid = !any([](std::uint32_t x) { return in(x, 0x660, 0x669); });
    return true;
  }
  return false;
}

// RFC 5891, section 4.2, but for the bidirectional rule, which looks at all labels.
bool is_u_label(const CodePoints& label, const Properties& p) {
  if (label.front() == '-' || label.back() == '-') return false;
  if (label.size() >= 4 && label[2] == '-' && label[3] == '-') return false;
  if (p.is_mark(label.front())) return false;
  for (std::size_t i = 0; i < label.size(); ++i) {
    bool valid = false;
    if (!contextual(label, i, p, valid)) valid = is_protocol_valid(label[i], p);
    if (!valid) return false;
  }
  return true;
}

// RFC 5893, section 2.
bool keeps_bidi_rule(const CodePoints& label, const Properties& p) {
  const Bidi first = p.bidi(label.front());
  if (first != Bidi::left && first != Bidi::right) return false;
  bool european = false;
  bool arabic = false;
  Bidi last = first;  // but for marks
  for (const std::uint32_t c : label) {
    const Bidi bidi = p.bidi(c);
    european = european || bidi == Bidi::european_number;
    arabic = arabic || bidi == Bidi::arabic_number;
    if (first == Bidi::right ? bidi == Bidi::left : (bidi == Bidi::right || bidi == Bidi::arabic_number)) return false;
    if (bidi != Bidi::mark) last = bidi;
  }
  return last != Bidi::neutral && !(first == Bidi::right && european && arabic);
}

// One label, as code points and by its length in A-label form.
struct Label {
  CodePoints code_points;
  std::size_t length = 0;
};

bool read_ascii_label(std::string_view text, Label& label) {
  if (!is_ldh_label(text)) return false;
  label.length = text.size();
  const std::string lower = text::lower_case(text);
  if (!is_a_label_prefix(text)) {
    label.code_points.assign(lower.begin(), lower.end());
    return true;
  }
  const std::string_view digits = std::string_view(lower).substr(4);
  if (!text::decode_punycode(digits, label.code_points) || label.code_points.empty()) return false;
  const auto beyond_ascii = [](std::uint32_t c) { return c >= 0x80; };
  if (std::none_of(label.code_points.begin(), label.code_points.end(), beyond_ascii)) return false;
  return is_u_label(label.code_points, properties()) && text::encode_punycode(label.code_points) == digits;
}

bool read_label(std::string_view text, Label& label) {
  constexpr std::size_t longest = 63;
  if (std::all_of(text.begin(), text.end(), text::is_ascii)) return read_ascii_label(text, label);
  for (std::size_t at = 0; at < text.size();) label.code_points.push_back(text::next_code_point(text, at));
  if (label.code_points.size() > longest || !is_u_label(label.code_points, properties())) return false;
  label.length = text::encode_punycode(label.code_points).size() + 4;
  return label.length <= longest;
}

}  // namespace

bool is_ldh_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return text::is_letter_or_digit(c) || c == '-'; });
}

bool is_a_label_prefix(std::string_view label) {
  return label.size() >= 4 && text::to_lower(label[0]) == 'x' && text::to_lower(label[1]) == 'n' && label[2] == '-' &&
         label[3] == '-';
}

bool idn_hostname(std::string_view text) {
  constexpr std::size_t longest = 253;
  if (text.empty() || text.size() > 4 * longest) return false;  // no code point is shorter than one in A-label form
  std::vector<Label> labels;
  std::size_t length = 0;
  for (std::size_t begin = 0, at = 0; begin <= text.size();) {
    std::size_t end = text.size();
    std::size_t next = text.size() + 1;
    while (at < text.size()) {
      const std::size_t from = at;
      const std::uint32_t c = text::next_code_point(text, at);
      if (c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61) {  // RFC 3490, section 3.1: the dots of IDNA
        end = from;
        next = at;
        break;
      }
    }
    labels.emplace_back();
    if (!read_label(text.substr(begin, end - begin), labels.back())) return false;
    length += labels.back().length + (labels.size() > 1 ? 1 : 0);
    begin = at = next;
  }
  if (length > longest) return false;

  const auto leads_right = [](const Label& label) {
    return std::any_of(label.code_points.begin(), label.code_points.end(), [](std::uint32_t c) {
      if (c < 0x80) return false;
      const Bidi bidi = properties().bidi(c);
      return bidi == Bidi::right || bidi == Bidi::arabic_number;
    });
  };
  if (std::none_of(labels.begin(), labels.end(), leads_right)) return true;
  return std::all_of(labels.begin(), labels.end(),
                     [](const Label& label) { return keeps_bidi_rule(label.code_points, properties()); });
}

}  // namespace bearproof::schema::format_rules
