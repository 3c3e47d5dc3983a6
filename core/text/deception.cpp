#include "bearproof/text/deception.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "bearproof/text/ascii.h"
#include "bearproof/text/fold.h"
#include "bearproof/text/glance.h"
#include "bearproof/text/invisible.h"
#include "bearproof/text/punycode.h"
#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

namespace bearproof::text {
namespace {

using CodePointList = std::vector<std::uint32_t>;

CodePointList code_points_of(std::string_view text) {
  CodePointList out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

const CodePointSet& letters() {
  static const CodePointSet set = code_points_with("L");
  return set;
}
const CodePointSet& marks() {
  static const CodePointSet set = code_points_with("M");
  return set;
}
bool is_letter_or_mark(std::uint32_t c) {
  if (c < 0x80) return (c | 0x20u) >= 'a' && (c | 0x20u) <= 'z';
  return letters().contains(c) || marks().contains(c);
}

/// Scripts whose letters are taken for each other's.
const std::array<CodePointSet, 7>& scripts() {
  static const std::array<CodePointSet, 7> sets = {
      code_points_with("Script", "Latin"),    code_points_with("Script", "Cyrillic"),
      code_points_with("Script", "Greek"),    code_points_with("Script", "Armenian"),
      code_points_with("Script", "Cherokee"), code_points_with("Script", "Coptic"),
      code_points_with("Script", "Lisu")};
  return sets;
}
/// One bit for each of these scripts; 0 for any other.
constexpr unsigned latin = 1;
unsigned script_of(std::uint32_t c) {
  if (c < 0x80) return is_letter_or_mark(c) ? latin : 0;
  for (std::size_t i = 0; i < scripts().size(); ++i) {
    if (scripts()[i].contains(c)) return 1u << i;
  }
  return 0;
}

/// Letters that are like Latin ones in some typefaces only: a word of these alone is a word of its script.
bool is_loosely_alike(std::uint32_t c) {
  switch (c) {
    case 0x3B2:
    case 0x3B5:
    case 0x3B7:
    case 0x3BA:
    case 0x3C3:
    case 0x3C4:
    case 0x3C7:
    case 0x3C9:
    case 0x431:
    case 0x432:
    case 0x433:
    case 0x438:
    case 0x43A:
    case 0x43C:
    case 0x43D:
    case 0x43F:
    case 0x442:
    case 0x44C: return true;
    default: return false;
  }
}

/// Whether a word mixes scripts so that one letter may be taken for another script's.
bool mixes_scripts(const std::uint32_t* begin, const std::uint32_t* end) {
  unsigned scripts = 0;
  bool alike = false;
  for (const std::uint32_t* c = begin; c != end; ++c) {
    const unsigned script = script_of(*c);
    scripts |= script;
    alike = alike || (script != latin && script != 0 && !reading_of(*c).empty());
  }
  return (scripts & (scripts - 1)) != 0 && alike;
}

bool is_pictographic(std::uint32_t c) {
  static const CodePointSet pictures = code_points_with("Extended_Pictographic");
  return pictures.contains(c);
}

bool is_variation_selector(std::uint32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }
bool is_skin_tone(std::uint32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }

/// Scripts whose letters join or stack, for which joiners are spelling: Arabic to Sinhala, Tibetan, Myanmar, Khmer,
/// Mongolian, and those of the supplementary plane.
bool joins(std::uint32_t c) {
  return (c >= 0x590 && c < 0xE00) || (c >= 0xF00 && c < 0x10A0) || (c >= 0x1780 && c < 0x18B0) ||
         (c >= 0x1A20 && c < 0x1AB0) || (c >= 0x1B00 && c < 0x1C50) || (c >= 0xA800 && c < 0xAA00) ||
         (c >= 0xFB50 && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF) || (c >= 0x10800 && c < 0x12000) ||
         (c >= 0x1E900 && c < 0x1E960);
}

class Scan {
 public:
  explicit Scan(const CodePointList& text) : text_(text) {}

  Deception find(std::uint32_t& code_point) const {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      code_point = text_[i];
      const Deception found = at(i);
      if (found != Deception::none) return found;
    }
    return Deception::none;
  }

 private:
  Deception at(std::size_t i) const {
    const std::uint32_t c = text_[i];
    if (is_control(c)) return Deception::invisible;
    if (c < 0xA0) return Deception::none;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return Deception::bidi_control;
    if (c == 0x200E || c == 0x200F || c == 0x61C) {
      return has_right_to_left() ? Deception::none : Deception::bidi_control;
    }
    return !is_invisible(c) || is_spelling(i) ? Deception::none : Deception::invisible;
  }

  std::uint32_t before(std::size_t i) const { return i == 0 ? 0 : text_[i - 1]; }
  std::uint32_t after(std::size_t i) const { return i + 1 < text_.size() ? text_[i + 1] : 0; }

  /// Whether an invisible character is part of how a word or an emoji is written.
  bool is_spelling(std::size_t i) const {
    const std::uint32_t c = text_[i];
    const std::uint32_t previous = before(i);
    if (c == 0x200C || c == 0x200D) {
      if (joins(previous) && joins(after(i))) return true;
      if (c == 0x200C) return false;
      const std::uint32_t picture =
          is_variation_selector(previous) || is_skin_tone(previous) ? before(i - 1) : previous;
      return is_pictographic(picture) && is_pictographic(after(i));
    }
    if (c >= 0x180B && c <= 0x180F && c != 0x180E) return previous >= 0x1800 && previous < 0x18B0;
    if (is_variation_selector(c)) {
      static const CodePointSet emoji = code_points_with("Emoji");
      static const CodePointSet ideographs = code_points_with("Script", "Han");
      return emoji.contains(previous) || is_pictographic(previous) || ideographs.contains(previous) ||
             (c <= 0xFE0F && previous >= 0x1000 && !is_invisible(previous));
    }
    // Flags of regions are a black flag and a run of tags.
    if (c >= 0xE0020 && c <= 0xE007F) return previous == 0x1F3F4 || (previous >= 0xE0020 && previous < 0xE007F);
    return false;
  }

  bool has_right_to_left() const {
    static const CodePointSet right_to_left = code_points_with(":bidi-r-al");
    for (const std::uint32_t c : text_) {
      if (c >= 0x590 && right_to_left.contains(c)) return true;
    }
    return false;
  }

  const CodePointList& text_;
};

/// What tells at one look that a character is no part of a deceit.
class Traits {
 public:
  static constexpr unsigned script = 127;   ///< script_of
  static constexpr unsigned letter = 128;   ///< is_letter_or_mark
  static constexpr unsigned unusual = 256;  ///< Scan may find it

