// A JSON text, read strictly, as a flat array of nodes over the bytes it was read from. Nothing is copied: strings and
// numbers are slices of the text, unescaped or converted only when asked, and every node knows where it stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/finding/finding.h"
#include "bearproof/json/bytes.h"

namespace bearproof::json {

enum class Type : std::uint8_t { null, boolean, number, string, array, object };

/// One value or key, in document order. Twelve bytes.
///
///   scalar     its own slot; `extent` is the length in bytes of its text (for strings: between the quotes)
///   array      its items follow; `extent` is the index one past its last descendant; the count is that of its items
///   object     key, value, key, value … follow; keys are string nodes; the count is that of its members
struct Node {
  enum Tag : std::uint8_t {
    null,
    false_,
    true_,
    integer,         ///< written as -?digits, without fraction or exponent
    decimal,         ///< written with a fraction or an exponent
    string,          ///< holds no escape: the slice is the value
    escaped_string,  ///< holds at least one backslash
    array,
    object,
    object_with_duplicates,  ///< an object in which some key occurs twice
  };

  std::uint32_t bits;    ///< tag in the low 4 bits, count of items or members in the upper 28
  std::uint32_t offset;  ///< of its first byte in the text: the opening bracket, the first digit; for strings the byte
                         ///< after the opening quote
  std::uint32_t extent;

  Tag tag() const { return static_cast<Tag>(bits & 15u); }
  std::uint32_t count() const { return bits >> 4; }
  static constexpr std::uint32_t pack(Tag tag, std::uint32_t count = 0) { return (count << 4) | tag; }
};
static_assert(sizeof(Node) == 12);

class Value;

/// Nodes and the text they point into; owns neither. What a Reader fills in and keeps alive until its next read.
struct Document {
  std::string_view text;        ///< the whole text, byte order mark included: offsets count from its start
  const Node* nodes = nullptr;  ///< the root is node 0
  std::uint32_t size = 0;       ///< number of nodes
  bool has_bom = false;         ///< the text starts with EF BB BF
  bool has_duplicates = false;  ///< some object has a key twice

  Value root() const;
};

/// A node of a document: a handle, cheap to copy, valid as long as the document.
class Value {
 public:
  Value() = default;
  Value(const Document* document, NodeIndex index) : document_(document), index_(index) {}

  /// False for "there is no such member".
  explicit operator bool() const { return document_ != nullptr; }
  const Document& document() const { return *document_; }
  NodeIndex index() const { return index_; }
  const Node& node() const { return document_->nodes[index_]; }

  Type type() const {
    constexpr Type types[] = {Type::null,   Type::boolean, Type::boolean, Type::number, Type::number,
                              Type::string, Type::string,  Type::array,   Type::object, Type::object};
    return types[node().tag()];
  }
  bool is_null() const { return node().tag() == Node::null; }
  bool is_true() const { return node().tag() == Node::true_; }
  bool is_false() const { return node().tag() == Node::false_; }
  bool is_boolean() const { return type() == Type::boolean; }
  bool is_number() const { return type() == Type::number; }
  bool is_string() const { return type() == Type::string; }
  bool is_array() const { return node().tag() == Node::array; }
  bool is_object() const { return node().tag() >= Node::object; }

  /// Items of an array, members of an object; 0 for anything else.
  std::uint32_t size() const { return node().count(); }

  /// The text of a scalar as it is written; of a string what stands between its quotes, escapes and all.
  std::string_view raw() const { return document_->text.substr(node().offset, node().extent); }
  bool has_escapes() const { return node().tag() == Node::escaped_string; }

  /// A string's value in UTF-8. Without escapes it is a slice of the text, else it is written to `scratch`.
  /// @pre is_string()
  std::string_view string(std::string& scratch) const { return has_escapes() ? unescape(scratch) : raw(); }

  /// Whether this is a string with exactly this value.
  bool equals(std::string_view utf8) const {
    if (node().tag() == Node::string) return equal(raw(), utf8);
    return has_escapes() && equals_escaped(utf8);
  }

  /// The index one past this node's last descendant.
  NodeIndex next() const { return node().tag() >= Node::array ? node().extent : index_ + 1; }

  class Items;
  class Members;
  /// The items of an array; empty for anything else.
  Items items() const;
  /// The members of an object, in the order of the text; empty for anything else.
  Members members() const;

  /// The value of the first member with this name; false if there is none or this is no object.
  Value find(std::string_view key) const;

  /// Byte offsets [begin, end) of the value in the text: of a string with its quotes, of a container with its brackets.
  struct Span {
    std::uint64_t begin;
    std::uint64_t end;
  };
  Span span() const;

  /// Equality of values: numbers by value (1 equals 1.0), strings by code points, objects whatever the order of
  /// members. Both documents are within the limits, so the depth of recursion is bounded by `Limits::nesting`.
  friend bool equal_values(Value a, Value b);

 private:
  std::string_view unescape(std::string& scratch) const;
  bool equals_escaped(std::string_view utf8) const;

  const Document* document_ = nullptr;
  NodeIndex index_ = 0;
};

bool equal_values(Value a, Value b);

inline Value Document::root() const { return {this, 0}; }

struct Member {
  Value key;
  Value value;
};

class Value::Items {
 public:
  class Iterator {
   public:
    explicit Iterator(Value at) : at_(at) {}
    Value operator*() const { return at_; }
    Iterator& operator++() {
      at_ = Value(&at_.document(), at_.next());
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_.index() != other.at_.index(); }

   private:
    Value at_;
  };
  Iterator begin() const { return Iterator(Value(document_, begin_)); }
  Iterator end() const { return Iterator(Value(document_, end_)); }

 private:
  friend class Value;
  Items(const Document* document, NodeIndex begin, NodeIndex end) : document_(document), begin_(begin), end_(end) {}
  const Document* document_;
  NodeIndex begin_;
  NodeIndex end_;
};

class Value::Members {
 public:
  class Iterator {
   public:
    explicit Iterator(Value key) : key_(key) {}
    Member operator*() const { return {key_, Value(&key_.document(), key_.index() + 1)}; }
    Iterator& operator++() {
      key_ = Value(&key_.document(), Value(&key_.document(), key_.index() + 1).next());
      return *this;
    }
    bool operator!=(const Iterator& other) const { return key_.index() != other.key_.index(); }

   private:
    Value key_;
  };
  Iterator begin() const { return Iterator(Value(document_, begin_)); }
  Iterator end() const { return Iterator(Value(document_, end_)); }

 private:
  friend class Value;
  Members(const Document* document, NodeIndex begin, NodeIndex end) : document_(document), begin_(begin), end_(end) {}
  const Document* document_;
  NodeIndex begin_;
  NodeIndex end_;
};

inline Value::Items Value::items() const {
  return is_array() ? Items(document_, index_ + 1, node().extent) : Items(document_, 0, 0);
}

inline Value::Members Value::members() const {
  return is_object() ? Members(document_, index_ + 1, node().extent) : Members(document_, 0, 0);
}

inline Value Value::find(std::string_view key) const {
  for (const Member member : members()) {
    if (member.key.equals(key)) return member.value;
  }
  return {};
}

}  // namespace bearproof::json
