// The table of kinds.def, and the few kinds that are told by which members are there. All tests are disjoint in sound
// documents, so their order does not matter; a document that passes two of them is ambiguous.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"

#include "describe.h"
#include "marks.h"

namespace bearproof::contract {
namespace {

/// Top-level members that recognition looks at. The first eight can name a kind by their value.
enum Key : std::uint8_t {
  key_api_version,
  key_api_version_camel,
  key_kind,
  key_schema,
  key_schema_version,
  key_schema_version_camel,
  key_type,
  key_v,
  // sourceos-v2 browser receipts, beside `type`
  key_capability_ledger_ref,
  key_started_at,
  key_terminal_state,
  key_controlled_scope,
  key_causal_refs,
  // told by presence
  key_receipt_id,
  key_trace_id,
  key_energy_j,
  key_events,
  key_event_id,
  key_status,
  key_ttl_seconds,
  key_capability_id,
  key_state,
  key_owner,
  key_timestamp,
  key_count
};

constexpr KeyMap<key_count> keys(std::array<std::string_view, key_count>{"api_version",
                                                                         "apiVersion",
                                                                         "kind",
                                                                         "schema",
                                                                         "schema_version",
                                                                         "schemaVersion",
                                                                         "type",
                                                                         "v",
                                                                         "capabilityLedgerRef",
                                                                         "startedAt",
                                                                         "terminalState",
                                                                         "controlledScope",
                                                                         "causalRefs",
                                                                         "receipt_id",
                                                                         "trace_id",
                                                                         "energy_j",
                                                                         "events",
                                                                         "event_id",
                                                                         "status",
                                                                         "ttl_seconds",
                                                                         "capabilityId",
                                                                         "state",
                                                                         "owner",
                                                                         "timestamp"});

constexpr std::uint32_t bit(Key key) { return 1u << key; }

constexpr std::uint32_t sourceos_v2_members = bit(key_capability_ledger_ref) | bit(key_started_at) |
                                              bit(key_terminal_state) | bit(key_controlled_scope) |
                                              bit(key_causal_refs);
constexpr std::uint32_t run_receipt_members = bit(key_receipt_id) | bit(key_trace_id) | bit(key_energy_j);
constexpr std::uint32_t trace_members = bit(key_trace_id) | bit(key_events);
constexpr std::uint32_t shell_ledger_members =
    bit(key_capability_id) | bit(key_state) | bit(key_owner) | bit(key_timestamp);
constexpr std::uint32_t sociosphere_orphan_members =
    bit(key_receipt_id) | bit(key_event_id) | bit(key_status) | bit(key_ttl_seconds);

using TopLevel = Members<key_count>;

/// One row of the table that matched: what it says, and the member that says so.
struct Match {
  Dialect dialect = Dialect::none;
  NodeIndex at = 0;
};

/// The rows that match. Two are enough to know.
class Matches {
 public:
  void add(Dialect dialect, NodeIndex at) {
    if (count_ < found_.size()) found_[count_] = {dialect, at};
    ++count_;
  }
  std::size_t count() const { return count_; }
  const Match& operator[](std::size_t index) const { return found_[index]; }

