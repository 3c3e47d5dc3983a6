// Records by id: what is a history, what a contradiction; and whose the sessions of browser receipts are.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "bearproof/collection/history.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/rules/rules.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

bool same_kind(Dialect a, Dialect b) { return a == b || info_of(a).kind == info_of(b).kind; }

/// Whether a state is an end that nobody forced.
bool is_end(StringId state) { return state == Word::ended || state == Word::completed || state == Word::failed; }

const char* there(bool same_source) { return same_source ? "the other one" : "also here"; }

void compare(Linker& linker, DocumentIndex a, DocumentIndex b, Fact fact) {
  const Record& earlier = linker.index[a];
  const Record& later = linker.index[b];
  if (later.is(Trait::event) && earlier.is_line && later.is_line && earlier.source == later.source) return;  // a store
  if (linker.are_copies(a, b) || say_the_same(linker.index, linker.texts, a, b)) {
    if (!later.is(Trait::browser_receipt)) return;
    linker.also(linker.raise(Rule::browser_receipt_repeated_same, b, fact), a, fact, "first recorded here");
    return;
  }
  const bool moved = later.is(Trait::browser_receipt) &&
                     (later[Fact::session] != earlier[Fact::session] || later[Fact::owner] != earlier[Fact::owner]);
  const bool at_once = later[Time::recorded] != never && later[Time::recorded] == earlier[Time::recorded];
  if (later.is(Trait::browser_receipt) && !moved) {
    if (!is_over(earlier[Fact::state])) return;
    if (is_over(later[Fact::state])) {
      if (earlier[Fact::state] == Word::revoked && is_end(later[Fact::state])) {
        linker.also(linker.raise(Rule::browser_receipt_ended_after_revoked, b, Fact::state), a, Fact::state,
                    "it was revoked here");
      }
      return;
    }
    Found* found = linker.raise(Rule::browser_receipt_repeated, b, Fact::state);
    if (found != nullptr) {
      found->message << "it was " << show_bare(linker.index.text(earlier[Fact::state])) << " before";
    }
    linker.also(found, a, Fact::state, "it had ended here");
    return;
  }
  if (later.is(Trait::history) && !at_once && !moved) return;
  Found* found = linker.raise(Rule::doc_id_duplicate, b, fact);
  if (found == nullptr) return;
  found->message << linker.quote(later[fact]) << " names two different documents";
  linker.also(found, a, fact, there(earlier.source == later.source));
}

/// Marks the browser receipts that a later record of the same receipt replaced: in the same dialect, of the same
/// session and owner. Whoever repeats somebody's id takes that receipt out of no check.
/// @param records  of one id, in the order in which they were recorded; taken apart
void mark_replaced(Index& index, std::vector<DocumentIndex>& records) {
  std::erase_if(records, [&](DocumentIndex record) { return !index[record].is(Trait::browser_receipt); });
  const auto differ = [&](DocumentIndex a, DocumentIndex b) -> int {
    const Record& one = index[a];
    const Record& other = index[b];
    if (one.dialect != other.dialect) return one.dialect < other.dialect ? -1 : 1;
    for (const Fact part : {Fact::session, Fact::owner}) {
      if (one[part] != other[part]) return one[part] < other[part] ? -1 : 1;
    }
    return 0;
  };
  stable_sort(records, [&](DocumentIndex a, DocumentIndex b) { return differ(a, b) < 0; });
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (differ(records[i - 1], records[i]) == 0) index[records[i - 1]].is_current = false;
  }
}

void fold(Linker& linker, const Groups& groups, Fact fact) {
  std::vector<DocumentIndex> records;
  for (StringId id = 1; id < groups.end(); ++id) {
    const Groups::Group group = groups.of(id);
    if (group.size() < 2) continue;
    records.assign(group.begin(), group.end());
    put_in_order(linker.index, records);
    for (std::size_t i = 1; i < records.size(); ++i) {
      const DocumentIndex before = records[i - 1];
      Record& earlier = linker.index[before];
      if (!same_kind(earlier.dialect, linker.index[records[i]].dialect)) continue;
      if (earlier.is(Trait::history) && !earlier.is(Trait::browser_receipt)) earlier.is_current = false;
      compare(linker, before, records[i], fact);
    }
    mark_replaced(linker.index, records);
  }
}