  static unsigned of(std::uint32_t c) {
    // Latin letters, quotation marks and dashes need no table.
    if (c >= 0xC0 && c < 0x280) return c == 0xD7 || c == 0xF7 ? 0 : letter | latin;
    if (c >= 0x2010 && c < 0x2028) return 0;
    static const Traits table;
    if (c < in_table) return table.traits_[c];
    const bool is_unusual = is_invisible(c) || is_control(c);
    return script_of(c) | (is_letter_or_mark(c) ? letter : 0) | (is_unusual ? unusual : 0);
  }

 private:
  /// Behind general punctuation; almost all alphabets stand before it.
  static constexpr std::uint32_t in_table = 0x2070;

  Traits() : traits_(in_table) {
    for (std::size_t i = 0; i < scripts().size(); ++i) mark(scripts()[i], 1u << i);
    mark(letters(), letter);
    mark(marks(), letter);
    for (std::uint32_t c = 0; c < in_table; ++c) {
      if (is_control(c) || is_default_ignorable(c)) traits_[c] |= unusual;
    }
  }

  void mark(const CodePointSet& set, unsigned trait) {
    for (const CodePointRange& range : set.ranges()) {
      for (std::uint32_t c = range.first; c <= range.last && c < in_table; ++c) {
        traits_[c] = static_cast<std::uint16_t>(traits_[c] | trait);
      }
    }
  }

