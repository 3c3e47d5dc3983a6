#include "bearproof/text/placeholder.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

#include "bearproof/text/ascii.h"
#include "bearproof/text/fold.h"

namespace bearproof::text {
namespace {

using Chars = std::span<const FoldedChar>;

/// What a word says of the reference that it stands in.
enum Word : std::uint8_t {
  empty_word = 1,     ///< denies, waits, is unknown, stands in, refuses
  filler = 2,         ///< fits any of the others
  noun_decision = 4,  ///< says what is to be named, as the other nouns do
  noun_owner = 8,     //
  noun_session = 16,  //
  noun_any = 32,      //
  sample_word = 64,   ///< stands in examples
  zeros = 128,        ///< nothing but zeros
};
constexpr unsigned nouns = noun_decision | noun_owner | noun_session | noun_any;

struct Listed {
  std::string_view word;
  std::uint8_t what;
};
constexpr Listed listed[] = {
    // negation
    {"no", empty_word},
    {"not", empty_word},
    {"none", empty_word},
    {"noone", empty_word},
    {"nothing", empty_word},
    {"null", empty_word},
    {"nil", empty_word},
    {"na", empty_word},
    {"nan", empty_word},
    {"false", empty_word},
    {"undefined", empty_word},
    {"missing", empty_word},
    {"absent", empty_word},
    {"empty", empty_word},
    {"without", empty_word},
    // waiting
    {"pending", empty_word},
    {"awaiting", empty_word},
    {"waiting", empty_word},
    {"wait", empty_word},
    {"tbd", empty_word},
    {"tba", empty_word},
    {"tbc", empty_word},
    {"todo", empty_word},
    {"fixme", empty_word},
    {"later", empty_word},
    {"draft", empty_word},
    {"confirmed", empty_word},
    {"decided", empty_word},
    {"determined", empty_word},
    {"assigned", empty_word},
    {"unconfirmed", empty_word},
    {"undecided", empty_word},
    {"undetermined", empty_word},
    {"unassigned", empty_word},
    // unknown
    {"unknown", empty_word},
    {"unspecified", empty_word},
    {"unset", empty_word},
    {"anonymous", empty_word},
    {"nobody", empty_word},
    {"any", empty_word},
    {"default", empty_word},
    // stand-in
    {"placeholder", empty_word},
    {"changeme", empty_word},
    {"replaceme", empty_word},
    // refusal
    {"deny", empty_word},
    {"denied", empty_word},
    {"reject", empty_word},
    {"rejected", empty_word},
    {"refused", empty_word},
    {"revoked", empty_word},
    {"expired", empty_word},
    // fillers
    {"to", filler},
    {"be", filler},
    {"yet", filler},
    {"set", filler},
    {"is", filler},
    {"the", filler},
    {"applicable", filler},
    {"me", filler},
    {"change", filler},
    {"replace", filler},
    {"with", filler},
    // what is to be named
    {"decision", noun_decision},
    {"policy", noun_decision},
    {"owner", noun_owner},
    {"agent", noun_owner},
    {"session", noun_session},
    {"id", noun_any},
    {"ref", noun_any},
    {"digest", noun_any},
    // samples
    {"example", sample_word},
    {"sample", sample_word},
    {"test", sample_word},
    {"dummy", sample_word},
    {"foo", sample_word},
    {"bar", sample_word},
};
constexpr std::size_t longest_word = 12;
/// Longer runs of letters are no words that were written together.
constexpr std::size_t longest_run = 48;

/// Ends of listed words that are written apart from their beginnings and are on no list themselves: un-known.
constexpr std::string_view second_halves[] = {"do", "one", "holder", "known", "specified", "defined", "applicable"};

/// Segments of a URN's prefix: words for kinds of things and for those who write them.
constexpr std::string_view prefix_words[] = {
    "srcos",     "sourceos", "bearbrowser", "policy",     "policies",   "decision", "decisions", "session",  "sessions",
    "browser",   "agent",    "agents",      "or",         "plugin",     "plugins",  "human",     "user",     "person",
    "workspace", "owner",    "receipt",     "automation", "capability", "ledger",   "event",     "evidence", "run"};

constexpr bool is_word_char(char c) { return is_letter_or_digit(c) || c == FoldedChar::other; }

/// Letters and digits that look like others stand for one of them.
constexpr char shape_of(char c) { return c == '0' ? 'o' : c == '1' || c == 'i' ? 'l' : c; }

/// By the first letter of a word, a bit for each second letter with which a listed word starts, or one that it may be
/// taken for. Bytes modulo 32: capitals, small letters and some digits share their places.
constexpr auto starts = [] {
  std::array<std::uint32_t, 32> table{};
  const auto add = [&table](char a, char b) {
    table[static_cast<unsigned char>(a) & 31u] |= 1u << (static_cast<unsigned char>(b) & 31u);
  };
  const auto alike = [](const char& c) {
    return c == 'o' ? std::string_view("o0") : c == 'i' || c == 'l' ? std::string_view("il1") : std::string_view(&c, 1);
  };
  for (const Listed& entry : listed) {
    for (const char a : alike(entry.word[0])) {
      for (const char b : alike(entry.word[1])) add(a, b);
    }
  }
  // What stands for an m or w at the start, and runs of x.
  for (const std::string_view pair : {"rn", "vv", "xx"}) add(pair[0], pair[1]);
  for (const std::string_view half : second_halves) add(half[0], half[1]);
  return table;
}();

/// What a lower-case word is; 0 where it is on no list.
unsigned look_up(std::string_view word) {
  if (word.size() < 2 || word.size() > longest_word) return 0;
  for (const Listed& entry : listed) {
    if (entry.word == word) return entry.what;
  }
  return 0;
}

/// The same for a word some of whose letters only look like those of a listed word.
unsigned look_up_shape(std::string_view word) {
  if (word.size() < 3 || word.size() > longest_word) return 0;
  for (const Listed& entry : listed) {
    if (entry.word.size() != word.size()) continue;
    std::size_t same = 0;
    while (same < word.size() && shape_of(entry.word[same]) == shape_of(word[same])) ++same;
    if (same == word.size()) return entry.what;
  }
  return 0;
}

/// A word: letters and digits between separators.
class Token {
 public:
  explicit Token(Chars chars) : chars_(chars) {}

