#include "walker.h"

#include <algorithm>

#include "bearproof/text/ascii.h"
#include "bearproof/text/utf8.h"

#include "escapes.h"
#include "find.h"
#include "scanner.h"

namespace bearproof::json {

namespace {

/// Members of one object that are compared as they come; an object with more is looked at once it has ended.
constexpr std::uint32_t most_compared = 64;

constexpr std::uint32_t never = 0xFFFFFFFFu;

/// What may stand right behind a number or literal; whether it fits the grammar there, the next token shows.
bool ends_scalar(char c) { return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The place of the next backslash, and in NDJSON also of the next line break.
template <bool lines>
std::uint32_t next_event(std::string_view slice, std::uint32_t from) {
  const char* const end = slice.data() + slice.size();
  const char* const start = slice.data() + from;
  const char* const found = lines ? find_either<'\\', '\n'>(start, end) : find_byte<'\\'>(start, end);
  return found == end ? never : static_cast<std::uint32_t>(found - slice.data());
}

/// Whether every escape in [at, end) is one that RFC 8259 knows and no surrogate is alone. The string was found to end
/// at `end`, so that a backslash is never its last byte.
bool escapes_are_valid(const char* at, const char* end) {
  const auto unit_at = [end](const char* digits, std::uint32_t& unit) {
    if (end - digits < 4) return false;
    for (int i = 0; i < 4; ++i) {
      if (!text::is_hex_digit(digits[i])) return false;
    }
    unit = hex4(digits);
    return true;
  };
  for (at = find_byte<'\\'>(at, end); at != end; at = find_byte<'\\'>(at, end)) {
    switch (at[1]) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't': at += 2; continue;
      case 'u': break;
      default: return false;
    }
    std::uint32_t unit = 0;
    if (!unit_at(at + 2, unit) || text::is_low_surrogate(unit)) return false;
    at += 6;
    if (!text::is_high_surrogate(unit)) continue;
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u' || !unit_at(at + 2, unit) || !text::is_low_surrogate(unit)) {
      return false;
    }
    at += 6;
  }
  return true;
}

/// Few bits that differ for most pairs of keys: of the length and the last eight bytes.
/// @param close      the key's closing quote
/// @param available  how many bytes of the slice stand before it
std::uint32_t signature_of(const char* close, std::uint32_t size, std::uint32_t available) {
  std::uint64_t tail = 0;
  if (size >= 8) {
    tail = detail::load8(close - 8);
  } else if (available >= 8) [[likely]] {
    if (size != 0) tail = detail::load8(close - 8) >> (64 - 8 * size);
  } else {
    for (std::uint32_t i = 0; i < size; ++i) {
      tail |=
          static_cast<std::uint64_t>(static_cast<unsigned char>(close[static_cast<int>(i) - static_cast<int>(size)]))
          << (8 * i);
    }
  }
  const std::uint64_t mixed = (tail ^ (std::uint64_t{size} << 56)) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(mixed >> 32);
}

/// How long the number or literal is that stands there; 0 for anything else.
/// @param last  place of the last token: something to stop at stands there or before
std::uint32_t scalar_length(const char* text, std::uint32_t from, std::uint32_t last, Node::Tag& tag) {
  const char* p = text + from;
  tag = Node::integer;
  switch (*p) {
    case 't':
      if (from + 4 > last || detail::load4(p) != detail::load4("true")) return 0;
      tag = Node::true_;
      p += 4;
      break;
    case 'n':
      if (from + 4 > last || detail::load4(p) != detail::load4("null")) return 0;
      tag = Node::null;
      p += 4;
      break;
    case 'f':
      if (from + 5 > last || detail::load4(p + 1) != detail::load4("alse")) return 0;
      tag = Node::false_;
      p += 5;
      break;
    case '-':
      ++p;
      if (!text::is_digit(*p)) return 0;
      [[fallthrough]];
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      if (*p == '0') {
        ++p;
      } else {
        do ++p;
        while (text::is_digit(*p));
      }
      if (*p == '.') {
        tag = Node::decimal;
        ++p;
        if (!text::is_digit(*p)) return 0;
        do ++p;
        while (text::is_digit(*p));
      }
      if (*p == 'e' || *p == 'E') {
        tag = Node::decimal;
        ++p;
        if (*p == '+' || *p == '-') ++p;
        if (!text::is_digit(*p)) return 0;
        do ++p;
        while (text::is_digit(*p));
      }
      break;
    default: return 0;
  }
  return ends_scalar(*p) ? static_cast<std::uint32_t>(p - text) - from : 0;
}

}  // namespace

