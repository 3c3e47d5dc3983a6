#include "parser.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "bearproof/text/unicode.h"
#include "bearproof/text/utf8.h"

namespace bearproof::regex {

NodeId Ast::add_list(Node::Kind kind, const std::vector<NodeId>& list) {
  if (list.empty()) return add({.kind = Node::empty});
  if (list.size() == 1) return list[0];
  Node node{.kind = kind};
  node.first = static_cast<std::uint32_t>(children.size());
  node.count = static_cast<std::uint32_t>(list.size());
  for (const NodeId id : list) node.consumes = node.consumes || nodes[id].consumes;
  children.insert(children.end(), list.begin(), list.end());
  return add(node);
}

NodeId Ast::add_parent(Node node, NodeId child) {
  if (discard) return add({});
  node.first = static_cast<std::uint32_t>(children.size());
  node.count = 1;
  children.push_back(child);
  return add(node);
}

NodeId Ast::add_set(CharSet set) {
  if (discard) return add({});
  set.normalize();
  Node node{.kind = Node::set, .consumes = true};
  const std::uint64_t hash = set.hash();
  for (auto [it, end] = set_index_.equal_range(hash); it != end; ++it) {
    if (sets[it->second] == set) {
      node.first = it->second;
      return add(node);
    }
  }
  node.first = static_cast<std::uint32_t>(sets.size());
  ranges += set.ranges().size();
  set_index_.emplace(hash, node.first);
  sets.push_back(std::move(set));
  return add(node);
}

namespace {

constexpr std::uint32_t deepest_group = 250;
constexpr std::uint32_t nothing = 0xFFFFFFFF;  // where a code point is expected: none

bool is_decimal(std::uint32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(std::uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::uint32_t hex_value(std::uint32_t c) {
  if (is_decimal(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return nothing;
}

class Parser {
 public:
  Parser(std::string_view pattern, Grammar grammar, const ParseLimits& limits)
      : text_(pattern), unicode_(grammar == Grammar::unicode), limits_(limits) {
    result_.ast.discard = limits.only_syntax;
    count_groups();
  }

  std::expected<Parsed, Error> run() {
    NodeId root = disjunction(0);
    if (!failed_ && at_ < text_.size()) fail("unmatched ')'");
    if (!failed_) check_references();
    if (failed_) return std::unexpected(std::move(error_));
    result_.ast.root = root;
    return std::move(result_);
  }

 private:
  struct KnownProperty {
    std::string_view name;
    std::string_view value;
    CharSet set;
  };
  struct Quantifier {
    std::uint32_t min = 1;
    std::uint32_t max = 1;
  };
  // An atom of a class: a character, or a set such as \d that cannot end a range.
  struct ClassAtom {
    std::uint32_t character = nothing;
    CharSet set;
  };
  struct NameReference {
    std::string name;
    std::uint32_t offset;
  };

  // --- reading ---------------------------------------------------------------------------------------------------

  bool done() const { return at_ >= text_.size(); }
  std::uint32_t peek() const {
    return done() ? nothing : text::decode(text_.data() + at_, text_.data() + text_.size()).code_point;
  }
  char byte_at(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::uint32_t take() {
    const text::Decoded next = text::decode(text_.data() + at_, text_.data() + text_.size());
    at_ += next.length;
    return next.code_point;
  }
  bool accept(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  NodeId fail(std::string_view message, std::size_t offset, Error::Kind kind = Error::Kind::syntax) {
    if (!failed_) {
      failed_ = true;
      error_ = {kind, static_cast<std::uint32_t>(offset), std::string(message)};
    }
    return 0;
  }
  NodeId fail(std::string_view message) { return fail(message, at_); }

  // Annex B reads `\2` as a reference only if there are two groups, and `\k` only if some group has a name: both may
  // come later than the escape.
  void count_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '\\') {
        ++i;
      } else if (in_class) {
        in_class = c != ']';
      } else if (c == '[') {
        in_class = true;
      } else if (c == '(') {
        if (i + 1 >= text_.size() || text_[i + 1] != '?') {
          ++groups_;
        } else if (text_.substr(i).starts_with("(?<") && i + 3 < text_.size() && text_[i + 3] != '=' &&
                   text_[i + 3] != '!') {
          ++groups_;
          has_names_ = true;
        }
      }
    }
  }

  void check_references() {
    if (largest_reference_ > groups_) fail("back-reference to a group that does not exist", largest_reference_at_);
    for (const NameReference& reference : name_references_) {
      if (!names_.contains(reference.name)) fail("back-reference to a name that no group has", reference.offset);
    }
  }

  // --- disjunction, alternative, term ----------------------------------------------------------------------------

  NodeId disjunction(std::uint32_t depth) {
    std::vector<NodeId> alternatives;
    std::vector<NodeId> terms;
    while (!failed_) {
      const std::uint32_t c = peek();
      if (c == nothing || c == ')') {
        if (c == ')' && depth == 0) fail("unmatched ')'");
        break;
      }
      if (c == '|') {
        ++at_;
        alternatives.push_back(result_.ast.add_list(Node::concat, terms));
        terms.clear();
        continue;
      }
      const std::size_t from = at_;
      const NodeId node = term(depth);
      if (failed_) return 0;
      if (result_.ast.nodes.size() > limits_.nodes) return fail("pattern too large", from, Error::Kind::too_large);
      const Node& added = result_.ast.nodes[node];
      if (added.kind == Node::concat) {  // a group that is only a sequence: its terms become ours
        terms.insert(terms.end(), result_.ast.begin(added), result_.ast.end(added));
      } else if (added.kind != Node::empty) {
        terms.push_back(node);
      }
    }
    alternatives.push_back(result_.ast.add_list(Node::concat, terms));
    return result_.ast.add_list(Node::alternate, alternatives);
  }

  NodeId term(std::uint32_t depth) {
    const std::size_t begin = at_;
    const std::uint32_t c = take();
    switch (c) {
      case '^': return result_.ast.add({.kind = Node::start});
      case '$': return result_.ast.add({.kind = Node::end});
      case '(': return group(depth, begin);
      case '.': {
        CharSet set = line_ends();
        set.invert();
        return quantified(result_.ast.add_set(std::move(set)));
      }
      case '[': return quantified(character_class(begin));
      case '\\':
        if (accept("b")) return result_.ast.add({.kind = Node::boundary});
        if (accept("B")) return result_.ast.add({.kind = Node::no_boundary});
        return quantified(atom_escape(begin));
      case '*':
      case '+':
      case '?': return fail("nothing to repeat", begin);
      case '{':
        if (unicode_) return fail("nothing to repeat", begin);
        at_ = begin;
        if (Quantifier ignored; braces(ignored)) return fail("nothing to repeat", begin);
        at_ = begin + 1;
        break;
      case '}':
      case ']':
        if (unicode_) return fail(c == '}' ? "unmatched '}'" : "unmatched ']'", begin);
        break;
      default: break;
    }
    return quantified(character(c));
  }

  NodeId character(std::uint32_t c) {
    return limits_.only_syntax ? result_.ast.add({}) : result_.ast.add_set(CharSet{{c, c}});
  }

  NodeId group(std::uint32_t depth, std::size_t begin) {
    if (depth >= deepest_group) return fail("groups nested too deeply", begin, Error::Kind::too_large);
    bool is_look = false;
    Node look{.kind = Node::look};
    if (accept("?")) {
      if (accept("=") || accept("!")) {
        is_look = true;
        look.negative = text_[at_ - 1] == '!';
      } else if (accept("<=") || accept("<!")) {
        is_look = true;
        look.behind = true;
        look.negative = text_[at_ - 1] == '!';
      } else if (accept("<")) {
        std::string name;
        if (!group_name(name)) return 0;
        if (!names_.insert(std::move(name)).second) return fail("two groups have the same name", begin);
      } else if (!accept(":")) {
        return fail("invalid group", begin);
      }
    }
    const NodeId inner = disjunction(depth + 1);
    if (failed_) return 0;
    if (!accept(")")) return fail("unterminated group", begin);
    if (!is_look) return quantified(inner);

    const NodeId node = result_.ast.add_parent(look, inner);
    // Annex B lets a quantifier follow a lookahead, the `u` grammar does not.
    return unicode_ || look.behind ? node : quantified(node);
  }

  // --- quantifiers -----------------------------------------------------------------------------------------------

  NodeId quantified(NodeId atom) {
    if (failed_) return 0;
    const std::size_t begin = at_;
    Quantifier quantifier;
    if (accept("*")) {
      quantifier = {0, unbounded};
    } else if (accept("+")) {
      quantifier = {1, unbounded};
    } else if (accept("?")) {
      quantifier = {0, 1};
    } else if (byte_at(0) == '{') {
      if (!braces(quantifier)) {
        if (unicode_) return fail("incomplete quantifier", begin);
        return atom;  // Annex B: the brace is a character
      }
      if (failed_) return 0;
    } else {
      return atom;
    }
    accept("?");  // lazy or not, the language is the same
    if (quantifier.min == 1 && quantifier.max == 1) return atom;
    if (quantifier.max == 0) return result_.ast.add({.kind = Node::empty});
    Node node{.kind = Node::repeat, .min = quantifier.min, .max = quantifier.max};
    node.consumes = result_.ast.nodes[atom].consumes;
    return result_.ast.add_parent(node, atom);
  }

  // {n}, {n,} or {n,m}; false, and nothing read, where the text is none of them.
  bool braces(Quantifier& quantifier) {
    const std::size_t begin = at_;
    const auto number = [this] {
      const std::size_t from = at_;
      while (is_decimal(static_cast<unsigned char>(byte_at(0)))) ++at_;
      return text_.substr(from, at_ - from);
    };
    ++at_;
    const std::string_view low = number();
    std::string_view high = low;
    bool open = false;
    if (!low.empty() && accept(",")) {
      high = number();
      open = high.empty();
    }
    if (low.empty() || !accept("}")) {
      at_ = begin;
      return false;
    }
    quantifier.min = saturated(low);
    quantifier.max = open ? unbounded : saturated(high);
    if (!open && less(high, low)) fail("numbers out of order in quantifier", begin);
    return true;
  }

  static std::string_view without_zeros(std::string_view digits) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
  }
  static bool less(std::string_view a, std::string_view b) {
    a = without_zeros(a);
    b = without_zeros(b);
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
  // No text has as many characters as `unbounded`, so that larger numbers mean the same.
  static std::uint32_t saturated(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char digit : digits) {
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
      if (value >= unbounded) return unbounded;
    }
    return static_cast<std::uint32_t>(value);
  }

  // --- escapes ---------------------------------------------------------------------------------------------------

  NodeId atom_escape(std::size_t begin) {
    if (done()) return fail("pattern ends with a backslash", begin);
    const char c = byte_at(0);
    if (c >= '1' && c <= '9') {
      if (const std::optional<NodeId> node = numbered_reference(begin)) return *node;
    }
    if (c == 'k' && (unicode_ || has_names_)) {
      ++at_;
      NameReference reference{{}, static_cast<std::uint32_t>(begin)};
      if (!accept("<")) return fail("\\k is not followed by a group's name", begin);
      if (!group_name(reference.name)) return 0;
      name_references_.push_back(std::move(reference));
      return back_reference(begin);
    }
    ClassAtom atom;
    if (!escape(begin, false, atom)) return 0;
    if (atom.character != nothing) return character(atom.character);
    return result_.ast.add_set(std::move(atom.set));
  }

  NodeId back_reference(std::size_t begin) {
    if (!result_.back_reference) result_.back_reference = static_cast<std::uint32_t>(begin);
    return result_.ast.add({.kind = Node::empty, .consumes = true});
  }

  // \1 and so on; nothing where Annex B reads it as a character.
  std::optional<NodeId> numbered_reference(std::size_t begin) {
    const std::size_t from = at_;
    while (is_decimal(static_cast<unsigned char>(byte_at(0)))) ++at_;
    const std::uint32_t number = saturated(text_.substr(from, at_ - from));
    if (!unicode_ && number > groups_) {
      at_ = from;
      return std::nullopt;
    }
    if (number > largest_reference_) {
      largest_reference_ = number;
      largest_reference_at_ = begin;
    }
    return back_reference(begin);
  }

  // What follows a backslash, in a class or outside: a character or a set.
  bool escape(std::size_t begin, bool in_class, ClassAtom& atom) {
    const std::uint32_t c = take();
    switch (c) {
      case 'd': atom.set = digits(); return true;
      case 's': atom.set = spaces(); return true;
      case 'w': atom.set = word_characters(); return true;
      case 'D': return inverted(digits(), atom);
      case 'S': return inverted(spaces(), atom);
      case 'W': return inverted(word_characters(), atom);
      case 'f': atom.character = '\f'; return true;
      case 'n': atom.character = '\n'; return true;
      case 'r': atom.character = '\r'; return true;
      case 't': atom.character = '\t'; return true;
      case 'v': atom.character = '\v'; return true;
      case 'p':
      case 'P':
        if (unicode_) return property(begin, c == 'P', atom.set);
        break;
      case 'c': return control(begin, in_class, atom.character);
      case 'x': return hexadecimal(begin, atom.character);
      case 'u': return unicode_escape(begin, atom.character);
      case '-':
        if (unicode_ && !in_class) return !fail_flag("invalid escape", begin);
        break;
      default:
        if (is_decimal(c)) return octal(begin, c, atom.character);
        if (c == 'k' && !unicode_ && has_names_) return !fail_flag("invalid escape", begin);
        if (unicode_ &&
            std::string_view("^$\\.*+?()[]{}|/").find(static_cast<char>(c & 0x7F)) == std::string_view::npos) {
          return !fail_flag("invalid escape", begin);
        }
        if (unicode_ && c > 0x7F) return !fail_flag("invalid escape", begin);
        break;
    }
    atom.character = c;
    return true;
  }

  bool fail_flag(std::string_view message, std::size_t offset) {
    fail(message, offset);
    return true;
  }

  static bool inverted(const CharSet& set, ClassAtom& atom) {
    atom.set = set;
    atom.set.invert();
    return true;
  }

  bool control(std::size_t begin, bool in_class, std::uint32_t& character) {
    const auto next = static_cast<std::uint32_t>(static_cast<unsigned char>(byte_at(0)));
    if (is_letter(next) || (!unicode_ && in_class && (is_decimal(next) || next == '_'))) {
      ++at_;
      character = next % 32;
      return true;
    }
    if (unicode_) return !fail_flag("invalid escape", begin);
    --at_;  // Annex B: the backslash is a character, and so is the c
    character = '\\';
    return true;
  }

  bool octal(std::size_t begin, std::uint32_t first, std::uint32_t& character) {
    if (unicode_) {
      if (first != '0' || is_decimal(static_cast<unsigned char>(byte_at(0)))) {
        return !fail_flag(first == '0' ? "invalid decimal escape" : "invalid escape", begin);
      }
      character = 0;
      return true;
    }
    character = first;
    if (first >= '8') return true;
    character = first - '0';
    while (byte_at(0) >= '0' && byte_at(0) <= '7' &&
           character * 8 + static_cast<std::uint32_t>(byte_at(0) - '0') < 256) {
      character = character * 8 + static_cast<std::uint32_t>(byte_at(0) - '0');
      ++at_;
      if (at_ - begin > 3) break;  // three digits at most
    }
    return true;
  }

  // `count` hexadecimal digits, or nothing read.
  bool hex_digits(std::size_t count, std::uint32_t& value) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t digit = hex_value(static_cast<unsigned char>(byte_at(i)));
      if (digit == nothing) return false;
      sum = sum * 16 + digit;
    }
    at_ += count;
    value = sum;
    return true;
  }

  bool hexadecimal(std::size_t begin, std::uint32_t& character) {
    if (hex_digits(2, character)) return true;
    if (unicode_) return !fail_flag("invalid escape", begin);
    character = 'x';
    return true;
  }

  bool unicode_escape(std::size_t begin, std::uint32_t& character) {
    if (unicode_ && accept("{")) {
      std::uint32_t value = 0;
      const std::size_t from = at_;
      while (hex_value(static_cast<unsigned char>(byte_at(0))) != nothing) {
        value = value * 16 + hex_value(static_cast<unsigned char>(byte_at(0)));
        if (value > text::last_code_point) return !fail_flag("code point beyond 10FFFF", begin);
        ++at_;
      }
      if (at_ == from || !accept("}")) return !fail_flag("invalid Unicode escape", begin);
      character = value;
      return true;
    }
    if (!hex_digits(4, character)) {
      if (unicode_) return !fail_flag("invalid Unicode escape", begin);
      character = 'u';
      return true;
    }
    // Two escapes that make a surrogate pair are one code point (in Annex B too, for texts are code points here).
    if (character >= 0xD800 && character < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
      const std::size_t back = at_;
      std::uint32_t low = 0;
      at_ += 2;
      if (hex_digits(4, low) && low >= 0xDC00 && low < 0xE000) {
        character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
      } else {
        at_ = back;
      }
    }
    return true;
  }

  bool property(std::size_t begin, bool negated, CharSet& set) {
    const auto word = [this] {
      const std::size_t from = at_;
      while (is_word(static_cast<unsigned char>(byte_at(0)))) ++at_;
      return text_.substr(from, at_ - from);
    };
    if (!accept("{")) return !fail_flag("invalid property escape", begin);
    const std::string_view name = word();
    std::string_view value;
    bool has_value = false;
    if (accept("=")) {
      has_value = true;
      value = word();
    }
    if (name.empty() || (has_value && value.empty()) || !accept("}")) {
      return !fail_flag("invalid property escape", begin);
    }
    const CharSet* known = property_set(name, value);
    if (known == nullptr) return !fail_flag("unknown Unicode property", begin);
    if (limits_.only_syntax) return true;
    ranges_written_ += known->ranges().size();
    if (ranges_written_ > limits_.ranges) {
      fail("character classes too large", begin, Error::Kind::too_large);
      return false;
    }
    set = *known;
    if (negated) set.invert();
    return true;
  }

  // Tables are decoded once for each property of a pattern, however often it asks.
  const CharSet* property_set(std::string_view name, std::string_view value) {
    for (const KnownProperty& known : properties_) {
      if (known.name == name && known.value == value) return &known.set;
    }
    KnownProperty known{name, value, {}};
    if (!text::add_property(name, value, known.set)) return nullptr;
    known.set.normalize();
    properties_.push_back(std::move(known));
    return &properties_.back().set;
  }

  // The rest of a group's name after `<`, and its `>`.
  bool group_name(std::string& name) {
    const std::size_t begin = at_;
    while (!done() && peek() != '>') {
      const std::size_t from = at_;
      std::uint32_t c = take();
      if (c == '\\') {
        if (!accept("u")) return !fail_flag("invalid group name", from);
        // An identifier's escapes are those of the `u` grammar, whatever grammar the rest follows.
        const bool outer = std::exchange(unicode_, true);
        const bool good = unicode_escape(from, c);
        unicode_ = outer;
        if (!good) return false;
      }
      const bool valid = c == '$' || c == '_' || (!name.empty() && (c == 0x200C || c == 0x200D)) ||
                         (c < 128 ? is_word(c) && (!name.empty() || !is_decimal(c))
                                  : property_set(name.empty() ? "ID_Start" : "ID_Continue", {})->contains(c));
      if (!valid) return !fail_flag("invalid group name", from);
      text::append_utf8(name, c);
    }
    if (name.empty() || !accept(">")) return !fail_flag("invalid group name", begin);
    return true;
  }

  // --- classes ---------------------------------------------------------------------------------------------------

  NodeId character_class(std::size_t begin) {
    const bool negated = accept("^");
    CharSet set;
    while (true) {
      if (failed_) return 0;
      if (done()) return fail("unterminated character class", begin);
      if (accept("]")) break;
      const std::size_t from = at_;
      ClassAtom low;
      if (!class_atom(low)) return 0;
      if (byte_at(0) != '-' || byte_at(1) == ']' || at_ + 1 >= text_.size()) {
        add_atom(set, low);
        continue;
      }
      ++at_;
      ClassAtom high;
      if (!class_atom(high)) return 0;
      if (low.character == nothing || high.character == nothing) {
        if (unicode_) return fail("a class such as \\d cannot end a range", from);
        add_atom(set, low);
        add_atom(set, high);
        set.add('-', '-');
        continue;
      }
      if (low.character > high.character) return fail("range out of order in character class", from);
      if (!limits_.only_syntax) set.add(low.character, high.character);
    }
    set.normalize();
    if (negated) set.invert();
    const NodeId node = result_.ast.add_set(std::move(set));
    if (result_.ast.ranges > limits_.ranges) return fail("character classes too large", begin, Error::Kind::too_large);
    return node;
  }

  void add_atom(CharSet& set, const ClassAtom& atom) const {
    if (limits_.only_syntax) return;
    if (atom.character == nothing) {
      set.add(atom.set);
    } else {
      set.add(atom.character, atom.character);
    }
  }

  bool class_atom(ClassAtom& atom) {
    const std::size_t begin = at_;
    atom.character = take();
    if (atom.character != '\\') return true;
    atom.character = nothing;
    if (done()) return !fail_flag("pattern ends with a backslash", begin);
    if (accept("b")) {
      atom.character = '\b';
      return true;
    }
    return escape(begin, true, atom);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool unicode_;
  ParseLimits limits_;
  std::uint64_t ranges_written_ = 0;
  std::vector<KnownProperty> properties_;
  std::uint32_t groups_ = 0;
  bool has_names_ = false;
  std::uint32_t largest_reference_ = 0;
  std::size_t largest_reference_at_ = 0;
  std::unordered_set<std::string> names_;
  std::vector<NameReference> name_references_;
  bool failed_ = false;
  Error error_;
  Parsed result_;
};

}  // namespace

std::expected<Parsed, Error> parse(std::string_view pattern, Grammar grammar, const ParseLimits& limits) {
  return Parser(pattern, grammar, limits).run();
}

}  // namespace bearproof::regex