  /// What the word is, as a whole, as words in camel case, or as words written together; 0 for one that names
  /// something.
  unsigned what() const {
    if (chars_.empty()) return 0;
    if (all('0')) return zeros;
    if (all('x') && chars_.size() >= 3) return empty_word;
    if (chars_.size() > 2 && is_zero_number()) return zeros;
    if (chars_.size() > longest_run) return 0;
    char text[longest_run];
    for (std::size_t i = 0; i < chars_.size(); ++i) text[i] = to_lower(chars_[i].c);
    const std::string_view word(text, chars_.size());
    if (const unsigned found = listed_as(word, 0)) return found;
    if (const unsigned found = camel(word)) return found;
    return together(word);
  }

 private:
  bool all(char wanted) const {
    for (const FoldedChar& c : chars_) {
      if (to_lower(c.c) != wanted) return false;
    }
    return true;
  }

  /// 0x0000
  bool is_zero_number() const {
    if (chars_[0].c != '0' || to_lower(chars_[1].c) != 'x') return false;
    for (const FoldedChar& c : chars_.subspan(2)) {
      if (c.c != '0') return false;
    }
    return true;
  }

  /// A part of the word, from `at` on.
  unsigned listed_as(std::string_view word, std::size_t at) const {
    if (const unsigned found = look_up(word)) return found;
    bool looks_otherwise = false;
    bool two_for_one = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const FoldedChar& c = chars_[at + i];
      looks_otherwise =
          looks_otherwise || c.disguised || c.c == '0' || c.c == '1' || (c.c == 'I' && has_lower(at, word));
      two_for_one = two_for_one || (i != 0 && ((word[i - 1] == 'r' && word[i] == 'n') ||  //
                                               (word[i - 1] == 'v' && word[i] == 'v')));
    }
    if (looks_otherwise) {
      if (const unsigned found = look_up_shape(word)) return found;
    }
    return two_for_one ? look_up_joined(word) : 0;
  }

