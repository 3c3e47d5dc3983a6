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
  Found* raise(RuleCase rule_case, DocumentIndex document, Slot slot);
  Found* raise(RuleCase rule_case, DocumentIndex document, Time time);
  /// Adds a place to a finding, where there is one.
  void also(Found* found, DocumentIndex document, Slot slot, std::string_view message) const;
  void also(Found* found, DocumentIndex document, std::string pointer, std::string_view message) const;

  /// The last current document with this id of a kind that `is` names; the first of that kind where none is current.
  /// In constant time, however many documents share the id. @pre which records are current is settled
  static constexpr DocumentIndex nothing = ~DocumentIndex{0};
  DocumentIndex find(StringId id, bool (*is)(Dialect)) const;
  /// Whether any document is of a kind that `is` names.
  bool any(bool (*is)(Dialect)) const;
  /// Whether two documents are the same to the byte. Their hashes only say where it is worth to look.
  bool are_copies(DocumentIndex a, DocumentIndex b) const;

  /// A string as messages quote it; what looks like a secret is not shown.
  std::string quoted(StringId id) const { return quoted(index.text(id)); }
  static std::string quoted(std::string_view text);
  Nanoseconds now() const { return options_.now; }
  std::uint32_t ttl_minutes() const { return options_.ttl_minutes; }

  Linked take() { return std::move(linked_); }

 private:
  /// What `find` answers for one `is`, by id.
  struct Finds {
    bool (*is)(Dialect) = nullptr;
    std::vector<DocumentIndex> documents;
  };

  const LinkOptions& options_;
  Linked linked_;
  mutable std::array<Finds, 16> finds_;
  std::array<bool, static_cast<std::size_t>(Dialect::count)> is_there_{};
};

// What a dialect is.
constexpr bool is_browser(Dialect dialect) {
  return dialect == Dialect::browser_receipt_seed || dialect == Dialect::browser_receipt_sourceos_v2 ||
         dialect == Dialect::browser_receipt_bearbrowser_v1;
}
constexpr bool is_ledger(Dialect dialect) { return dialect == Dialect::capability_ledger; }
constexpr bool is_session(Dialect dialect) { return dialect == Dialect::agent_session; }
constexpr bool is_decision(Dialect dialect) { return dialect == Dialect::policy_decision; }
constexpr bool is_event(Dialect dialect) {
  return dialect == Dialect::event || dialect == Dialect::event_legacy || dialect == Dialect::event_envelope;
}
constexpr bool is_orphan(Dialect dialect) {
  return dialect == Dialect::orphan_event_receipt || dialect == Dialect::orphan_event_receipt_sociosphere;
}
constexpr bool is_bundle(Dialect dialect) { return dialect == Dialect::bundle_v0_1 || dialect == Dialect::bundle_v0_2; }

/// Whether a session or receipt with this state is over.
constexpr bool is_over(StringId state) {
  return state >= Word::revoked && state <= Word::reversed && state != Word::orphaned;
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