Walker::Walker(const Limits& limits)
    : most_depth_(static_cast<std::uint32_t>(std::min(limits.nesting, deepest_nesting))),
      most_keys_(limits.keys),
      most_string_(limits.string),
      limits_(limits),
      frames_(most_depth_ + 1),
      seen_(most_depth_ + 1) {}

void Walker::begin(std::string_view text, NodeBuffer& nodes) {
  document_.text = text;
  nodes_ = &nodes;
  nodes.clear();
  most_nodes_ = most_nodes(text.size(), limits_);
  depth_ = 0;
  signed_keys_ = 0;
  has_duplicates_ = false;
}

bool Walker::repeats(NodeIndex object, NodeIndex key) const {
  const Node* const nodes = document_.nodes;
  const Node& again = nodes[key];
  const char* const text = document_.text.data();
  for (NodeIndex at = object + 1; at != key;) {
    const Node& name = nodes[at];
    if (name.tag() == Node::string && name.extent == again.extent &&
        equal_bytes(text + name.offset, text + again.offset, name.extent)) {
      return true;
    }
    const NodeIndex value = at + 1;
    at = nodes[value].tag() >= Node::array ? nodes[value].extent : value + 1;
  }
  return false;
}

bool Walker::has_long_scalar() const {
  for (std::uint32_t i = 0; i < nodes_->size(); ++i) {
    const Node& node = nodes_->data()[i];
    if (node.tag() < Node::array && node.extent > most_string_) return true;
  }
  return false;
}

