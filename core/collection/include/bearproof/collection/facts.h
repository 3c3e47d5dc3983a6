// What a document says of itself and of others, as far as other documents may contradict it: a few short strings and
// instants, taken out while the document is at hand. Which facts a kind has, and which members they are, its descriptor
// says: core/catalogue/kinds/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/collection/fact_names.h"
#include "bearproof/json/document.h"

namespace bearproof::collection {

/// Where a record keeps a fact.
constexpr std::size_t slot_of(Fact fact) { return static_cast<std::uint8_t>(fact); }
constexpr std::size_t slot_of(Time time) { return static_cast<std::uint8_t>(time); }

/// Whether documents of a dialect may be asked for a fact: they have it, or have nothing else in its slot.
constexpr bool may_have(Dialect dialect, Fact fact) {
  if (dialect >= Dialect::count) return true;
  const std::uint8_t held = held_facts[static_cast<std::size_t>(dialect)][slot_of(fact)];
  return held == no_fact || held == static_cast<unsigned>(fact) >> 8;
}
constexpr bool may_have(Dialect dialect, Time time) {
  if (dialect >= Dialect::count) return true;
  const std::uint8_t held = held_times[static_cast<std::size_t>(dialect)][slot_of(time)];
  return held == no_fact || held == static_cast<unsigned>(time) >> 8;
}

/// Nanoseconds since 1970-01-01T00:00:00Z; `never` where nothing is said.
using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds never = std::numeric_limits<Nanoseconds>::min();

/// Tells texts apart, but for accidents and malice: whether equal hashes mean equal texts has to be looked at.
std::uint32_t hash_of(std::string_view text);

/// The facts of one document. Reused from document to document, it stops allocating.
struct Entry {
  Dialect dialect = Dialect::none;
  std::uint16_t planes = 0;                     ///< of a capability ledger: who took part, one bit for each plane
  std::uint32_t hash = 0;                       ///< of the document's text
  std::uint64_t size = 0;                       ///< of the document's text in bytes
  std::array<Nanoseconds, time_count> times{};  ///< by slot
  /// By slot; "" where nothing is said. Of a reference to a URN within a URN ("urn:srcos:agent:urn:srcos:agent:x") it
  /// is the inner one.
  std::array<std::string, slot_count> slots;
  std::vector<std::string> references;  ///< what its lists name, list by list in the order of List
  std::size_t reference_count = 0;      ///< how many of `references` count

  /// Takes the facts of a document.
  /// @param dialect  `none`: a document of no known kind, which others may still name by its file
  void read(const json::Document& document, Dialect of);

  std::string& operator[](Fact fact) { return slots[slot_of(fact)]; }
  const std::string& operator[](Fact fact) const { return slots[slot_of(fact)]; }
};

/// The JSON Pointer of the member that is a fact of documents of a dialect, of several the first; "" where none is.
/// @pre documents of the dialect may have it
std::string pointer_of(Dialect dialect, Fact fact);
std::string pointer_of(Dialect dialect, Time time);
std::string pointer_of(Dialect dialect, List list);

/// The value below `root` that a path of member names separated by '/' leads to; false where there is none.
json::Value at(json::Value root, std::string_view path);

}  // namespace bearproof::collection