 private:
  std::array<Match, 2> found_{};
  std::size_t count_ = 0;
};

/// Whether the items of `events` look like those of a trace: the first has what each must have.
bool looks_like_trace(json::Value events) {
  if (!events.is_array() || events.size() == 0) return false;
  const json::Value first = *events.items().begin();
  return first.find("event_type") && first.find("producer") && first.find("ts");
}

Matches match(const TopLevel& top) {
  Matches matches;

  constexpr std::uint32_t marked = (1u << (key_v + 1)) - 1;
  for (std::uint32_t rest = top.present() & marked; rest != 0; rest &= rest - 1) {
    const Key key = static_cast<Key>(std::countr_zero(rest));
    const json::Value value = top[key];
    if (!value.is_string()) continue;
    const Mark* mark = find_mark(keys[key], value);
    if (mark == nullptr) {
      std::string scratch;
      if (key == key_schema_version_camel && json::starts_with(value.string(scratch), "workspace-ops/")) {
        matches.add(Dialect::workspace_operation, value.index());
      }
      continue;
    }
    if (!mark->kind.empty()) {
      if (!top.has(key_kind) || !top[key_kind].equals(mark->kind)) continue;
    }
    Dialect dialect = mark->dialect;
    if (dialect == Dialect::browser_receipt_seed && (top.present() & sourceos_v2_members) != 0) {
      dialect = Dialect::browser_receipt_sourceos_v2;
    }
    matches.add(dialect, value.index());
  }

  if (top.has_all(run_receipt_members)) matches.add(Dialect::maipj_run_receipt, top[key_receipt_id].index());
  if (top.has_all(trace_members) && looks_like_trace(top[key_events])) {
    matches.add(Dialect::maipj_trace, top[key_events].index());
  }
  if (top.has_all(shell_ledger_members) && (top.present() & bit(key_type)) == 0) {
    matches.add(Dialect::capability_ledger_shell, top[key_capability_id].index());
  }
  if (top.has_all(sociosphere_orphan_members)) {
    const json::Value status = top[key_status];
    if (status.equals("quarantined") || status.equals("recovered")) {
      matches.add(Dialect::orphan_event_receipt_sociosphere, top[key_receipt_id].index());
    }
  }
  return matches;
}

std::string name_of_dialect(Dialect dialect) {
  const DialectInfo& info = info_of(dialect);
  return std::string(info.kind) + " (" + std::string(info.dialect) + ")";
}

/// A member whose value names a known kind in a version that is not known; false if there is none.
json::Value unsupported_version(const TopLevel& top, const VersionFamily*& family) {
  std::string scratch;
  for (std::size_t key = 0; key <= key_v; ++key) {
    const json::Value value = top[key];
    if (!value || !value.is_string()) continue;
    family = find_version_family(keys[key], value.string(scratch));
    if (family == nullptr) continue;
    if (family->kind.empty()) return value;
    // `kind` must say so too, or this is somebody else's document.
    if (top.has(key_kind) && top[key_kind].equals(family->kind)) {
      return value;
    }
  }
  return {};
}

}  // namespace

Dialect recognise(json::Value root, FindingSink& sink) {
  if (!root.is_object()) {
    if (Finding* found = sink.raise(Rule::parse_root_not_object, Place::value(root.index()))) {
      found->message = "expected an object at the top level, found " + std::string(describe_type(root));
    }
    return Dialect::none;
  }
  const TopLevel top(root, keys);
  const Matches matches = match(top);

  if (matches.count() == 1) {
    Dialect dialect = matches[0].dialect;
    if (dialect == Dialect::policy_decision_record && root.find("effect") && !root.find("status")) {
      dialect = Dialect::policy_decision_record_contracts;
    }
    if (info_of(dialect).schema.empty()) {
      if (Finding* found = sink.raise(Rule::kind_unchecked, Place::value(root.index()))) {
        found->message =
            "recognised as " + name_of_dialect(dialect) + ", but not checked: this build has no schema for it";
      }
    }
    return dialect;
  }

  if (matches.count() > 1) {
    // The later member is the one too many.
    Match first = matches[0];
    Match second = matches[1];
    if (second.at < first.at) std::swap(first, second);
    if (Finding* found = sink.raise(Rule::kind_ambiguous, Place::value(second.at))) {
      found->message = describe_member(root, second.at) + " says " + name_of_dialect(second.dialect) + ", while " +
                       describe_member(root, first.at) + " says " + name_of_dialect(first.dialect);
      found->related.push_back({0, Place::value(first.at), "this says " + name_of_dialect(first.dialect)});
    }
    return Dialect::none;
  }

  const VersionFamily* family = nullptr;
  if (const json::Value value = unsupported_version(top, family)) {
    if (Finding* found = sink.raise(Rule::kind_version_unsupported, Place::value(value.index()))) {
      found->message = describe_member(root, value.index()) + " is not a supported version; expected " +
                       std::string(family->expected);
    }
    return Dialect::none;
  }

  if (Finding* found = sink.raise(Rule::kind_unknown, Place::value(root.index()))) {
    describe_unknown(root, *found);
  }
  return Dialect::none;
}

}  // namespace bearproof::contract