template <bool lines>
Walker::Outcome Walker::walk(std::string_view slice, const std::uint32_t*& next, const std::uint32_t* end,
                             std::uint32_t base) {
  // Bytes and tokens are read without asking for their end: the last token is a closing bracket or a comma, so that
  // whatever else is looked at has one behind it; and after each of those two, `at == end` is asked.
  const char* const text = slice.data();
  const std::uint32_t* at = next;
  if (at == end) return Outcome::refused;
  nodes_->reserve(nodes_->size() + static_cast<std::uint32_t>(end - at));
  Node* const nodes = nodes_->data();
  document_.nodes = nodes;
  Node* out = nodes + nodes_->size();
  std::uint32_t event = next_event<lines>(slice, *at);
  std::uint32_t lengths = 0;  // the bits of the lengths of all scalars: no scalar is longer than this
  Frame* top = frames_.data() + depth_;
  Seen* seen = seen_.data() + depth_;
  Frame frame = *top;
  std::uint32_t signed_keys = signed_keys_;

  const auto refuse = [] { return Outcome::refused; };
  const auto node_count = [&] { return static_cast<std::uint32_t>(out - nodes); };

  // A string whose opening quote is at `quote` and whose closing quote is at `close`.
  const auto add_string = [&](std::uint32_t quote, std::uint32_t close, bool& escaped) {
    const std::uint32_t length = close - quote - 1;
    Node::Tag tag = Node::string;
    escaped = false;
    if (event < close) [[unlikely]] {
      if (event < quote || !escapes_are_valid(text + event, text + close)) return false;
      tag = Node::escaped_string;
      escaped = true;
      event = next_event<lines>(slice, close);
    }
    lengths |= length;
    *out++ = {Node::pack(tag), base + quote + 1, length};
    return true;
  };
  // Between a string and the next token stands only white space.
  const auto closing_quote = [&](std::uint32_t following) {
    std::uint32_t close = following - 1;
    while (text[close] != '"') --close;
    return close;
  };
  const auto add_scalar = [&](std::uint32_t from) {
    Node::Tag tag;
    const std::uint32_t length = scalar_length(text, from, end[-1], tag);
    if (length == 0) return false;
    lengths |= length;
    *out++ = {Node::pack(tag), base + from, length};
    return true;
  };

  std::uint32_t token;
  bool escaped;

  if (depth_ == 0) {
    token = *at++;
    if (text[token] == '{') goto open_object;
    if (text[token] == '[') goto open_array;
    return refuse();
  }
  if (frame.is_object) goto key;
  goto item;

open_object:
  if (depth_ >= most_depth_ || token >= event) return refuse();
  *top = frame;
  ++top;
  ++seen;
  ++depth_;
  frame = {node_count(), 0, signed_keys, true, false, false};
  if (signed_keys + most_compared > signatures_.size()) signatures_.resize(signed_keys + 4 * most_compared);
  *seen = {};
  *out++ = {Node::pack(Node::object), base + token, 0};
  if (at == end) return refuse();
  if (text[*at] == '}') {
    token = *at++;
    goto close;
  }
key: {
  const std::uint32_t quote = *at++;
  if (text[quote] != '"') return refuse();
  const std::uint32_t colon = *at++;
  if (text[colon] != ':') return refuse();
  const std::uint32_t close = closing_quote(colon);
  if (!add_string(quote, close, escaped)) return refuse();
  ++frame.count;
  if (frame.count <= most_compared && !escaped) {
    const std::uint32_t signature = signature_of(text + close, close - quote - 1, close);
    std::uint32_t* const signatures = signatures_.data();
    std::uint64_t& bits = seen->bits[(signature >> 6) & 3];
    const std::uint64_t bit = std::uint64_t{1} << (signature & 63);
    if ((bits & bit) != 0 && !frame.has_duplicates &&
        std::find(signatures + frame.first_key, signatures + signed_keys, signature) != signatures + signed_keys) {
      frame.has_duplicates = repeats(frame.node, node_count() - 1);
    }
    bits |= bit;
    signatures[signed_keys++] = signature;
  } else {
    frame.check_at_end = true;
  }
  token = *at++;
  const char first = text[token];
  if (first == '"') {
    if (!add_string(token, closing_quote(*at), escaped)) return refuse();
  } else if (first == '{') {
    goto open_object;
  } else if (first == '[') {
    goto open_array;
  } else if (!add_scalar(token)) {
    return refuse();
  }
}
after_member:
  token = *at++;
  if (token >= event) return refuse();
  if (text[token] == ',') {
    if (at == end) goto pause;
    goto key;
  }
  if (text[token] == '}') goto close;
  return refuse();

open_array:
  if (depth_ >= most_depth_ || token >= event) return refuse();
  *top = frame;
  ++top;
  ++seen;
  ++depth_;
  frame = {node_count(), 0, signed_keys, false, false, false};
  *out++ = {Node::pack(Node::array), base + token, 0};
  if (at == end) return refuse();
  if (text[*at] == ']') {
    token = *at++;
    goto close;
  }
item: {
  ++frame.count;
  token = *at++;
  const char first = text[token];
  if (first == '"') {
    if (!add_string(token, closing_quote(*at), escaped)) return refuse();
  } else if (first == '{') {
    goto open_object;
  } else if (first == '[') {
    goto open_array;
  } else if (!add_scalar(token)) {
    return refuse();
  }
}
after_item:
  token = *at++;
  if (token >= event) return refuse();
  if (text[token] == ',') {
    if (at == end) goto pause;
    goto item;
  }
  if (text[token] == ']') goto close;
  return refuse();

close: {
  if (token >= event) return refuse();
  Node& node = nodes[frame.node];
  Node::Tag tag = Node::array;
  if (frame.is_object) {
    tag = Node::object;
    if (frame.count > most_keys_) return refuse();
  }
  node.bits = Node::pack(tag, frame.count);
  node.extent = node_count();
  if (frame.is_object) {
    if (frame.check_at_end && !frame.has_duplicates) {
      frame.has_duplicates = duplicates_.has_duplicates(Value(&document_, frame.node));
    }
    if (frame.has_duplicates) {
      has_duplicates_ = true;
      node.bits = Node::pack(Node::object_with_duplicates, frame.count);
    }
    signed_keys = frame.first_key;
  }
  --top;
  --seen;
  --depth_;
  frame = *top;
  if (depth_ != 0) {
    if (at == end) return refuse();
    if (frame.is_object) goto after_member;
    goto after_item;
  }
}
  nodes_->set_size(node_count());
  next = at;
  event_ = event;
  signed_keys_ = signed_keys;
  if (node_count() > most_nodes_ || (lengths > most_string_ && has_long_scalar())) return refuse();
  return Outcome::done;

pause:
  *top = frame;
  signed_keys_ = signed_keys;
  nodes_->set_size(node_count());
  next = at;
  if (node_count() > most_nodes_ || (lengths > most_string_ && has_long_scalar())) return refuse();
  return Outcome::more;
}

template Walker::Outcome Walker::walk<false>(std::string_view, const std::uint32_t*&, const std::uint32_t*,
                                             std::uint32_t);
template Walker::Outcome Walker::walk<true>(std::string_view, const std::uint32_t*&, const std::uint32_t*,
                                            std::uint32_t);

}  // namespace bearproof::json