/// What two receipts of one session, in two dialects, disagree in; nothing where they agree.
std::optional<Fact> difference(const Record& a, const Record& b) {
  if (a[Fact::owner] != b[Fact::owner]) return Fact::owner;
  if (a[Fact::transport] != b[Fact::transport]) return Fact::transport;
  const bool revoked = a[Fact::state] == Word::revoked;
  if (a[Fact::state] != 0 && b[Fact::state] != 0 && revoked != (b[Fact::state] == Word::revoked)) return Fact::state;
  return std::nullopt;
}

/// Whether a receipt makes its owner answer for a session that goes on.
bool claims(const Record& receipt) { return !is_over(receipt[Fact::state]) && receipt[Fact::owner] != 0; }

/// Every receipt that claims a session which somebody else claims too: none of them may look sound beside the others.
void check_owners(Linker& linker, const Groups::Group& receipts) {
  const Index& index = linker.index;
  DocumentIndex first = Linker::nothing;
  DocumentIndex rival = Linker::nothing;  // the first that names another owner
  for (const DocumentIndex receipt : receipts) {
    if (!claims(index[receipt])) continue;
    if (first == Linker::nothing) first = receipt;
    if (rival == Linker::nothing && index[receipt][Fact::owner] != index[first][Fact::owner]) rival = receipt;
  }
  if (rival == Linker::nothing) return;
  for (const DocumentIndex receipt : receipts) {
    const Record& record = index[receipt];
    if (receipt == first || !claims(record)) continue;
    const DocumentIndex other = record[Fact::owner] == index[first][Fact::owner] ? rival : first;
    const Record& a = index[other];
    // Of two dialects that tell of one session, check_session compares more than the owner.
    const bool is_compared =
        a.dialect != record.dialect && a.is(Trait::tells_session_state) && record.is(Trait::tells_session_state);
    if (is_compared && other == receipts[0]) continue;
    Found* found = linker.raise(Rule::browser_owner_ambiguous_contested, receipt, Fact::owner);
    if (found == nullptr) continue;
    found->message << "session " << linker.quote(record[Fact::session]) << " is claimed by "
                   << linker.quote(a[Fact::owner]) << " and " << linker.quote(record[Fact::owner]);
    linker.also(found, other, Fact::owner, "the other claim");
  }
}

void check_session(Linker& linker, const Groups::Group& receipts) {
  const Index& index = linker.index;
  const DocumentIndex first = receipts[0];
  for (std::size_t i = 1; i < receipts.size(); ++i) {
    const DocumentIndex other = receipts[i];
    const Record& a = index[first];
    const Record& b = index[other];
    if (a.dialect == b.dialect || !a.is(Trait::tells_session_state) || !b.is(Trait::tells_session_state)) continue;
    const std::optional<Fact> fact = difference(a, b);
    if (!fact) continue;
    Found* found = linker.raise(Rule::link_dialect_equivalent, other, *fact);
    if (found != nullptr)
      found->message << "two receipts describe session " << linker.quote(b[Fact::session]) << " differently";
    linker.also(found, first, *fact, "the other receipt says this");
  }
  check_owners(linker, receipts);
}

/// Strings that some orphan-event or quarantine receipt names.
std::vector<bool> quarantined(const Index& index) {
  std::vector<bool> named(index.strings().size());
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (record.is(Trait::orphan)) {
      named[record[Fact::session]] = true;
      named[record[Fact::event]] = true;
    } else if (record.dialect == Dialect::quarantine_receipt) {
      named[record[Fact::quarantined]] = true;
    } else {
      continue;
    }
    for (const StringId reference : index.references(i)) named[reference] = true;
  }
  named[0] = false;
  return named;
}

/// A session whose last record in a log says that it goes on. Of a document by itself a rule of its kind tells.
void check_lifetime(Linker& linker, DocumentIndex document) {
  if (!linker.index[document].is_line) return;
  const auto age = overlong(linker.index[document], linker.now(), linker.ttl_minutes());
  if (!age) return;
  Found* found = linker.raise(Rule::browser_ttl_exceeded, document, Time::started);
  if (found != nullptr) found->message = rules::describe_lifetime(*age, linker.ttl_minutes());
}

}  // namespace

