// The rules that need several documents: they run over an Index and name the places that contradict each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/index.h"
#include "bearproof/finding/finding.h"
#include "bearproof/finding/severity.h"
#include "bearproof/rules/rules.h"

namespace bearproof::collection {

/// A place in one of the documents.
struct Spot {
  DocumentIndex document = 0;
  std::string pointer;  ///< JSON Pointer; of a member that is not there, its object counts
};

/// A finding that names documents instead of nodes.
struct Found {
  struct Other {
    Spot at;
    Message message;
  };
  RuleCase rule_case{};
  Spot at;
  Message message;  ///< quotes texts alone; empty: the catalogue's message
  std::vector<Other> related;
};

/// Gives documents back that were indexed before: rules that need more than facts, and positions, read them again.
class Texts {
 public:
  virtual ~Texts() = default;
  /// @param into  set to the text of the document
  /// @return false: it cannot be had any more, or is not what it was
  virtual bool read(const Index& index, DocumentIndex document, std::string& into) = 0;
};

struct LinkOptions {
  const Severity* severities = nullptr;                    ///< effective severity of every rule case (index: RuleCase)
  Severity level = Severity::info;                         ///< findings below this are not looked for
  std::uint64_t limit = 0;                                 ///< findings kept at most
  Nanoseconds now = never;                                 ///< without it, rules about the present don't run
  std::uint32_t ttl_minutes = rules::default_ttl_minutes;  ///< how long a session may be active
};

struct Linked {
  std::vector<Found> found;
  std::uint64_t dropped = 0;  ///< findings beyond the limit
};

/// Runs every rule over the collection, in time linear in its documents. Marks in the index which records are current.
Linked link(Index& index, const LinkOptions& options, Texts& texts);

}  // namespace bearproof::collection
