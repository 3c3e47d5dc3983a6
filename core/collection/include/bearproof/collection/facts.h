// What a document says of itself and of others, as far as other documents may contradict it: a few short strings and
// instants, taken out while the document is at hand. Which member fills which slot is data: facts.def.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/json/document.h"

namespace bearproof::collection {

/// What a fact is for. Kinds without a word of their own for something use the slot that comes closest.
enum class Slot : std::uint8_t {
  id,
  session,
  owner,
  policy,
  ledger,
  name,  ///< what it is about: capability, event, bundle, runtime
  state,
  parent,  ///< what it follows from or answers
  root,    ///< conversation, or first event
  trace,   ///< trace, or task
  subject,
  place,  ///< workspace; of an event its severity
  extra,
  count
};
inline constexpr std::size_t slot_count = static_cast<std::size_t>(Slot::count);

enum class Time : std::uint8_t { start, end, seen, count };
inline constexpr std::size_t time_count = static_cast<std::size_t>(Time::count);

/// Nanoseconds since 1970-01-01T00:00:00Z; `never` where nothing is said.
using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds never = std::numeric_limits<Nanoseconds>::min();

/// Tells texts apart, but for accidents and malice: whether equal hashes mean equal texts has to be looked at.
std::uint32_t hash_of(std::string_view text);

/// The facts of one document. Reused from document to document, it stops allocating.
struct Entry {
  Dialect dialect = Dialect::none;
  std::uint16_t planes = 0;  ///< of a capability ledger: who took part, one bit for each plane
  std::uint32_t hash = 0;    ///< of the document's text
  std::uint64_t size = 0;    ///< of the document's text in bytes
  std::array<Nanoseconds, time_count> times{};
  /// "" where nothing is said. A URN within a URN ("urn:srcos:agent:urn:srcos:agent:x") is taken as the inner one.
  std::array<std::string, slot_count> slots;
  std::vector<std::string> references;  ///< what its lists name: evidence, causes, candidates
  std::size_t reference_count = 0;      ///< how many of `references` count

  /// Takes the facts of a document.
  /// @param dialect  `none`: a document of no known kind, which others may still name by its file
  void read(const json::Document& document, Dialect of);
};

/// The JSON Pointer of the member that fills a slot in documents of a dialect; "" where none does.
std::string pointer_of(Dialect dialect, Slot slot);
std::string pointer_of(Dialect dialect, Time time);

/// The value below `root` that a path of member names separated by '/' leads to; false where there is none.
json::Value at(json::Value root, std::string_view path);

}  // namespace bearproof::collection
