// Capability ledgers: what a negotiation ended in has to follow from who took part in it.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"

#include "families.h"
#include "fields.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  capability_ref,
  conflict_refs,
  declared_by,
  effective_state,
  evidence_refs,
  negotiated_by,
  state_reason,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "capabilityRef", "conflictRefs", "declaredBy", "effectiveState", "evidenceRefs", "negotiatedBy", "stateReason"});

enum Plane : std::uint8_t { config, ui, runtime, server, plugin, policy, schema, transport, plane_count };

constexpr contract::KeyMap<plane_count> planes(std::array<std::string_view, plane_count>{
    "config", "ui", "runtime", "server", "plugin", "policy", "schema", "transport"});

using Planes = std::uint32_t;
constexpr Planes bit(Plane plane) { return 1u << plane; }
constexpr Planes all_planes = (1u << plane_count) - 1;
constexpr Planes front_planes = bit(config) | bit(ui);
constexpr Planes back_planes = bit(runtime) | bit(server) | bit(plugin) | bit(policy);

Planes planes_in(json::Value list) {
  Planes found = 0;
  if (!list) return found;
  std::string scratch;
  for (const json::Value item : list.items()) {
    if (!item.is_string()) continue;
    const int plane = planes.find(item.string(scratch));
    if (plane >= 0) found |= 1u << plane;
  }
  return found;
}

/// "schema and transport"
std::string names_of(Planes set) {
  std::string text;
  for (std::size_t i = 0; i < plane_count; ++i) {
    if ((set >> i & 1u) == 0) continue;
    const Planes later = set >> (i + 1);
    if (!text.empty()) text += later == 0 ? " and " : ", ";
    text += planes[i];
  }
  return text;
}

enum State : std::uint8_t {
  declared,
  requested,
  negotiating,
  available,
  enabled,
  degraded,
  blocked_by_policy,
  unsupported_by_runtime,
  unsupported_by_server,
  missing_plugin,
  missing_schema,
  failed,
  state_count
};

constexpr contract::KeyMap<state_count> states(std::array<std::string_view, state_count>{
    "declared", "requested", "negotiating", "available", "enabled", "degraded", "blocked_by_policy",
    "unsupported_by_runtime", "unsupported_by_server", "missing_plugin", "missing_schema", "failed"});

/// The plane that a state lays the fault at; none for the others.
constexpr Planes blamed_by(State state) {
  switch (state) {
    case blocked_by_policy: return bit(policy);
    case unsupported_by_runtime: return bit(runtime);
    case unsupported_by_server: return bit(server);
    case missing_plugin: return bit(plugin);
    case missing_schema: return bit(schema);
    default: return 0;
  }
}

bool says_why(json::Value reason) {
  if (!reason || !reason.is_string()) return false;
  std::string scratch;
  return reason.string(scratch).find_first_not_of(" \t\r\n") != std::string_view::npos;
}

/// Whether a version follows the last '@' of a capability's name. Of a value that is no string another rule speaks.
bool has_version(json::Value capability) {
  if (!capability || !capability.is_string()) return true;
  std::string scratch;
  const std::string_view text = capability.string(scratch);
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && at + 1 < text.size();
}

/// @param state  which says enabled
void check_conflicts(json::Value state, json::Value conflicts, FindingSink& sink) {
  if (!conflicts || !conflicts.is_array() || conflicts.size() == 0) return;
  if (Finding* found = sink.raise(Rule::capability_enabled_conflicted, Place::value(state.index()))) {
    found->message << "enabled with " << conflicts.size()
                   << (conflicts.size() == 1 ? " open conflict" : " open conflicts");
    found->related.push_back({0, Place::value(conflicts.index()), "the conflicts"});
  }
}

void check_evidence(json::Value evidence, FindingSink& sink) {
  if (is_empty_array(evidence)) sink.raise(Rule::capability_evidence_empty, Place::value(evidence.index()));
}

void check_state(const contract::Members<key_count>& ledger, State state, FindingSink& sink) {
  const Place place = Place::value(ledger[effective_state].index());
  const Planes negotiators = planes_in(ledger[negotiated_by]);
  const Planes declarers = planes_in(ledger[declared_by]);

  if (state == enabled && (negotiators | declarers) != all_planes) {
    if (Finding* found = sink.raise(Rule::capability_enabled_unnegotiated, place)) {
      found->message << "enabled, but " << words(names_of(all_planes & ~(negotiators | declarers))) << " took no part";
    }
  }
  if ((state == enabled || state == available) && (declarers & front_planes) != 0 && (negotiators & back_planes) == 0) {
    if (Finding* found = sink.raise(Rule::capability_declared_only, place)) {
      found->message << "declared by " << words(names_of(declarers & front_planes)) << ", negotiated by none of "
                     << words(names_of(back_planes)) << ", and yet " << words(states[state]);
    }
  }
  if (state == enabled) check_conflicts(ledger[effective_state], ledger[conflict_refs], sink);
  if (const Planes blamed = blamed_by(state); (blamed & negotiators) != blamed) {
    if (Finding* found = sink.raise(Rule::capability_state_plane_mismatch, place)) {
      found->message << words(names_of(blamed)) << " took no part in the negotiation, but the state is "
                     << words(states[state]);
    }
  }
  if (state >= degraded && !says_why(ledger[state_reason])) {
    if (Finding* found = sink.raise(Rule::capability_degraded_no_reason, place)) {
      found->message << "the state is " << words(states[state]) << ", and stateReason does not say why";
    }
  }
}

}  // namespace

void check_capability(const Context& context, FindingSink& sink) {
  const contract::Members<key_count> ledger(context.root, keys);

  const json::Value state = ledger[effective_state];
  if (state && state.is_string()) {
    std::string scratch;
    const int known = states.find(state.string(scratch));
    if (known >= 0) check_state(ledger, static_cast<State>(known), sink);
  }
  check_evidence(ledger[evidence_refs], sink);
  if (!has_version(ledger[capability_ref])) {
    sink.raise(Rule::capability_ref_unversioned, Place::value(ledger[capability_ref].index()));
  }
}

void check_capability_shell(const Context& context, FindingSink& sink) {
  const json::Value state = context.root.find("state");
  if (is(state, "enabled")) check_conflicts(state, context.root.find("conflictWarnings"), sink);
  const json::Value decision = context.root.find("policyDecisionRef");
  if (decision && decision.is_null()) {
    sink.raise(Rule::capability_policy_missing_accepted, Place::value(decision.index()));
  }
  check_evidence(context.root.find("evidenceRefs"), sink);
}

}  // namespace bearproof::rules