void put_in_order(const Index& index, std::vector<DocumentIndex>& records) {
  /// A record, and when it was recorded.
  struct Dated {
    Nanoseconds time;
    DocumentIndex document;
  };
  const auto kind = [&](DocumentIndex record) { return info_of(index[record].dialect).kind; };
  stable_sort(records, [&](DocumentIndex a, DocumentIndex b) {
    if (kind(a) != kind(b)) return kind(a) < kind(b);
    return index[a].is_line && !index[b].is_line;
  });
  std::vector<Dated> dated;
  dated.reserve(records.size());
  for (const DocumentIndex record : records) {
    const Nanoseconds time = index[record][Time::recorded];
    const bool follows = !dated.empty() && kind(dated.back().document) == kind(record);
    dated.push_back({time == never && follows ? dated.back().time : time, record});
  }
  stable_sort(dated, [&](const Dated& a, const Dated& b) {
    return kind(a.document) != kind(b.document) ? kind(a.document) < kind(b.document) : a.time < b.time;
  });
  for (std::size_t i = 0; i < records.size(); ++i) records[i] = dated[i].document;
}

bool say_the_same(const Index& index, Texts& texts, DocumentIndex a, DocumentIndex b) {
  Loaded one;
  Loaded other;
  const json::Value left = one.load(index, a, texts);
  const json::Value right = other.load(index, b, texts);
  return left && right && equal_values(left, right);
}

std::optional<Nanoseconds> overlong(const Record& receipt, Nanoseconds now, std::uint32_t ttl_minutes) {
  const Nanoseconds start = receipt[Time::started];
  if (now == never || start == never || start >= now) return std::nullopt;
  const bool is_unstated = receipt.dialect == Dialect::browser_receipt_sourceos_v2 && receipt[Fact::state] == 0 &&
                           receipt[Time::revoked] == never;
  if (!receipt.is(Trait::tells_session_state) || (receipt[Fact::state] != Word::active && !is_unstated))
    return std::nullopt;
  // The difference of two instants may be too large for their type.
  const std::uint64_t elapsed = static_cast<std::uint64_t>(now) - static_cast<std::uint64_t>(start);
  const auto age = static_cast<Nanoseconds>(std::min(elapsed, std::uint64_t{std::numeric_limits<Nanoseconds>::max()}));
  return rules::is_beyond(age, ttl_minutes) ? std::optional(age) : std::nullopt;
}

void fold_records(Linker& linker) {
  fold(linker,
       Groups(linker.index, Fact::id,
              [](const Record& record) { return record.dialect < Dialect::count && !record.is(Trait::shared_id); }),
       Fact::id);
  fold(linker, Groups(linker.index, Fact::bundle, [](const Record& record) { return record.is(Trait::bundle); }),
       Fact::bundle);
}

void check_receipts(Linker& linker) {
  const Index& index = linker.index;
  const Groups sessions(index, Fact::session,
                        [](const Record& record) { return record.is_current && record.is(Trait::browser_receipt); });
  for (StringId session = 1; session < sessions.end(); ++session) {
    const Groups::Group receipts = sessions.of(session);
    if (receipts.size() > 1) check_session(linker, receipts);
  }
  std::vector<bool> named;
  const bool has_receipts = linker.any(Trait::browser_receipt);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (record.dialect == Dialect::event && has_receipts && index.text(record[Fact::event_class]) == "agent.action" &&
        record[Fact::session] != 0 && sessions.of(record[Fact::session]).empty()) {
      linker.raise(Rule::browser_transport_no_receipt, i, Fact::session);
    }
    if (!record.is(Trait::browser_receipt) || !record.is_current) continue;
    check_lifetime(linker, i);
    if (record[Fact::state] == Word::active) {
      const DocumentIndex session = linker.find(record[Fact::session], Trait::session);
      if (session != Linker::nothing && is_over(index[session][Fact::state])) {
        Found* found = linker.raise(Rule::browser_session_active_stale, i, Fact::state);
        linker.also(found, session, Fact::state, "the session ended");
      }
    }
    if (record[Fact::state] != Word::orphaned) continue;
    if (named.empty()) named = quarantined(index);
    if (!named[record[Fact::session]] && !named[record[Fact::id]]) {
      linker.raise(Rule::browser_orphan_unquarantined, i, Fact::state);
    }
  }
}

}  // namespace bearproof::collection
