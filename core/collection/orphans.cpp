// The protocol for events whose session is not known: attach, else queue, reconcile by conversation, parent, workspace
// and task, in this order, and quarantine what is left.
#include <vector>

#include "linker.h"

namespace bearproof::collection {
namespace {

/// The session that a conversation, event, workspace or task belongs to, as far as the collection tells.
class Keys {
 public:
  explicit Keys(const Linker& linker) : sessions_(linker.index.strings().size()) {
    const Index& index = linker.index;
    for (DocumentIndex i = 0; i < index.size(); ++i) {
      const Record& record = index[i];
      if (record.is(Trait::session)) {
        for (const Fact fact : {Fact::id, Fact::conversation, Fact::workspace}) note(record[fact], record[Fact::id]);
      } else if (record.is(Trait::orphan) && record[Fact::state] == Word::recovered) {
        for (const Fact fact : {Fact::conversation, Fact::task}) note(record[fact], record[Fact::session]);
      } else if (record.is(Trait::event) && linker.find(record[Fact::session], Trait::session) != Linker::nothing) {
        note(record[Fact::id], record[Fact::session]);
      }
    }
  }

  /// 0 where none or several fit.
  StringId session_of(StringId key) const { return sessions_[key] == Word::ambiguous ? 0 : sessions_[key]; }

 private:
  void note(StringId key, StringId session) {
    if (key == 0 || session == 0) return;
    sessions_[key] = sessions_[key] == 0 || sessions_[key] == session ? session : StringId{Word::ambiguous};
  }
  std::vector<StringId> sessions_;
};

struct Step {
  Fact fact;
  std::string_view what;
};
constexpr Step steps[] = {{Fact::conversation, "conversation"},
                          {Fact::parent, "parent"},
                          {Fact::workspace, "workspace"},
                          {Fact::task, "task"}};

void reconcile(Linker& linker, DocumentIndex orphan, const Keys& keys) {
  const Index& index = linker.index;
  for (const StringId candidate : index.references(orphan)) {
    const DocumentIndex session = linker.find(candidate, Trait::session);
    if (session == Linker::nothing) continue;
    linker.also(linker.raise(Rule::orphan_session_exists, orphan, Fact::state), session, Fact::id,
                "a candidate session");
    return;
  }
  for (const Step& step : steps) {
    const StringId found_session = keys.session_of(index[orphan][step.fact]);
    const DocumentIndex session = linker.find(found_session, Trait::session);
    if (session == Linker::nothing) continue;
    Found* found = linker.raise(Rule::orphan_session_exists, orphan, step.fact);
    if (found == nullptr) return;
    found->message << "its " << words(step.what) << " belongs to session " << linker.quote(found_session);
    linker.also(found, session, Fact::id, "the session");
    return;
  }
}

/// A quarantine leaves a receipt of its own, and begins when the time to live is over.
void check_quarantine(Linker& linker, DocumentIndex orphan, const Groups& quarantines) {
  const Record& record = linker.index[orphan];
  Groups::Group receipts = quarantines.of(record[Fact::id]);
  if (receipts.empty()) receipts = quarantines.of(record[Fact::event]);
  if (receipts.empty()) {
    linker.raise(Rule::orphan_quarantined_no_evidence_receipt, orphan, Fact::state);
    return;
  }
  const Nanoseconds start = linker.index[receipts[0]][Time::started];
  if (start == never || record[Time::waits_until] == never || start >= record[Time::waits_until]) return;
  linker.also(linker.raise(Rule::orphan_quarantined_before_ttl_receipt, orphan, Time::waits_until), receipts[0],
              pointer_of(Dialect::quarantine_receipt, Time::started), "the quarantine began here");
}

bool is_lifecycle(StringId event_class) {
  constexpr WordSet lifecycles = {Word::agent_lifecycle, Word::runtime_lifecycle, Word::browser_automation};
  return lifecycles.holds(event_class);
}

}  // namespace

void check_orphans(Linker& linker) {
  const Index& index = linker.index;
  const bool has_sessions = linker.any(Trait::session);
  const bool has_orphans = linker.any(Trait::orphan);
  if (!has_sessions && !has_orphans) return;
  const Keys keys(linker);
  const Groups queued(index, Fact::event, [](const Record& record) { return record.is(Trait::orphan); });
  const Groups quarantines(index, Fact::quarantined,
                           [](const Record& record) { return record.dialect == Dialect::quarantine_receipt; });
  // Agents are quarantined too: receipts of orphaned events are those that name one.
  bool has_receipts = false;
  for (DocumentIndex i = 0; i < index.size() && !quarantines.empty(); ++i) {
    if (!index[i].is(Trait::orphan)) continue;
    for (const Fact fact : {Fact::id, Fact::event}) has_receipts |= !quarantines.of(index[i][fact]).empty();
  }
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (record.is(Trait::orphan) && record.is_current) {
      if (record[Fact::state] == Word::queued) reconcile(linker, i, keys);
      if (record[Fact::state] == Word::quarantined && has_receipts) check_quarantine(linker, i, quarantines);
    }
    if (record.dialect != Dialect::event_envelope || !is_lifecycle(record[Fact::event_class])) continue;
    if (linker.find(record[Fact::session], Trait::session) == Linker::nothing && queued.of(record[Fact::id]).empty()) {
      linker.raise(Rule::orphan_event_unattached, i, record[Fact::session] != 0 ? Fact::session : Fact::event_class);
    }
  }
}

}  // namespace bearproof::collection
