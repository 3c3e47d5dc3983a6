// Capability split-brain: what ledgers of one capability say of it, and what runs on them.
#include <vector>

#include "linker.h"

namespace bearproof::collection {
namespace {

enum class Class : std::uint8_t { undecided, works, refused };

Class class_of(StringId state) {
  if (state == Word::enabled || state == Word::available || state == Word::degraded) return Class::works;
  const bool undecided =
      state == 0 || state == Word::declared || state == Word::requested || state == Word::negotiating;
  return undecided ? Class::undecided : Class::refused;
}

/// Whether `later` was recorded after `earlier` by at least the same planes, and so takes its place.
bool supersedes(const Record& later, const Record& earlier) {
  return earlier[Time::recorded] != never && later[Time::recorded] > earlier[Time::recorded] &&
         (later.planes & earlier.planes) == earlier.planes;
}

void compare(Linker& linker, DocumentIndex a, DocumentIndex b) {
  const Record& one = linker.index[a];
  const Record& other = linker.index[b];
  const Class first = class_of(one[Fact::state]);
  const Class second = class_of(other[Fact::state]);
  // Degraded stands between the two: it contradicts a refusal only where someone calls it enabled.
  if (first == second || first == Class::undecided || second == Class::undecided) return;
  if (one[Fact::state] == Word::degraded || other[Fact::state] == Word::degraded) return;
  const bool older_first = supersedes(other, one);
  const bool is_history = older_first || supersedes(one, other);
  const DocumentIndex at = older_first ? a : b;
  const DocumentIndex newer = older_first ? b : a;
  const RuleCase rule = is_history ? Rule::capability_stale_superseded : Rule::capability_split_brain;
  Found* found = linker.raise(rule, at, Fact::state);
  if (found == nullptr) return;
  const Quotation said = linker.quote(linker.index[at][Fact::state]);
  const Quotation against = linker.quote(linker.index[newer][Fact::state]);
  if (is_history) {
    found->message << "this older record says " << said << ", the newer " << against;
  } else {
    found->message << "one ledger says " << said << ", another " << against << ", and neither follows the other";
  }
  linker.also(found, newer, Fact::state, is_history ? "the newer record" : "the other ledger");
}

}  // namespace

void check_capabilities(Linker& linker) {
  const Index& index = linker.index;
  const Groups ledgers(index, Fact::capability,
                       [](const Record& record) { return record.is_current && record.is(Trait::ledger); });
  // One pass over each capability's ledgers: each is compared with the newest of its session before it.
  std::vector<DocumentIndex> newest(index.strings().size(), Linker::nothing);
  for (StringId capability = 1; capability < ledgers.end(); ++capability) {
    const Groups::Group group = ledgers.of(capability);
    if (group.size() < 2) continue;
    for (const DocumentIndex ledger : group) {
      DocumentIndex& before = newest[index[ledger][Fact::session]];
      if (before != Linker::nothing) compare(linker, before, ledger);
      if (before == Linker::nothing || index[ledger][Time::recorded] >= index[before][Time::recorded]) before = ledger;
    }
    for (const DocumentIndex ledger : group) newest[index[ledger][Fact::session]] = Linker::nothing;
  }
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    const StringId runs = record.is(Trait::browser_receipt)                    ? Word::active
                          : record.dialect == Dialect::runtime_install_receipt ? Word::installed
                                                                               : Word::none;
    if (runs == Word::none || record[Fact::state] != runs || !record.is_current) continue;
    const DocumentIndex ledger = linker.find(record[Fact::ledger], Trait::ledger);
    if (ledger == Linker::nothing) continue;
    const StringId state = index[ledger][Fact::state];
    if (state == 0 || state == Word::enabled || state == Word::degraded) continue;
    Found* found = linker.raise(Rule::capability_receipt_not_enabled, i, Fact::ledger);
    if (found == nullptr) continue;
    found->message << "it is " << show_bare(index.text(runs)) << " on a capability that is " << linker.quote(state);
    linker.also(found, ledger, Fact::state, "the capability's state");
  }
}

}  // namespace bearproof::collection