  bool has_lower(std::size_t at, std::string_view word) const {
    for (const FoldedChar& c : chars_.subspan(at, word.size())) {
      if (is_letter(c.c) && !is_upper(c.c)) return true;
    }
    return false;
  }

  /// rn for m, vv for w
  static unsigned look_up_joined(std::string_view word) {
    char text[longest_run];
    std::size_t size = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const std::string_view two = word.substr(i, 2);
      text[size++] = two == "rn" ? 'm' : two == "vv" ? 'w' : word[i];
      if (two == "rn" || two == "vv") ++i;
    }
    return look_up({text, size});
  }

  /// notYetAssigned, NOTYetAssigned
  unsigned camel(std::string_view word) const {
    unsigned found = 0;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      if (i < word.size()) {
        const bool rises = is_upper(chars_[i].c) && !is_upper(chars_[i - 1].c);
        const bool falls = is_upper(chars_[i].c) && is_upper(chars_[i - 1].c) && i + 1 < word.size() &&
                           is_letter(chars_[i + 1].c) && !is_upper(chars_[i + 1].c);
        if (!rises && !falls) continue;
      }
      if (begin == 0 && i == word.size()) return 0;  // one part: it was asked for already
      const unsigned part = listed_as(word.substr(begin, i - begin), begin);
      if (part == 0) return 0;
      found |= part;
      begin = i;
    }
    return found;
  }

  /// notyetassigned, foobar: two or more listed words. One of them says that there is nothing and has three letters, or
  /// is followed by such a noun; or all of them are samples. ("nano" and "theme" consist of listed words, too.)
  unsigned together(std::string_view word) const {
    struct Way {
      unsigned found = 0;  ///< of all words so far; 0: no words end here
      bool tells = false;
    };
    std::array<Way, longest_run + 1> ways{};
    for (std::size_t end = 2; end <= word.size(); ++end) {
      for (std::size_t length = 2; length <= longest_word && length <= end; ++length) {
        const std::size_t begin = end - length;
        if (length == word.size() || (begin != 0 && ways[begin].found == 0)) continue;
        const std::string_view part = word.substr(begin, length);
        const unsigned what = look_up(part);
        if (what == 0) continue;
        const Way& before = ways[begin];
        const bool tells = before.tells || ((what & empty_word) != 0 && length >= 3) ||
                           ((what & nouns) != 0 && length >= 5 && (before.found & empty_word) != 0);
        if (ways[end].found == 0 || tells) ways[end] = {before.found | what, tells};
      }
    }
    const Way& whole = ways[word.size()];
    return whole.tells || whole.found == sample_word ? whole.found : 0;
  }

  Chars chars_;
};

/// The words of a reference one after the other.
class Tokens {
 public:
  explicit Tokens(Chars chars) : chars_(chars) {}

  bool next(Chars& token) {
    while (at_ < chars_.size() && !is_word_char(chars_[at_].c)) ++at_;
    const std::size_t begin = at_;
    while (at_ < chars_.size() && is_word_char(chars_[at_].c)) ++at_;
    token = chars_.subspan(begin, at_ - begin);
    return !token.empty();
  }

 private:
  Chars chars_;
  std::size_t at_ = 0;
};

bool is_word(Chars token, std::string_view word) {
  if (token.size() != word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (to_lower(token[i].c) != word[i]) return false;
  }
  return true;
}

bool is_prefix_segment(Chars segment) {
  Tokens tokens(segment);
  for (Chars token; tokens.next(token);) {
    bool known = false;
    for (const std::string_view word : prefix_words) known = known || is_word(token, word);
    if (!known) return false;
  }
  return true;
}

std::size_t find(Chars chars, char wanted) {
  std::size_t at = 0;
  while (at < chars.size() && chars[at].c != wanted) ++at;
  return at;
}

bool is_quote_or_space(char c) { return c == ' ' || c == '"' || c == '\'' || c == '`'; }

Chars unquoted(Chars chars) {
  while (!chars.empty() && is_quote_or_space(chars.front().c)) chars = chars.subspan(1);
  while (!chars.empty() && is_quote_or_space(chars.back().c)) chars = chars.first(chars.size() - 1);
  return chars;
}

