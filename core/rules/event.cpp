// Events: what one of them says of its outcome, cause, privacy and count has to agree with itself. The strict and the
// legacy form have the same rules.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/number.h"
#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"

#include "families.h"
#include "fields.h"
#include "time_order.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  actor,
  causality,
  decision,
  event_class,
  event_id,
  evidence,
  lane,
  noise_control,
  outcome,
  privacy,
  severity,
  subject,
  sync,
  trust,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "actor", "causality", "decision", "event_class", "event_id", "evidence", "lane", "noise_control", "outcome",
    "privacy", "severity", "subject", "sync", "trust"});

using Event = contract::Members<key_count>;

enum Loudness : std::uint8_t { info = 2, notice = 3, warning = 4, error = 5, critical = 6 };

bool is_blocked(json::Value outcome) {
  return index_of(outcome, {"blocked_expected", "blocked_unexpected", "blocked_attack_like"}) >= 0;
}

void check_severity(const Event& event, FindingSink& sink) {
  const int loud = loudness(event[severity]);
  if (loud < 0) return;
  const json::Value came = event[outcome];
  const Place place = Place::value(event[severity].index());
  if (is(came, "blocked_expected")) {
    if (loud > notice) sink.raise(Rule::event_denial_severity, place);
    return;
  }
  constexpr std::int8_t wanted[] = {critical, error, warning, warning};
  const int index = index_of(came, {"blocked_attack_like", "failed", "blocked_unexpected", "degraded"});
  if (index < 0 || loud >= wanted[index]) return;
  if (Finding* found = sink.raise(Rule::event_outcome_severity, place)) {
    constexpr std::string_view names[] = {"warning", "error", "critical"};
    found->message << "severity " << quote(event[severity]) << " is too mild for " << quote(came) << ", which asks for "
                   << words(names[wanted[index] - warning]);
  }
}

void check_decision(const Event& event, FindingSink& sink) {
  const json::Value decided = event[decision];
  const json::Value result = at(decided, "result");
  const json::Value meant = at(decided, "semantic_outcome");
  if ((is(result, "allow") && is_blocked(meant)) || (is(result, "deny") && is(meant, "allowed"))) {
    if (Finding* found = sink.raise(Rule::event_decision_contradiction, Place::value(result.index()))) {
      found->message << "the result is " << quote(result) << ", its meaning " << quote(meant);
      found->related.push_back({0, Place::value(meant.index()), "what it is said to mean"});
    }
    return;
  }
  const json::Value came = event[outcome];
  if (!meant || !came || !meant.is_string() || !came.is_string() || equal_values(meant, came)) return;
  if (Finding* found = sink.raise(Rule::event_decision_contradiction_outcome, Place::value(came.index()))) {
    found->message << "the outcome is " << quote(came) << ", that of the decision is " << quote(meant);
  }
}

void check_causality(const Event& event, FindingSink& sink) {
  const json::Value own = event[event_id];
  const json::Value parent = at(event[causality], "parent_event_id");
  const json::Value root = at(event[causality], "root_event_id");
  if (!own || !own.is_string()) return;
  if (parent && equal_values(parent, own)) {
    sink.raise(Rule::event_causality_self_parent, Place::value(parent.index()));
  }
  const bool is_first = parent ? parent.is_null() || is(parent, "") : is(event[event_class], "process.exec");
  std::string scratch;
  if (is_first && own.string(scratch).starts_with("evt_") && !is_blank(root) && !equal_values(root, own)) {
    sink.raise(Rule::event_causality_root_first, Place::value(root.index()));
  }
}

/// Whether a text is nothing, or a mark that redaction left: asterisks, "redacted", or such a word in brackets.
bool is_redaction(json::Value value) {
  if (!value || !value.is_string()) return false;
  std::string scratch;
  std::string_view text = text::trimmed(value.string(scratch));
  if (text.empty()) return true;
  // One or two may be a wildcard.
  if (text.find_first_not_of('*') == std::string_view::npos) return text.size() > 2;
  if (text::equal_ignoring_case(text, "redacted")) return true;
  constexpr std::string_view open = "<[({";
  constexpr std::string_view close = ">])}";
  const std::size_t bracket = open.find(text.front());
  if (bracket == std::string_view::npos || text.size() < 3 || text.back() != close[bracket]) return false;
  text = text.substr(1, text.size() - 2);
  for (const std::string_view word : {"redacted", "private", "masked", "removed"}) {
    if (text::equal_ignoring_case(text, word)) return true;
  }
  return false;
}

void check_redaction(const Event& event, FindingSink& sink) {
  const struct {
    json::Value value;
    std::string_view what;
  } parts[] = {{at(event[actor], "display_name"), "the actor"},
               {at(event[subject], "display"), "the subject"},
               {at(event[decision], "target_class"), "the target class"},
               {at(event[decision], "policy_rule"), "the policy rule"},
               {event[outcome], "the outcome"}};
  for (const auto& part : parts) {
    if (!is_redaction(part.value)) continue;
    if (Finding* found = sink.raise(Rule::event_redaction_causality_lost, Place::value(part.value.index()))) {
      found->message << "redaction removed " << words(part.what);
    }
  }
}

