// What the families of link rules share: raising, lookups, documents read again.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/collection/link.h"
#include "bearproof/json/reader.h"

namespace bearproof::collection {

/// A document that was read again. It keeps the last one: who asks for the same again and again reads it once.
class Loaded {
 public:
  /// @return the root, or nothing: then the text is gone or is no document any more
  json::Value load(const Index& index, DocumentIndex document, Texts& texts);

 private:
  DocumentIndex document_ = ~DocumentIndex{0};
  json::Value root_;
  std::string text_;
  json::Reader reader_;
};

class Linker {
 public:
  Linker(Index& index_given, const LinkOptions& options, Texts& texts_given);

  Index& index;
  Texts& texts;
  /// Every document by its id.
  const Groups ids;
  /// By string: whether the collection has a policy decision, of whichever kind, under that id. @pre check_decisions
  /// ran
  std::vector<bool> is_decided;

  bool wants(RuleCase rule_case) const;
  /// @return a finding to fill in, or nullptr where it is below the level or one too many
  Found* raise(RuleCase rule_case, DocumentIndex document, std::string pointer);
  Found* raise(RuleCase rule_case, DocumentIndex document, Fact fact);
  Found* raise(RuleCase rule_case, DocumentIndex document, Time time);
  /// Adds a place to a finding, where there is one.
  void also(Found* found, DocumentIndex document, Fact fact, const char* message) const;
  void also(Found* found, DocumentIndex document, std::string pointer, const char* message) const;

  static constexpr DocumentIndex nothing = ~DocumentIndex{0};
  /// The last current document with this id and trait; the first with both where none is current. In constant time,
  /// however many documents share the id. @pre which records are current is settled
  DocumentIndex find(StringId id, Trait trait) const;
  /// Whether any document has a trait.
  bool any(Trait trait) const { return (traits_ & trait_bit(trait)) != 0; }
  /// Whether two documents are the same to the byte. Their hashes only say where it is worth to look.
  bool are_copies(DocumentIndex a, DocumentIndex b) const;

  /// A string of the index, quoted.
  Quotation quote(StringId id) const { return bearproof::quote(index.text(id)); }
  Nanoseconds now() const { return options_.now; }
  std::uint32_t ttl_minutes() const { return options_.ttl_minutes; }

  Linked take() { return std::move(linked_); }

 private:
  const LinkOptions& options_;
  Linked linked_;
  /// By trait: what `find` answers, by id. Filled when a trait is first asked for.
  mutable std::array<std::vector<DocumentIndex>, static_cast<std::size_t>(Trait::count)> with_trait_;
  std::uint32_t traits_ = 0;  ///< of all documents together
};

/// Whether a session or receipt with this state is over.
constexpr bool is_over(StringId state) {
  constexpr WordSet over = {Word::revoked, Word::ended,    Word::completed, Word::failed,
                            Word::denied,  Word::canceled, Word::merged,    Word::reversed};
  return over.holds(state);
}

// The families of rules, in the order in which they run.
void fold_records(Linker& linker);
void check_receipts(Linker& linker);
void check_decisions(Linker& linker);
void check_look_alikes(Linker& linker);
void check_capabilities(Linker& linker);
void check_links(Linker& linker);
void check_orphans(Linker& linker);
void check_events(Linker& linker);
void check_transcripts(Linker& linker);
void check_chains(Linker& linker);
void check_services(Linker& linker);
void check_plans(Linker& linker);
void check_machines(Linker& linker);
void check_files(Linker& linker);

}  // namespace bearproof::collection
