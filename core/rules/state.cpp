// Reports on state, and what is planned, decided and scored by them: each has to agree with its own numbers.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/json/decimal.h"
#include "bearproof/json/quotation.h"

#include "duplicates.h"
#include "families.h"
#include "fields.h"
#include "time_order.h"

namespace bearproof::rules {
namespace {

/// The eleven index lanes. (sourceos-syncd README)
constexpr contract::KeyMap<11> index_lanes(std::array<std::string_view, 11>{"normal", "priority", "secure", "ephemeral",
                                                                            "memory", "policy", "audit", "tombstone",
                                                                            "migration", "repair", "archive"});

constexpr std::int64_t default_heartbeat_ms = 30'000;

/// What a report says that speaks against health: an error where the diagnosis claims health, else worth a notice.
class Ailments {
 public:
  Ailments(bool claims_health, FindingSink& sink) : claims_health_(claims_health), sink_(sink) {}

  void add(RuleCase rule, RuleCase told, json::Value at) {
    any_ = true;
    sink_.raise(claims_health_ ? rule : told, Place::value(at.index()));
  }
  /// One that another field tells of already.
  void note(bool is_there) { any_ = any_ || is_there; }
  bool any() const { return any_; }

 private:
  bool claims_health_;
  bool any_ = false;
  FindingSink& sink_;
};

double number_of(json::Value value) { return value && value.is_number() ? json::nearest_double(value.raw()) : -1; }

void check_stores(json::Value stores, Ailments& ailments, FindingSink& sink) {
  check_duplicates(stores, "name", "store", Rule::state_store_duplicate, sink);
  if (!stores) return;
  for (const json::Value store : stores.items()) {
    const json::Value raw = at(store, "flags_raw");
    const json::Value hex = at(store, "flags_hex");
    std::string scratch;
    const std::string_view flags_text = hex && hex.is_string() ? hex.string(scratch) : std::string_view();
    if (raw && raw.is_number() && flags_text.starts_with("0x")) {
      // Sixteen digits and fewer fit; of longer ones only the zeros in front may be more.
      std::string_view digits = flags_text.substr(2);
      while (digits.size() > 16 && digits.front() == '0') digits.remove_prefix(1);
      char* end = nullptr;
      const std::string text(digits);
      const unsigned long long flags = std::strtoull(text.c_str(), &end, 16);
      const bool is_hex = !text.empty() && *end == '\0';
      const std::uint64_t expected = std::strtoull(std::string(raw.raw()).c_str(), nullptr, 10);
      if (is_hex && raw.node().tag() == json::Node::integer && (digits.size() > 16 || flags != expected)) {
        if (Finding* found = sink.raise(Rule::state_flags_mismatch, Place::value(hex.index()))) {
          found->message << "flags_hex " << quote(hex) << " is not flags_raw " << quote(raw);
        }
      }
    }
    const json::Value checksum = at(store, "checksum_state");
    const bool is_doubtful = index_of(checksum, {"unverified", "mismatch"}) >= 0;
    if (is_doubtful && is(at(store, "role"), "active") && is_true(at(store, "shadow_present"))) {
      ailments.add(Rule::state_shadow_unverified, Rule::state_shadow_unverified_told, checksum);
    }
    ailments.note(is(checksum, "mismatch") || is(at(store, "migration_state"), "failed") ||
                  is(at(store, "role"), "quarantined"));
  }
}

void check_lanes(json::Value lanes, Ailments& ailments, FindingSink& sink) {
  check_duplicates(lanes, "name", "lane", Rule::state_lane_duplicate, sink);
  if (!lanes) return;
  std::int64_t lag = 0;
  std::int64_t allowed = 0;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;
  for (const json::Value lane : lanes.items()) {
    const json::Value name = at(lane, "name");
    std::string scratch;
    if (name && name.is_string() && index_lanes.find(name.string(scratch)) < 0) {
      if (Finding* found = sink.raise(Rule::state_lane_unknown, Place::value(name.index()))) {
        found->message << "lane " << quote(name) << " is not one of the eleven index lanes";
      }
    }
    const json::Value limit = at(at(lane, "sla"), "max_replay_lag_events");
    const std::int64_t own = integer(at(at(lane, "journal"), "replay_lag_events"), 0);
    const std::int64_t most_own = integer(limit, 0);
    if (own > 0 && lag < most && own < most) lag += own;
    if (most_own > 0 && allowed < most && most_own < most) allowed += most_own;
    const json::Value status = at(lane, "status");
    if (limit && own > most_own && is(status, "active")) {
      if (Finding* found = sink.raise(Rule::state_lane_status_contradiction, Place::value(status.index()))) {
        found->message << "lane " << quote(name) << " is active and lags by " << own << " events, " << most_own
                       << " allowed";
      }
    }
    ailments.note(is(status, "unsafe"));
  }
  if (lag > allowed) ailments.add(Rule::state_replay_lag, Rule::state_replay_lag_told, lanes);
}

void check_heartbeat(json::Value root, Ailments& ailments) {
  const json::Value beat = at(at(root, "runtime"), "last_heartbeat_at");
  if (!beat) return;
  bool is_stale = beat.is_null();
  if (beat.is_string()) {
    std::int64_t allowed = std::numeric_limits<std::int64_t>::max();
    if (const json::Value lanes = at(root, "lanes")) {
      for (const json::Value lane : lanes.items()) {
        const std::int64_t own = integer(at(at(lane, "sla"), "max_heartbeat_age_ms"), default_heartbeat_ms);
        if (own < allowed) allowed = own;
      }
    }
    const auto age = nanoseconds_between(beat, at(root, "generated_at"));
    is_stale = age && *age / 1'000'000 > allowed;
  }
  if (is_stale) ailments.add(Rule::state_heartbeat_stale, Rule::state_heartbeat_stale_told, beat);
}

void check_disk(json::Value disk, Ailments& ailments, FindingSink& sink) {
  const json::Value free = at(disk, "free_bytes");
  const json::Value pressure = at(disk, "pressure");
  const double free_bytes = number_of(free);
  const double total_bytes = number_of(at(disk, "total_bytes"));
  if (index_of(pressure, {"critical", "unknown"}) >= 0) {
    ailments.add(Rule::state_disk_critical, Rule::state_disk_critical_told, pressure);
  }
  if (free_bytes < 0 || total_bytes <= 0) return;
  if (free_bytes > total_bytes) {
    sink.raise(Rule::state_disk_free_exceeds_total, Place::value(free.index()));
    return;
  }
  const double share = free_bytes / total_bytes;
  const json::Value ratio = at(disk, "free_ratio");
  const double told = number_of(ratio);
  // A little more than the thousandth, for what rounding in binary takes.
  if (told >= 0 && std::fabs(told - share) > 0.001000001) {
    if (Finding* found = sink.raise(Rule::state_disk_ratio, Place::value(ratio.index()))) {
      const int thousandths = static_cast<int>(share * 1000 + 0.5);
      const std::string digits = std::to_string(1000 + thousandths);
      found->message << "free_ratio is " << quote(ratio) << ", the bytes give about "
                     << words(thousandths == 1000 ? "1" : "0." + digits.substr(1));
    }
    return;
  }
  constexpr std::string_view names[] = {"critical", "warning", "watch", "none"};
  constexpr double limits[] = {0.05, 0.10, 0.20};
  // The daemon takes the ratio that it reports; where rounding decides, either is right.
  const auto level_of = [&](double value) {
    std::size_t level = 0;
    while (level < std::size(limits) && value > limits[level]) ++level;
    return level;
  };
  const int level = index_of(pressure, {"critical", "warning", "watch", "none"});
  if (level < 0 || level_of(share) == static_cast<std::size_t>(level)) return;
  if (told >= 0 && level_of(told) == static_cast<std::size_t>(level)) return;
  if (Finding* found = sink.raise(Rule::state_disk_ratio, Place::value(pressure.index()))) {
    found->message << "pressure is " << quote(pressure) << ", the bytes give " << words(names[level_of(share)]);
  }
}

void check_report(json::Value root, FindingSink& sink) {
  const json::Value diagnosis = at(root, "diagnosis");
  const json::Value status = at(diagnosis, "status");
  Ailments ailments(is(status, "healthy"), sink);
  check_stores(at(root, "stores"), ailments, sink);
  check_lanes(at(root, "lanes"), ailments, sink);
  check_heartbeat(root, ailments);
  check_disk(at(at(root, "resources"), "disk"), ailments, sink);
  const json::Value dirty = at(at(root, "runtime"), "last_dirty_open_at");
  if (dirty && dirty.is_string() && !is_before(dirty, at(at(root, "runtime"), "last_clean_shutdown_at"))) {
    ailments.add(Rule::state_dirty_open, Rule::state_dirty_open_told, dirty);
  }
  if (const json::Value invariants = at(root, "invariants")) {
    for (const json::Value invariant : invariants.items()) ailments.note(is(at(invariant, "status"), "fail"));
  }
  const json::Value collection = at(at(root, "collection"), "status");
  if (is(collection, "failed")) {
    ailments.note(true);
    sink.raise(Rule::state_collection_partial, Place::value(collection.index()));
  } else if (is(collection, "partial")) {
    sink.raise(Rule::state_collection_partial_partial, Place::value(collection.index()));
  }
  if (is(status, "unsafe") && !ailments.any() && is_empty_list(at(diagnosis, "causes"))) {
    sink.raise(Rule::state_diagnosis_contradiction, Place::value(status.index()));
  }
  const json::Value is_signed = at(at(root, "attestation"), "signed");
  if (is_signed && is_signed.is_false()) {
    sink.raise(Rule::state_attestation_unsigned, Place::value(is_signed.index()));
  }
}

/// Whether an object has a member that tells of an approval: approved, approved_by, approval …
bool tells_of_approval(json::Value object) {
  if (!object) return false;
  for (const json::Member member : object.members()) {
    std::string scratch;
    if (member.key.string(scratch).starts_with("approv") && !member.value.is_null() && !member.value.is_false()) {
      return true;
    }
  }
  return false;
}

void check_plan(json::Value root, FindingSink& sink) {
  const json::Value steps = at(root, "steps");
  check_duplicates(steps, "id", "step", Rule::repair_step_duplicate_id, sink);
  json::Value destructive;
  if (steps) {
    std::int64_t expected = 1;
    for (const json::Value step : steps.items()) {
      const json::Value order = at(step, "order");
      if (order && order.is_number() && integer(order, 0) > 0 && integer(order, 0) != expected) {
        if (Finding* found = sink.raise(Rule::repair_order, Place::value(order.index()))) {
          found->message << "step " << expected << " has order " << quote(order);
        }
      }
      ++expected;
      const json::Value destroys = at(step, "destructive");
      if (!destructive && is_true(destroys)) destructive = destroys;
    }
  }
  const json::Value policy = at(root, "policy");
  const json::Value declared = at(policy, "destructive_actions_present");
  if (declared && declared.is_boolean() && declared.is_true() != static_cast<bool>(destructive)) {
    if (Finding* found = sink.raise(Rule::repair_destructive_flag, Place::value(declared.index()))) {
      found->message << "destructive_actions_present is "
                     << (destructive ? "false, and a step is destructive" : "true, and no step is destructive");
      if (destructive) found->related.push_back({0, Place::value(destructive.index()), "the destructive step"});
    }
  }
  if (!destructive) return;
  const json::Value status = at(root, "status");
  if (is(status, "preview")) sink.raise(Rule::repair_preview_destructive, Place::value(destructive.index()));
  const json::Value grants = at(policy, "destructive_grants_required");
  if (grants && is_empty_list(grants)) {
    sink.raise(Rule::repair_destructive_grants, Place::value(grants.index()));
  }
  const json::Value rollback = at(root, "rollback");
  for (const json::Value guard : {at(at(root, "checkpoint"), "required"), at(rollback, "available")}) {
    if (guard && guard.is_false()) sink.raise(Rule::repair_destructive_no_checkpoint, Place::value(guard.index()));
  }
  if (index_of(status, {"running", "complete"}) >= 0 && !is_true(at(rollback, "requires_operator_approval")) &&
      !tells_of_approval(root) && !tells_of_approval(policy) && !tells_of_approval(rollback)) {
    sink.raise(Rule::repair_running_unapproved, Place::value(status.index()));
  }
}

void check_record(json::Value root, FindingSink& sink) {
  const json::Value boundary = at(root, "decision_boundary");
  const json::Value effect = at(root, "effect");
  if (const json::Value foreign = effect ? effect : boundary) {
    sink.raise(Rule::policy_record_dialect, Place::value(foreign.index()));
  }
  if (!boundary) return;
  for (const json::Member member : boundary.members()) {
    std::string scratch;
    const std::string_view key = member.key.string(scratch);
    const bool is_act = key.ends_with("_performed");
    if (is_act ? member.value.is_false() : key != "decision_scope" || member.value.equals("policy-only")) continue;
    if (Finding* found = sink.raise(Rule::policy_boundary_collapsed, Place::value(member.value.index()))) {
      if (is_act) {
        found->message << "a policy decision only decides, and this says " << quote(member.key);
      } else {
        found->message << "the scope of the decision is " << quote(member.value) << ", not policy-only";
      }
    }
  }
}

/// Why an agent should not have been trusted; "" where nothing speaks against it.
std::string_view objection(json::Value root) {
  const json::Value evidence = at(root, "evidence");
  const json::Value report = at(root, "report_status");
  const json::Value lane = at(root, "lane");
  if (!is_empty_list(at(evidence, "contract_errors"))) return "the report has contract errors";
  if (index_of(report, {"invalid", "unsafe", "stale"}) >= 0) return "the report is invalid, unsafe or stale";
  if (is(at(at(evidence, "diagnosis"), "status"), "unsafe")) return "the diagnosis is unsafe";
  if (is(report, "degraded") && !is_true(at(root, "allow_degraded"))) return "the state is degraded";
  if (is_true(at(root, "require_attestation")) && !is_true(at(evidence, "attestation_signed"))) {
    return "the report is not signed and has to be";
  }
  std::string scratch;
  const json::Value lanes = at(evidence, "available_lanes");
  if (lanes && lane && lane.is_string() && !holds(lanes, lane.string(scratch))) return "the report has no such lane";
  if (index_of(lane, {"secure", "repair"}) >= 0 && integer(at(at(evidence, "policy_counts"), "denied"), 0) > 0) {
    return "policy denied something, and the lane is secure or repair";
  }
  return "";
}

void check_trust(json::Value root, FindingSink& sink) {
  const json::Value status = at(root, "status");
  if (index_of(status, {"allowed", "degraded_allowed"}) < 0) return;
  const std::string_view against = objection(root);
  if (against.empty()) return;
  if (Finding* found = sink.raise(Rule::trust_blocked_reason, Place::value(status.index()))) {
    found->message << quote(status) << ", although " << words(against);
  }
}

void check_scorecard(json::Value root, FindingSink& sink) {
  const json::Value status = at(root, "status");
  const std::int64_t score = integer(at(root, "score"), -1);
  if (!status || !status.is_string() || score < 0) return;
  std::string_view expected = score >= 90 ? "ready" : score >= 70 ? "watch" : "degraded";
  if (const json::Value gates = at(root, "gates")) {
    for (const json::Value gate : gates.items()) {
      if (is(at(gate, "status"), "fail")) expected = "blocked";
    }
  }
  if (status.equals(expected)) return;
  if (Finding* found = sink.raise(Rule::scorecard_status, Place::value(status.index()))) {
    found->message << "the status is " << quote(status) << ", gates and score give " << words(expected);
  }
}

}  // namespace

void check_state(const Context& context, FindingSink& sink) {
  switch (context.dialect) {
    case Dialect::state_integrity_report: return check_report(context.root, sink);
    case Dialect::repair_plan: return check_plan(context.root, sink);
    case Dialect::agent_trust_decision: return check_trust(context.root, sink);
    case Dialect::delivery_scorecard: return check_scorecard(context.root, sink);
    default: return check_record(context.root, sink);
  }
}

}  // namespace bearproof::rules