  std::vector<std::uint16_t> traits_;
};

/// Where the next byte stands that is no ASCII character that shows; the text's size where none does.
std::size_t next_unplain(std::string_view text, std::size_t at) {
  constexpr std::size_t width = sizeof(detail::Bytes);
  for (; text.size() - at >= width; at += width) {
    const detail::Bytes bytes = detail::load(text.data() + at);
    if (detail::any((bytes < ' ') | (bytes > '~'))) break;
  }
  while (at < text.size() && text[at] >= ' ' && text[at] <= '~') ++at;
  return at;
}

/// Whether a text holds nothing that takes a close look: no unusual character, and no letter beyond ASCII in a word
/// with letters of another script.
bool is_harmless(std::string_view text) {
  const auto latin_at = [text](std::size_t at) {
    return at < text.size() && is_ascii(text[at]) && is_letter_or_mark(static_cast<unsigned char>(text[at])) ? latin
                                                                                                             : 0;
  };
  for (std::size_t at = next_unplain(text, 0); at < text.size(); at = next_unplain(text, at)) {
    // The letters before and behind a run of characters beyond ASCII; what stands further away is Latin as well.
    unsigned scripts_of_word = at == 0 ? 0 : latin_at(at - 1);
    const auto is_mixed = [&scripts_of_word] { return (scripts_of_word & (scripts_of_word - 1)) != 0; };
    if (is_ascii(text[at])) return false;
    while (at < text.size() && !is_ascii(text[at])) {
      const unsigned traits = Traits::of(next_code_point(text, at));
      if ((traits & Traits::unusual) != 0) return false;
      scripts_of_word = (traits & Traits::letter) != 0 ? scripts_of_word | (traits & Traits::script) : 0;
      if (is_mixed()) return false;
    }
    scripts_of_word |= latin_at(at);
    if (is_mixed()) return false;
  }
  return true;
}

std::string encoded(const std::uint32_t* begin, const std::uint32_t* end) {
  std::string out;
  for (; begin != end; ++begin) append_utf8(out, *begin);
  return out;
}

/// Whether one label of a host looks like other letters, dots or slashes.
/// @param foreign  whether the host's last label is not Latin: then its own script is to be expected
bool is_disguised(const CodePointList& label, bool foreign) {
  std::uint32_t code_point = 0;
  if (Scan(label).find(code_point) != Deception::none) return true;
  bool all_alike = true;
  bool any_foreign = false;
  for (const std::uint32_t c : label) {
    if (c < 0x80) continue;
    const std::string_view reading = reading_of(c);
    if (reading.size() == 1 && std::string_view("-./:?#@%").find(reading[0]) != std::string_view::npos) return true;
    // Letters of other scripts than those of script_of are no look-alikes in words of their own.
    const bool alike =
        !reading.empty() && !is_loosely_alike(c) && (script_of(c) != 0 || !is_letter_or_mark(c) || c > 0xFF00);
    any_foreign = true;
    all_alike = all_alike && alike;
  }
  if (any_foreign && all_alike && !foreign) return true;
  return mixes_scripts(label.data(), label.data() + label.size());
}

constexpr bool is_dot(std::uint32_t c) { return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61; }

/// Top-level domains that other names put in their middle: example.com.sign-in.example.
constexpr std::string_view famous_suffixes[] = {"com.", "org.", "net.", "edu.", "gov."};

/// Whether a host goes on behind what looks like its end. A country's code may follow: example.com.au.
bool holds_other_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  constexpr std::size_t suffix_size = famous_suffixes[0].size();
  for (std::size_t dot = host.find('.', 1); dot != std::string_view::npos; dot = host.find('.', dot + 1)) {
    const std::string_view rest = host.substr(dot + 1);
    if (rest.size() <= suffix_size) return false;
    if (rest[suffix_size - 1] != '.') continue;
    for (const std::string_view suffix : famous_suffixes) {
      if (!rest.starts_with(suffix)) continue;
      const std::string_view behind = rest.substr(suffix_size);
      if (behind.size() > 2 || behind.find('.') != std::string_view::npos) return true;
    }
  }
  return false;
}

bool is_disguised_host(std::string_view host) {
  if (host.find('%') != std::string_view::npos || holds_other_host(host)) return true;
  if (glance(host).plain && host.find("--") == std::string_view::npos) return false;  // no Punycode
  constexpr std::size_t longest_host = 2048;
  const CodePointList all = code_points_of(host.substr(0, longest_host));
  std::vector<CodePointList> labels(1);
  for (const std::uint32_t c : all) {
    if (is_dot(c)) {
      labels.emplace_back();
    } else {
      labels.back().push_back(c);
    }
  }
  for (CodePointList& label : labels) {
    const auto starts_with_ascii = [&label](std::string_view text) {
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (i >= label.size() || (label[i] | 0x20u) != static_cast<unsigned char>(text[i] | 0x20)) return false;
      }
      return true;
    };
    constexpr std::size_t longest_label = 63;
    if (label.size() > longest_label || !starts_with_ascii("xn--")) continue;
    std::string digits;
    for (std::size_t i = 4; i < label.size(); ++i) {
      if (label[i] >= 0x80) return true;
      digits.push_back(static_cast<char>(label[i]));
    }
    CodePointList decoded;
    if (!decode_punycode(digits, decoded)) continue;
    label = std::move(decoded);
  }
  const CodePointList& last = labels.back().empty() && labels.size() > 1 ? labels[labels.size() - 2] : labels.back();
  bool foreign = false;
  for (const std::uint32_t c : last) foreign = foreign || (c >= 0x80 && script_of(c) != latin);
  // .tr and .az write a dotless i.
  const bool turkic = last == CodePointList{'t', 'r'} || last == CodePointList{'a', 'z'};
  for (const CodePointList& label : labels) {
    if (turkic && std::all_of(label.begin(), label.end(), [](std::uint32_t c) { return c < 0x80 || c == 0x131; }))
      continue;
    if (is_disguised(label, foreign)) return true;
  }
  return false;
}

/// Whether a text holds a dot, or a sign that stands or is taken for one.
bool has_dot(std::string_view text) {
  if (text.find('.') != std::string_view::npos) return true;
  for (const std::uint32_t c : code_points_of(text)) {
    if (is_dot(c) || reading_of(c) == ".") return true;
  }
  return false;
}

