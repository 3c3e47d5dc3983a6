// Orphan event receipts: the protocol is received, queued, reconciled, then attached or, after the time to live,
// quarantined. What one member alone can be wrong about is in the schemas.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"

#include "families.h"
#include "fields.h"
#include "time_order.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  captured_at,
  correlation_keys,
  evidence_refs,
  observed_at,
  session_resolution,
  ttl,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "capturedAt", "correlationKeys", "evidenceRefs", "observedAt", "sessionResolution", "ttl"});

enum Part : std::uint8_t { candidates, quarantined_at, reconciled_at, recovered_session, state, part_count };

constexpr contract::KeyMap<part_count> parts(std::array<std::string_view, part_count>{
    "candidateSessionRefs", "quarantinedAt", "reconciledAt", "recoveredSessionRef", "state"});

using Receipt = contract::Members<key_count>;
using Resolution = contract::Members<part_count>;

void check_contradiction(const Resolution& resolution, FindingSink& sink) {
  const json::Value in = resolution[state];
  const auto must_not_be_set = [&](Part part, std::string_view word) {
    const json::Value value = resolution[part];
    if (!is(in, word) || !is_set(value)) return;
    Finding* found = sink.raise(Rule::orphan_state_contradiction, Place::value(value.index()));
    if (found == nullptr) return;
    found->message << "the state is " << words(word) << ", but " << words(parts[part]) << " is set";
    found->related.push_back({0, Place::value(in.index()), "the state"});
  };
  must_not_be_set(reconciled_at, "queued");
  must_not_be_set(quarantined_at, "queued");
  must_not_be_set(recovered_session, "queued");
  must_not_be_set(quarantined_at, "recovered");
  must_not_be_set(recovered_session, "quarantined");
  must_not_be_set(quarantined_at, "discarded_duplicate");
  must_not_be_set(recovered_session, "discarded_duplicate");
}

/// What the time to live has to do with the state.
void check_ttl(const Context& context, const Receipt& receipt, const Resolution& resolution, FindingSink& sink) {
  if (!receipt[ttl]) return;
  const json::Value expired = receipt[ttl].find("expired");
  const json::Value expires = receipt[ttl].find("expiresAt");
  const json::Value in = resolution[state];
  const json::Value captured = receipt[captured_at];
  const json::Value quarantined = resolution[quarantined_at];
  if (is(in, "quarantined")) {
    const bool is_early = is_before(quarantined, expires);
    if (is_early || !expired || !expired.is_true()) {
      if (Finding* found = sink.raise(Rule::orphan_quarantined_before_ttl, Place::value(in.index()))) {
        const json::Value why = is_early ? expires : expired ? expired : receipt[ttl];
        found->related.push_back({0, Place::value(why.index()), is_early ? "the time to live ends" : "not expired"});
      }
    }
  }
  if (is(in, "queued")) {
    bool is_over = is_before(expires, captured);
    if (context.now && expires && expires.is_string()) {
      std::string scratch;
      const auto end = schema::Instant::parse(expires.string(scratch));
      is_over = is_over || (end && *end < *context.now);
    }
    if (is_over) {
      if (Finding* found = sink.raise(Rule::orphan_queued_overdue, Place::value(in.index()))) {
        found->related.push_back({0, Place::value(expires.index()), "the time to live ended"});
      }
    }
  }
  // Of a reconciled event the flag tells how things stood then: the record may be written any time later.
  const json::Value last = is_set(resolution[reconciled_at]) ? resolution[reconciled_at] : captured;
  if (!expired) return;
  if ((expired.is_true() && is_before(captured, expires)) || (expired.is_false() && is_before(expires, last))) {
    if (Finding* found = sink.raise(Rule::orphan_ttl_flag_wrong, Place::value(expired.index()))) {
      found->message = expired.is_true() ? "ttl.expired is true, but the record was captured before ttl.expiresAt"
                                         : "ttl.expired is false, but ttl.expiresAt had passed";
      found->related.push_back({0, Place::value(expires.index()), "the time to live ends"});
    }
  }
}

void check_times(const Receipt& receipt, const Resolution& resolution, FindingSink& sink) {
  const json::Value observed = receipt[observed_at];
  const json::Value captured = receipt[captured_at];
  check_order(observed, "observedAt", captured, "capturedAt", Rule::orphan_time_order, sink);
  for (const Part part : {reconciled_at, quarantined_at}) {
    const json::Value then = resolution[part];
    check_order(observed, "observedAt", then, parts[part], Rule::orphan_time_order, sink);
    check_order(then, parts[part], captured, "capturedAt", Rule::orphan_time_order, sink);
  }
}

bool has_key(json::Value correlation) {
  if (!correlation) return false;
  for (const json::Member member : correlation.members()) {
    if (member.value.is_string() && !member.value.raw().empty()) return true;
  }
  return false;
}

void check_sociosphere(const Context& context, FindingSink& sink) {
  const json::Value in = context.root.find("status");
  const json::Value session = context.root.find("recovered_session_id");
  const json::Value quarantined = context.root.find("quarantined_at");
  const json::Value odd = is(in, "recovered") ? quarantined : session;
  if (is_set(odd)) sink.raise(Rule::orphan_state_contradiction_sociosphere, Place::value(odd.index()));
}

}  // namespace

void check_orphan(const Context& context, FindingSink& sink) {
  if (context.dialect == Dialect::orphan_event_receipt_sociosphere) return check_sociosphere(context, sink);
  const Receipt receipt(context.root, keys);
  if (!receipt[session_resolution] || !receipt[session_resolution].is_object()) return;
  const Resolution resolution(receipt[session_resolution], parts);
  const json::Value in = resolution[state];
  const json::Value session = resolution[recovered_session];

  check_contradiction(resolution, sink);
  check_ttl(context, receipt, resolution, sink);
  check_times(receipt, resolution, sink);
  if (is(in, "quarantined") && receipt[evidence_refs] && is_empty_list(receipt[evidence_refs])) {
    sink.raise(Rule::orphan_quarantined_no_evidence, Place::value(receipt[evidence_refs].index()));
  }
  if (index_of(in, {"queued", "recovered"}) >= 0 && !has_key(receipt[correlation_keys])) {
    sink.raise(Rule::orphan_keys_none, place_of(receipt[correlation_keys], context.root));
  }
  const json::Value possible = resolution[candidates];
  std::string scratch;
  if (is(in, "recovered") && session && session.is_string() && !is_empty_list(possible) &&
      !holds(possible, session.string(scratch))) {
    if (Finding* found = sink.raise(Rule::orphan_recovered_not_candidate, Place::value(session.index()))) {
      found->related.push_back({0, Place::value(possible.index()), "the candidates"});
    }
  }
}

}  // namespace bearproof::rules