void check_privacy(const Event& event, FindingSink& sink) {
  const json::Value exportable = at(event[sync], "exportable");
  if (!is_true(exportable)) return;
  const json::Value tier = at(event[privacy], "tier");
  const bool is_private = index_of(tier, {"sealed_secret", "admin_forensic"}) >= 0;
  if (!is_private && !is(at(event[sync], "replication_policy"), "local_only")) return;
  if (Finding* found = sink.raise(Rule::event_privacy_exportable, Place::value(exportable.index()))) {
    if (is_private) {
      found->message << "an event of tier " << quote(tier);
    } else {
      found->message << "a local_only event";
    }
    found->message << " is marked exportable";
  }
}

void check_trust(const Event& event, FindingSink& sink) {
  const json::Value mode = at(event[trust], "mode");
  const json::Value lookup = at(event[trust], "network_lookup");
  if (index_of(lookup, {"allowed", "succeeded", "failed"}) < 0) return;
  if (is(mode, "local_only")) {
    sink.raise(Rule::event_trust_silent_network, Place::value(lookup.index()));
  } else if (index_of(mode, {"local_first", "offline"}) >= 0 && !is(at(event[decision], "result"), "allow")) {
    sink.raise(Rule::event_trust_silent_network_unauthorised, Place::value(lookup.index()));
  }
}

bool speaks_of_analytics(json::Value value) {
  std::string scratch;
  return value && value.is_string() && value.string(scratch).find("analytics") != std::string_view::npos;
}

void check_lane(const Event& event, FindingSink& sink) {
  const json::Value where = event[lane];
  const bool is_quiet = index_of(where, {"analytics", "hardware_ui", "developer_diagnostics"}) >= 0;
  if (is_quiet && loudness(event[severity]) >= notice && is_blank(at(event[causality], "parent_event_id"))) {
    if (Finding* found = sink.raise(Rule::event_lane_mixed, Place::value(where.index()))) {
      found->message << "an event of lane " << quote(where) << " has severity " << quote(event[severity])
                     << " and follows from nothing";
    }
  } else if (is(where, "security") && is(event[event_class], "telemetry.coalesced") &&
             (speaks_of_analytics(at(event[decision], "operation")) ||
              speaks_of_analytics(at(event[decision], "target_class")))) {
    if (Finding* found = sink.raise(Rule::event_lane_mixed, Place::value(where.index()))) {
      found->message = "coalesced analytics stand in lane security";
    }
  }
}

void check_coalescing(const Event& event, FindingSink& sink) {
  const json::Value noise = event[noise_control];
  const bool is_coalesced = is(event[event_class], "telemetry.coalesced");
  if (!noise || !noise.is_object()) return;
  if (is_coalesced && is_empty_list(at(noise, "sample_evidence_refs"))) {
    sink.raise(Rule::event_coalesce_samples_missing, Place::value(noise.index()));
  }
  const json::Value count = at(noise, "count");
  const json::Value suppressed = at(noise, "suppressed_count");
  if (count && suppressed && count.is_number() && suppressed.is_number() &&
      json::Number(suppressed.raw()) > json::Number(count.raw())) {
    if (Finding* found = sink.raise(Rule::event_coalesce_counts, Place::value(suppressed.index()))) {
      found->message << "suppressed " << quote(suppressed) << " of " << quote(count) << " records";
    }
  }
  const json::Value first = at(noise, "first_seen");
  const json::Value last = at(noise, "last_seen");
  if (is_before(last, first)) {
    if (Finding* found = sink.raise(Rule::event_coalesce_counts, Place::value(first.index()))) {
      found->message = "first seen after it was last seen";
      found->related.push_back({0, Place::value(last.index()), "last seen"});
    }
    return;
  }
  const json::Value window = at(noise, "coalesce_window_ms");
  constexpr std::int64_t most = INT64_MAX / 1'000'000;
  const std::int64_t milliseconds = integer(window, most);
  if (milliseconds < 0 || milliseconds >= most || !sink.wants(Rule::event_coalesce_span)) return;
  const auto span = nanoseconds_between(first, last);
  if (span && *span > milliseconds * 1'000'000) {
    sink.raise(Rule::event_coalesce_span, Place::value(window.index()));
  }
}

void check_receipt(const Event& event, const json::Value root, FindingSink& sink) {
  const int opaque = index_of(
      event[event_class], {"power.wake", "power.sleep", "process.exec", "identity.reconciled", "app.identity_mismatch",
                           "parser.worker", "incident.bundle", "telemetry.coalesced"});
  if (opaque < 0 || (event[evidence] && !event[evidence].is_array()) || !is_empty_list(event[evidence])) return;
  if (Finding* found = sink.raise(Rule::event_receipt_required, place_of(event[evidence], root))) {
    found->message << "an event of class " << quote(event[event_class]) << " has no entry of evidence";
  }
}

}  // namespace

void check_event(const Context& context, FindingSink& sink) {
  const Event event(context.root, keys);
  check_severity(event, sink);
  check_decision(event, sink);
  check_causality(event, sink);
  check_redaction(event, sink);
  check_privacy(event, sink);
  check_trust(event, sink);
  check_lane(event, sink);
  check_coalescing(event, sink);
  check_receipt(event, context.root, sink);
}

}  // namespace bearproof::rules