/// What a byte is within a host, with its user and port.
enum HostByte : std::uint8_t {
  host_ordinary,  ///< a letter, a digit, a dot or hyphen
  host_other,     ///< a sign, or no ASCII
  host_end,       ///< blanks, quotes and brackets of running text, and what paths start with
};
constexpr auto host_bytes = [] {
  std::array<HostByte, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    const bool is_ordinary = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    table[c] = is_ordinary ? host_ordinary : host_other;
  }
  for (const char c : std::string_view(" \t\n\r\"')/?#\\")) table[static_cast<unsigned char>(c)] = host_end;
  return table;
}();

struct HostText {
  std::string_view text;
  bool is_ordinary = true;  ///< nothing but letters, digits, dots, hyphens

  /// Whether it is certainly the host that it looks like.
  bool is_honest() const { return is_ordinary && !holds_other_host(text) && text.find("--") == std::string_view::npos; }
};

/// The host at the start of a text, with user and port.
HostText host_at(std::string_view text) {
  unsigned seen = host_ordinary;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const HostByte byte = host_bytes[static_cast<unsigned char>(text[end])];
    if (byte == host_end) break;
    seen |= byte;
  }
  return {text.substr(0, end), seen == host_ordinary};
}

}  // namespace

Deceit find_deceit(std::string_view text) {
  Deceit found;
  if (is_harmless(text)) return found;
  const CodePointList code_points = code_points_of(text);
  found.what = Scan(code_points).find(found.code_point);
  if (found.what != Deception::none) return found;
  const std::uint32_t* const end = code_points.data() + code_points.size();
  for (const std::uint32_t* at = code_points.data(); at != end;) {
    if (!is_letter_or_mark(*at)) {
      ++at;
      continue;
    }
    const std::uint32_t* word_end = at;
    while (word_end != end && is_letter_or_mark(*word_end)) ++word_end;
    if (mixes_scripts(at, word_end)) {
      found.what = Deception::mixed_scripts;
      found.text = encoded(at, word_end);
      return found;
    }
    at = word_end;
  }
  return found;
}

Deceit find_disguised_host(std::string_view text, Hosts hosts) {
  const auto check = [](std::string_view host) {
    if (host.empty() || host[0] == '[') return Deceit{};
    const std::string_view name = host.substr(0, host.find(':'));
    if (name.empty() || !is_disguised_host(name)) return Deceit{};
    return Deceit{Deception::host, 0, std::string(name)};
  };
  bool any = false;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    any = true;
    const HostText found = host_at(text.substr(at + 3));
    if (found.is_honest()) continue;
    std::string_view host = found.text;
    if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) {
      const std::string_view name = host.substr(0, user);
      host.remove_prefix(user + 1);
      if (hosts == Hosts::anywhere && name.find('.') != std::string_view::npos) {
        return {Deception::host, 0, std::string(name)};
      }
    }
    if (Deceit deceit = check(host); deceit.what != Deception::none) return deceit;
  }
  if (any || hosts == Hosts::in_urls || text.find_first_of(" \t\r\n") != std::string_view::npos) return {};
  const std::string_view host = host_at(text).text.substr(0, text.find(':'));
  return has_dot(host) ? check(host) : Deceit{};
}

void write_skeleton(std::string_view identifier, std::string& out) {
  out.clear();
  const auto put = [&out](char c) {
    if (c == '0' || c == 'O') c = 'o';
    if (c == '1' || c == 'I' || c == '|') c = 'l';
    if (c == 'n' && !out.empty() && out.back() == 'r') {
      out.back() = 'm';
    } else {
      out.push_back(c);
    }
  };
  for (std::size_t at = 0; at < identifier.size();) {
    const auto byte = static_cast<unsigned char>(identifier[at]);
    if (byte < 0x80) {
      if (byte > 0x20 && byte != 0x7F) {
        put(identifier[at]);
      } else if (byte == ' ') {
        out.push_back(' ');
      }
      ++at;
      continue;
    }
    const std::uint32_t code_point = next_code_point(identifier, at);
    if (is_invisible(code_point)) continue;
    const std::string_view reading = reading_of(code_point);
    for (const char c : reading) put(c);
    static const CodePointSet spaces = code_points_with("Zs");
    if (!reading.empty()) continue;
    if (spaces.contains(code_point)) {
      out.push_back(' ');
    } else {
      append_utf8(out, code_point);
    }
  }
  out.erase(out.find_last_not_of(' ') + 1);
  out.erase(0, out.find_first_not_of(' '));
}

std::string skeleton(std::string_view identifier) {
  std::string out;
  write_skeleton(identifier, out);
  return out;
}

}  // namespace bearproof::text