/// What follows the prefixes: "x" of "urn:srcos:policy:decision:bearbrowser:urn:srcos:decision:x". The last segment is
/// never taken for a prefix.
Chars own_part(Chars chars) {
  chars = unquoted(chars);
  bool after_policy = false;
  bool vendor_may_follow = false;
  for (bool is_namespace = false;;) {
    const std::size_t colon = find(chars, ':');
    if (colon == chars.size()) return chars;
    const Chars segment = chars.first(colon);
    const bool starts_urn = is_word(segment, "urn") || is_word(segment, "did");
    if (!starts_urn && !is_namespace && !is_prefix_segment(segment)) {
      // urn:srcos:policy:decision:<program>:<id>
      if (!vendor_may_follow || find(chars.subspan(colon + 1), ':') != chars.size() - colon - 1) return chars;
    }
    vendor_may_follow = after_policy && is_word(segment, "decision");
    after_policy = is_word(segment, "policy");
    is_namespace = starts_urn;
    chars = chars.subspan(colon + 1);
    while (!chars.empty() && chars.front().c == '/') chars = chars.subspan(1);  // decision://x
  }
}

/// What may stand between the brackets of a template.
bool is_name_char(char c) { return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.' || c == ' '; }

bool is_name(Chars chars) {
  bool letters = false;
  for (const FoldedChar& c : chars) {
    if (!is_name_char(c.c)) return false;
    letters = letters || is_letter(c.c);
  }
  return letters;
}

/// Whether it is written like a UUID, which some write in braces.
bool is_uuid(Chars chars) {
  if (chars.size() != 36) return false;
  for (std::size_t i = 0; i < chars.size(); ++i) {
    const char c = to_lower(chars[i].c);
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !is_hex_digit(c)) return false;
  }
  return true;
}

bool starts_with(Chars chars, std::string_view text) {
  if (chars.size() < text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (chars[i].c != text[i]) return false;
  }
  return true;
}

/// A variable in brackets where they open, anywhere in a reference.
bool opens_template(Chars chars) {
  for (const std::string_view opening : {"${", "#{", "{{", "{%", "%{", "<%", "$(", "%("}) {
    if (starts_with(chars, opening)) return true;
  }
  const char opening = chars[0].c;
  if (opening != '{' && opening != '<') return false;
  std::size_t end = 1;
  while (end < chars.size() && is_name_char(chars[end].c)) ++end;
  const Chars inside = chars.subspan(1, end - 1);
  if (end == chars.size() || inside.empty()) return false;
  if (opening == '<') return chars[end].c == '>';
  return chars[end].c == '}' && !is_uuid(inside);
}

/// A variable that is a whole part of a reference.
bool is_template_part(Chars part) {
  if (part.size() < 2) return false;
  const char first = part.front().c;
  const char last = part.back().c;
  const Chars inside = part.subspan(1, part.size() - 2);
  if (first == '[' && last == ']') return is_name(inside) && !is_uuid(inside);
  if ((first == '%' || first == '@' || first == '#' || first == '$') && last == first) return is_name(inside);
  if (first == '$') return is_letter(part[1].c) && is_name(part.subspan(1));
  if (first == '%') return part.size() == 2 && std::memchr("sdiuxvq@", part[1].c, 8) != nullptr;
  if (part.size() > 4 && first == '_' && part[1].c == '_' && last == '_' && part[part.size() - 2].c == '_') {
    return is_name(part.subspan(2, part.size() - 4));
  }
  return false;
}

bool is_template(Chars chars) {
  for (std::size_t i = 0; i < chars.size(); ++i) {
    if (opens_template(chars.subspan(i))) return true;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= chars.size(); ++i) {
    if (i < chars.size() && chars[i].c != ':' && chars[i].c != '/' && chars[i].c != ',') continue;
    if (is_template_part(chars.subspan(begin, i - begin))) return true;
    begin = i + 1;
  }
  return is_template_part(chars);
}

