// The index of a collection: what its documents say of each other, small enough for a hundred thousand of them.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/collection/facts.h"
#include "bearproof/json/position.h"

namespace bearproof::collection {

/// A string of the collection; equal strings have equal numbers. 0 is "".
using StringId = std::uint32_t;

/// Each string once. Strings never move.
class Strings {
 public:
  Strings();
  StringId add(std::string_view text);
  /// The number of a string that was added; 0 where it was not.
  StringId find(std::string_view text) const;
  std::string_view operator[](StringId id) const { return {strings_[id].at, strings_[id].size}; }
  /// One more than the highest number.
  std::uint32_t size() const { return static_cast<std::uint32_t>(strings_.size()); }

 private:
  struct String {
    const char* at;
    std::uint32_t size;
    std::uint32_t hash;
  };
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::vector<String> strings_;
  std::vector<StringId> table_;  ///< open addressing; 0 is empty
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t free_ = 0;  ///< bytes left in the last block
};

/// Strings with numbers known when the program is built: `Word::active`.
struct Word {
  enum Index : StringId {
    none,
#define WORD(word) word,
#include "bearproof/collection/words.def"
#undef WORD
    count
  };
};

/// A set of words.
class WordSet {
 public:
  constexpr WordSet(std::initializer_list<StringId> words) {
    for (const StringId word : words) bits_ |= std::uint64_t{1} << word;
  }
  constexpr bool holds(StringId text) const { return text < Word::count && (bits_ >> text & 1u) != 0; }

 private:
  static_assert(Word::count <= 64);
  std::uint64_t bits_ = 0;
};

/// The number of a document: documents count from 0 in the order in which they were added.
using DocumentIndex = std::uint32_t;

/// One document. Its text is not kept: whoever needs more reads it again from where it stood.
struct Record {
  std::array<StringId, slot_count> slots{};  ///< by the slots of facts; 0 where nothing is said
  StringId source = 0;
  std::uint64_t offset = 0;                     ///< where its text starts in its file, in bytes
  std::uint64_t utf16 = 0;                      ///< the same in UTF-16 code units
  std::array<Nanoseconds, time_count> times{};  ///< by the slots of instants
  std::uint32_t line = 1;                       ///< on which its text starts
  std::uint32_t size = 0;                       ///< of its text in bytes
  std::uint32_t hash = 0;
  std::uint32_t references = 0;  ///< where its references start; the next record's is where they end
  std::uint16_t planes = 0;
  Dialect dialect = Dialect::none;
  bool is_line = false;    ///< of NDJSON
  bool is_current = true;  ///< false: a later record of the same thing took its place

  bool is(Trait trait) const { return has(dialect, trait); }
  /// @pre documents of the dialect may have it: who asks for a fact knows of what kinds the record may be
  StringId operator[](Fact fact) const {
    assert(may_have(dialect, fact));
    return slots[slot_of(fact)];
  }
  Nanoseconds operator[](Time time) const {
    assert(may_have(dialect, time));
    return times[slot_of(time)];
  }
};
static_assert(sizeof(Record) <= 128);

class Index {
 public:
  Index();

  /// @param origin   where the document's text starts in its file
  /// @param is_line  it is a line of NDJSON
  void add(const Entry& entry, std::string_view source, const json::Position& origin, bool is_line);

  DocumentIndex size() const { return size_; }
  const Record& operator[](DocumentIndex document) const {
    return blocks_[document / block_size][document % block_size];
  }
  Record& operator[](DocumentIndex document) { return blocks_[document / block_size][document % block_size]; }
  const Strings& strings() const { return strings_; }
  std::string_view text(StringId id) const { return strings_[id]; }

  struct References {
    const StringId* first;
    const StringId* last;
    const StringId* begin() const { return first; }
    const StringId* end() const { return last; }
  };
  /// What the lists of a document name, in their order.
  References references(DocumentIndex document) const;

 private:
  static constexpr std::uint32_t block_size = 1024;
  std::vector<std::unique_ptr<Record[]>> blocks_;
  DocumentIndex size_ = 0;
  Strings strings_;
  std::vector<StringId> references_;
};

/// Documents of which a fact is the same string, found in time linear in all documents.
class Groups {
 public:
  /// @param takes  which documents take part
  Groups(const Index& index, Fact fact, bool (*takes)(const Record&));

  struct Group {
    const DocumentIndex* first;
    const DocumentIndex* last;
    const DocumentIndex* begin() const { return first; }
    const DocumentIndex* end() const { return last; }
    std::size_t size() const { return static_cast<std::size_t>(last - first); }
    bool empty() const { return first == last; }
    DocumentIndex operator[](std::size_t i) const { return first[i]; }
  };
  /// The documents with this string, in the order in which they were added; none for "".
  Group of(StringId id) const {
    if (id == 0 || id + 1 >= starts_.size()) return {nullptr, nullptr};
    return {documents_.data() + starts_[id], documents_.data() + starts_[id + 1]};
  }
  bool empty() const { return documents_.empty(); }
  /// One more than the highest string that may have a group.
  StringId end() const { return static_cast<StringId>(starts_.size() - 1); }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<DocumentIndex> documents_;
};

}  // namespace bearproof::collection
