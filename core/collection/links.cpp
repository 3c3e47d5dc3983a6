// Links: what receipts refer to is there, and agrees with them.
#include "linker.h"

namespace bearproof::collection {
namespace {

struct Reference {
  Fact fact;
  Trait from;
  Trait to;
  RuleCase missing;
  std::string_view what;
};

enum Which : std::size_t { to_session, to_decision, to_ledger, to_event, reference_count };
const Reference references[reference_count] = {
    {Fact::session, Trait::governed, Trait::session, Rule::link_session_missing, "session"},
    {Fact::decision, Trait::governed, Trait::decision, Rule::link_policy_missing, "decision"},
    {Fact::ledger, Trait::governed, Trait::ledger, Rule::link_ledger_missing, "ledger"},
    {Fact::event, Trait::orphan, Trait::event, Rule::link_event_missing, "event"},
};

/// Whether what a receipt records is going on, or has taken effect.
bool is_effective(const Record& record) {
  constexpr WordSet effective = {Word::active, Word::installed, Word::enabled, Word::available};
  return effective.holds(record[Fact::state]);
}

void check_decision(Linker& linker, DocumentIndex document, DocumentIndex decision) {
  const Record& record = linker.index[document];
  const Record& decided = linker.index[decision];
  if (is_effective(record)) {
    // Whether a decision admits a browser session is asked in decisions.cpp, of decisions of every kind.
    if (decided[Fact::effect] == Word::deny && !record.is(Trait::browser_receipt)) {
      Found* found = linker.raise(Rule::link_policy_denied, document, Fact::state);
      if (found != nullptr)
        found->message << "the decision says deny, and this is " << show_bare(linker.index.text(record[Fact::state]));
      linker.also(found, decision, Fact::effect, "the decision");
    } else if (decided[Fact::effect] == Word::permitWithObligations) {
      linker.also(linker.raise(Rule::link_policy_obligations, document, Fact::decision), decision, "/obligations",
                  "the obligations");
    }
  }
  if (!record.is(Trait::activity)) return;
  const Nanoseconds start = record[Time::started];
  if (start == never) return;
  if (decided[Time::expires] != never && start > decided[Time::expires] && !record.is(Trait::browser_receipt)) {
    linker.also(linker.raise(Rule::link_policy_expired, document, Time::started), decision,
                pointer_of(decided.dialect, Time::expires), "the decision ended here");
  }
  if (decided[Time::decided] != never && start < decided[Time::decided]) {
    linker.also(linker.raise(Rule::link_policy_before_issue, document, Time::started), decision,
                pointer_of(decided.dialect, Time::decided), "the decision came here");
  }
}

void check_owner(Linker& linker, DocumentIndex document, DocumentIndex session, DocumentIndex ledger) {
  if (!linker.index[document].is(Trait::browser_receipt)) return;
  const StringId owner = linker.index[document][Fact::owner];
  if (owner == 0) return;
  if (session != Linker::nothing) {
    const StringId other = linker.index[session][Fact::owner];
    if (other != 0 && other != owner) {
      linker.also(linker.raise(Rule::link_session_owner, document, Fact::owner), session, Fact::owner,
                  "the session's owner");
      return;
    }
  }
  // A ledger of the same session names its owners too.
  if (ledger == Linker::nothing || linker.index[ledger][Fact::session] != linker.index[document][Fact::session]) return;
  const Index::References owners = linker.index.references(ledger);
  for (const StringId other : owners) {
    if (other == owner) return;
  }
  if (owners.begin() == owners.end()) return;
  linker.also(linker.raise(Rule::link_session_owner, document, Fact::owner), ledger,
              pointer_of(linker.index[ledger].dialect, List::owners), "who the session's ledger names");
}

/// Evidence that nobody can look at is worth a word only where evidence was given at all.
void check_evidence(Linker& linker) {
  if (!linker.wants(Rule::link_evidence_missing)) return;
  const Index& index = linker.index;
  const auto is_here = [&](StringId id) { return !linker.ids.of(id).empty(); };
  const auto lists_evidence = [](const Record& record) { return record.is_current && record.is(Trait::activity); };
  bool any = false;
  for (DocumentIndex i = 0; i < index.size() && !any; ++i) {
    if (!lists_evidence(index[i])) continue;
    for (const StringId id : index.references(i)) any = any || is_here(id);
  }
  for (DocumentIndex i = 0; any && i < index.size(); ++i) {
    if (!lists_evidence(index[i])) continue;
    const std::string lists = pointer_of(index[i].dialect, List::evidence);
    std::size_t item = 0;
    for (const StringId id : index.references(i)) {
      const std::string pointer = lists + "/" + std::to_string(item++);
      if (is_here(id)) continue;
      if (Found* found = linker.raise(Rule::link_evidence_missing, i, pointer)) {
        found->message << "evidence " << linker.quote(id) << " is not among these documents";
      }
    }
  }
}

}  // namespace

void check_links(Linker& linker) {
  const Index& index = linker.index;
  bool there[reference_count];
  for (std::size_t i = 0; i < reference_count; ++i) there[i] = linker.any(references[i].to);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (!record.is_current || !record.is(Trait::governed)) continue;
    DocumentIndex targets[reference_count];
    for (std::size_t k = 0; k < reference_count; ++k) {
      const Reference& reference = references[k];
      targets[k] = Linker::nothing;
      if (!there[k] || !record.is(reference.from) || record[reference.fact] == 0) continue;
      targets[k] = linker.find(record[reference.fact], reference.to);
      if (targets[k] != Linker::nothing || (k == to_decision && linker.is_decided[record[reference.fact]])) continue;
      if (Found* found = linker.raise(reference.missing, i, reference.fact)) {
        found->message << words(reference.what) << " " << linker.quote(record[reference.fact])
                       << " is not among these documents";
      }
    }
    if (targets[to_decision] != Linker::nothing) check_decision(linker, i, targets[to_decision]);
    check_owner(linker, i, targets[to_session], targets[to_ledger]);
  }
  check_evidence(linker);
}

}  // namespace bearproof::collection