/// A listed word that is written apart: N/A, T.B.D., un-set.
/// @param tokens  behind the first part; moved behind the last one where there is such a word
/// @return what the word is; 0 where there is none
unsigned written_apart(Chars first, Tokens& tokens) {
  char text[longest_word];
  std::size_t size = 0;
  const auto append = [&](Chars part) {
    if (size + part.size() > longest_word) return false;
    for (const FoldedChar& c : part) text[size++] = to_lower(c.c);
    return true;
  };
  unsigned found = 0;
  if (!append(first)) return 0;
  Tokens ahead = tokens;
  for (Chars part; ahead.next(part) && append(part);) {
    if (const unsigned what = look_up({text, size})) {
      found = what;
      tokens = ahead;
    }
  }
  return found;
}

/// What the words of a reference come to.
Naming judge_words(Chars chars) {
  unsigned found = 0;
  std::size_t zero_digits = 0;
  Tokens tokens(chars);
  for (Chars token; tokens.next(token);) {
    unsigned what = written_apart(token, tokens);
    if (what == 0) what = Token(token).what();
    if (what == 0) return Naming::name;
    if ((what & zeros) != 0) zero_digits += token.size();
    found |= what;
  }
  if (found == 0) return Naming::blank;
  // The UUID of zeros stands for nothing beside any word, other zeros only where there is nothing else: "agent-0".
  constexpr std::size_t uuid_digits = 32;
  if (zero_digits == uuid_digits || found == zeros) {
    found = (found & ~static_cast<unsigned>(zeros)) | empty_word;
  } else if (zero_digits != 0) {
    return Naming::name;
  }
  if ((found & sample_word) != 0) return Naming::sample;
  if ((found & (empty_word | filler)) != 0) return Naming::placeholder;
  // Nothing but nouns: "policy-agent" and "agent-session" may be names, "agent", "agent-id" and "policy-decision" say
  // what belongs there.
  return std::popcount(found) > 1 && (found & noun_any) == 0 ? Naming::name : Naming::placeholder;
}

Naming judge(std::string_view reference) {
  const Folded folded(reference);
  const Chars own = own_part({folded.data(), folded.size()});
  const Naming by_words = judge_words(own);
  if (by_words == Naming::placeholder || by_words == Naming::blank) return by_words;
  return is_template(own) ? Naming::template_ : by_words;
}

/// Whether the last word of a reference is certainly on no list; then it is a name, whatever stands before.
bool ends_in_name(std::string_view text) {
  std::size_t begin = text.size();
  bool is_number = true;
  bool is_zero = true;
  for (; begin != 0 && text.size() - begin < longest_run; --begin) {
    const char c = text[begin - 1];
    if (is_digit(c)) {
      if (c >= '2') return true;
      is_zero = is_zero && c == '0';
    } else if (is_letter(c)) {
      is_number = false;
    } else {
      // Beyond ASCII: a letter of the same word.
      if (static_cast<unsigned char>(c) > 0x7F) return false;
      break;
    }
  }
  if (is_number && !is_zero) return true;
  const std::string_view word = text.substr(begin);
  if (word.size() < 2 || word[0] == '0' || word.size() >= longest_run) return false;
  const auto place = [](char c) { return static_cast<unsigned char>(c) & 31u; };
  if ((starts[place(word[0])] >> place(word[1]) & 1u) == 0) return true;
  // Words that are written together end in a listed one, and so does every spelling of one in small letters but those
  // with rn for m and vv for w.
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] < 'a' || word[i] > 'z') return false;
    if (i != 0 && ((word[i - 1] == 'r' && word[i] == 'n') || (word[i - 1] == 'v' && word[i] == 'v'))) return false;
  }
  if (word.find_first_not_of('x') == std::string_view::npos) return false;
  for (const std::string_view half : second_halves) {
    if (word == half) return false;
  }
  for (const Listed& entry : listed) {
    if (word.ends_with(entry.word)) return false;
  }
  return true;
}

}  // namespace

Naming judge_reference(std::string_view reference, bool is_ordinary) {
  if (is_ordinary && ends_in_name(reference)) return Naming::name;
  return judge(reference);
}

}  // namespace bearproof::text
