// Receipts of browser automation sessions, in their three dialects. What one field alone can be wrong about is in the
// schemas (x-bearproof-rule); here is what takes two.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/permissions.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/quotation.h"

#include "browser_text.h"
#include "deceptive.h"
#include "families.h"
#include "fields.h"
#include "owner.h"
#include "references.h"
#include "time_order.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  captured_at,
  controlled_scope,
  display_name,
  evidence_refs,
  id,
  origin,
  owner_ref,
  permission_scope,
  policy_decision_ref,
  receipt_id,
  revoked_at,
  session_ref,
  started_at,
  status,
  tab_scope,
  terminal_state,
  terminated_at,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "capturedAt", "controlledScope", "displayName", "evidenceRefs", "id", "origin", "ownerRef", "permissionScope",
    "policyDecisionRef", "receiptId", "revokedAt", "sessionRef", "startedAt", "status", "tabScope", "terminalState",
    "terminatedAt"});

using Receipt = contract::Members<key_count>;

constexpr std::int64_t nanoseconds_per_minute = 60'000'000'000;

constexpr std::size_t count_sensitive_words() {
  std::size_t count = 0;
  for (const Permission& permission : permissions) {
    if (permission.sensitive)
      count += (permission.bearbrowser.empty() ? 0u : 1u) + (permission.sourceos.empty() ? 0u : 1u);
  }
  return count;
}

constexpr auto sensitive_words() {
  std::array<std::string_view, count_sensitive_words()> words;
  std::size_t count = 0;
  for (const Permission& permission : permissions) {
    for (const std::string_view word : {permission.bearbrowser, permission.sourceos}) {
      if (permission.sensitive && !word.empty()) words[count++] = word;
    }
  }
  return words;
}

constexpr contract::KeyMap<count_sensitive_words()> sensitive_permissions(sensitive_words());

constexpr ReferenceRules policy_reference = {Rule::browser_policy_placeholder, Rule::browser_policy_placeholder_sample,
                                             "policy decision", true};
constexpr ReferenceRules owner_reference = {Rule::browser_owner_placeholder, Rule::browser_owner_placeholder_sample,
                                            "owner", true, true};
constexpr ReferenceRules session_reference = {Rule::browser_session_placeholder,
                                              Rule::browser_session_placeholder_sample, "session", true};

void check_owner(json::Value owner, FindingSink& sink) {
  if (!owner) return;
  const Ambiguity ambiguity = owner_ambiguity(owner);
  if (ambiguity == Ambiguity::none) {
    check_reference(owner, owner_reference, sink);
    return;
  }
  Finding* found = sink.raise(Rule::browser_owner_ambiguous, Place::value(owner.index()));
  if (found != nullptr) found->message = describe(ambiguity, owner);
  check_identifier(owner, true, sink);
}

void check_scope(json::Value scope, FindingSink& sink) {
  if (!scope || !sink.wants(Rule::browser_scope_sensitive)) return;
  std::string scratch;
  for (const json::Value permission : scope.items()) {
    if (!permission.is_string()) continue;
    const std::string_view word = permission.string(scratch);
    if (sensitive_permissions.find(word) < 0) continue;
    if (Finding* found = sink.raise(Rule::browser_scope_sensitive, Place::value(permission.index()))) {
      found->message << "grants " << show_bare(word) << ": the user should see this first";
    }
  }
}

void check_label(json::Value label, FindingSink& sink) {
  if (!label || !label.is_string()) return;
  std::string scratch;
  switch (url_detail(label.string(scratch))) {
    case UrlDetail::none: break;
    case UrlDetail::query: sink.raise(Rule::browser_label_url, Place::value(label.index())); break;
    case UrlDetail::credentials: sink.raise(Rule::browser_label_credentials, Place::value(label.index())); break;
  }
}

void check_page(json::Value named, FindingSink& sink) {
  if (!named || !named.is_string()) return;
  std::string scratch;
  if (!names_privileged_page(named.string(scratch))) return;
  if (Finding* found = sink.raise(Rule::browser_scope_extension_page, Place::value(named.index()))) {
    found->message << "the scope reaches " << quote(named) << ", a page of an extension or of the browser itself";
  }
}

/// The pages that a session may drive. Labels are no scope.
void check_pages(const Receipt& receipt, FindingSink& sink) {
  if (receipt[tab_scope]) {
    for (const json::Value tab : receipt[tab_scope].items()) check_page(tab, sink);
  }
  for (const std::string_view name : {"windowRef", "tabRef", "urlOrigin"}) {
    check_page(at(receipt[controlled_scope], name), sink);
  }
}

/// A session that goes on, by what its own record says.
void check_lifetime(const Context& context, json::Value started, FindingSink& sink) {
  if (!context.now || context.is_record || !sink.wants(Rule::browser_ttl_exceeded)) return;
  if (!started || !started.is_string()) return;
  std::string scratch;
  const auto start = schema::Instant::parse(started.string(scratch));
  if (!start) return;
  const std::int64_t age = schema::Instant::nanoseconds_between(*start, *context.now);
  if (!is_beyond(age, context.ttl_minutes)) return;
  if (Finding* found = sink.raise(Rule::browser_ttl_exceeded, Place::value(started.index()))) {
    found->message = describe_lifetime(age, context.ttl_minutes);
  }
}

void check_origin(const Receipt& receipt, bool is_active, FindingSink& sink) {
  if (is_active && sink.wants(Rule::browser_origin_remote_attention) && receipt.has(origin) &&
      receipt[origin].equals("remote")) {
    sink.raise(Rule::browser_origin_remote_attention, Place::value(receipt[origin].index()));
  }
}

void check_seed(const Receipt& receipt, FindingSink& sink) {
  if (is_empty_array(receipt[evidence_refs])) {
    sink.raise(Rule::browser_evidence_missing_open, Place::value(receipt[evidence_refs].index()));
  }
  if (is_empty_array(receipt[permission_scope])) {
    sink.raise(Rule::browser_scope_empty_inactive, Place::value(receipt[permission_scope].index()));
  }
  // The minimal form has no state: a session that was not revoked may be running.
  const json::Value revoked = receipt[revoked_at];
  check_origin(receipt, !revoked || revoked.is_null(), sink);
}

/// Code points of a time that a message shows: more than a nanosecond needs.
constexpr std::uint16_t longest_time = 64;

void raise_order(FindingSink& sink, RuleCase rule, json::Value early, std::string_view what, json::Value start,
                 std::string_view start_name) {
  if (Finding* found = sink.raise(rule, Place::value(early.index()))) {
    std::string scratch;
    found->message << words(what) << " at " << show_bare(early.string(scratch), longest_time);
    found->message << ", before the session started at " << show_bare(start.string(scratch), longest_time);
    found->related.push_back(
        {0, Place::value(start.index()), Message::of(words(start_name), " is the start of the session")});
  }
}

void check_sourceos_v2(const Context& context, const Receipt& receipt, FindingSink& sink) {
  const json::Value started = receipt[started_at];
  if (is_before(receipt[revoked_at], started)) {
    raise_order(sink, Rule::browser_time_revoked_before_start, receipt[revoked_at], "revoked", started, "startedAt");
  }
  if (is_before(receipt[captured_at], started)) {
    raise_order(sink, Rule::browser_time_captured_before_start, receipt[captured_at], "captured", started, "startedAt");
  }
  // `terminalState` may be left out while the session runs.
  const json::Value state = receipt[terminal_state];
  const json::Value revoked = receipt[revoked_at];
  const bool is_active = state ? state.equals("active") : (!revoked || revoked.is_null());
  check_origin(receipt, is_active, sink);
  if (is_active) check_lifetime(context, started, sink);
}

/// The end of a session as BearBrowser's updater writes it.
void check_end(const Receipt& receipt, FindingSink& sink) {
  const json::Value state = receipt[status];
  if (state && state.equals("failed")) sink.raise(Rule::browser_status_failed, Place::value(state.index()));
  const json::Value terminated = receipt[terminated_at];
  if (terminated) sink.raise(Rule::browser_terminated_extra, Place::value(terminated.index()));
}

void check_bearbrowser_v1(const Context& context, const Receipt& receipt, FindingSink& sink) {
  const json::Value root = context.root;
  const json::Value state = receipt[status];
  const bool is_active = state && state.equals("active");
  const bool is_revoked = state && state.equals("revoked");

  if (is_empty_array(receipt[evidence_refs])) {
    sink.raise(is_active ? Rule::browser_evidence_missing_open : Rule::browser_evidence_missing_ended,
               Place::value(receipt[evidence_refs].index()));
  }
  if (is_empty_array(receipt[permission_scope])) {
    sink.raise(is_active ? Rule::browser_scope_empty_active : Rule::browser_scope_empty_inactive,
               Place::value(receipt[permission_scope].index()));
  }
  const json::Value revoked = receipt[revoked_at];
  if (revoked && !is_revoked) {
    const bool is_overwritten = state && (state.equals("ended") || state.equals("failed"));
    Finding* found = sink.raise(is_overwritten ? Rule::browser_revoked_time_without_state_overwritten
                                               : Rule::browser_revoked_time_without_state,
                                Place::value(revoked.index()));
    if (found != nullptr && !is_overwritten) {
      if (state) found->message << "revokedAt is set, but status is " << quote(state);
    }
  }
  if (is_before(revoked, receipt[captured_at])) {
    raise_order(sink, Rule::browser_time_revoked_before_capture, revoked, "revoked", receipt[captured_at],
                "capturedAt");
  }
  const json::Value decision = receipt[policy_decision_ref];
  if (sink.wants(Rule::browser_policy_urn_spelling_accepted) && !is_blank(decision)) {
    std::string scratch;
    if (!json::starts_with(decision.string(scratch), "urn:srcos:decision:")) {
      sink.raise(Rule::browser_policy_urn_spelling_accepted, Place::value(decision.index()));
    }
  }
  if (is_active) {
    const bool no_tabs = !receipt.has(tab_scope) || is_empty_array(receipt[tab_scope]);
    const bool no_name = is_blank(receipt[display_name]);
    if (no_tabs || no_name) {
      if (Finding* found = sink.raise(Rule::browser_card_fields_missing, Place::value(root.index()))) {
        found->message << "the session card needs "
                       << (no_tabs ? (no_name ? "tabScope and displayName" : "tabScope") : "displayName");
      }
    }
  }
  check_origin(receipt, is_active, sink);
  check_end(receipt, sink);
  if (is_active) check_lifetime(context, receipt[captured_at], sink);
}

// Gives the findings that the schema raised their words and fixes.
void word_browser(const Context& context, std::vector<Finding>& findings) {
  const bool to_sourceos = context.dialect == Dialect::browser_receipt_sourceos_v2;
  for (Finding& finding : findings) {
    if (finding.rule_case != Rule::browser_scope_dialect_mix || finding.place.part != Place::Part::value) continue;
    const json::Value value(&context.root.document(), finding.place.node);
    if (!value.is_string()) continue;
    std::string scratch;
    const std::string_view word = value.string(scratch);
    for (const Permission& permission : permissions) {
      const std::string_view foreign = to_sourceos ? permission.bearbrowser : permission.sourceos;
      const std::string_view own = to_sourceos ? permission.sourceos : permission.bearbrowser;
      if (foreign != word) continue;
      finding.message.clear();  // the schema has said what is allowed
      finding.message << quote(word)
                      << (to_sourceos ? " is BearBrowser v1's word; sourceos-spec v2 "
                                      : " is sourceos-spec v2's word; BearBrowser v1 ");
      if (own.empty()) {
        finding.message << "has none for it";
        finding.help = "Leave it out, or write the receipt in the other dialect.";
        break;
      }
      finding.message << "says " << words(own);
      Fix fix;
      fix.safety = Fix::Safety::unsafe;
      fix.title << "Write " << words(own);
      fix.patch = "[{\"op\":\"replace\",\"path\":";
      json::append_string(fix.patch, json::pointer_to(context.root.document(), value.index()));
      fix.patch += ",\"value\":";
      json::append_string(fix.patch, own);
      fix.patch += "}]";
      finding.fix = std::move(fix);
      break;
    }
  }
}

}  // namespace

bool is_beyond(std::int64_t nanoseconds, std::uint32_t ttl_minutes) {
  return nanoseconds > std::int64_t{ttl_minutes} * nanoseconds_per_minute;
}

Message describe_lifetime(std::int64_t nanoseconds, std::uint32_t ttl_minutes) {
  return Message::of("the session has been active for ", nanoseconds / nanoseconds_per_minute, " minutes; ",
                     ttl_minutes, ttl_minutes == 1 ? " is allowed" : " are allowed");
}

void check_browser(const Context& context, FindingSink& sink) {
  const Receipt receipt(context.root, keys);
  check_identifier(receipt[context.dialect == Dialect::browser_receipt_bearbrowser_v1 ? receipt_id : id], false, sink);
  check_shown_text(receipt[display_name], text::Hosts::in_urls, sink);
  check_shown_text(receipt[tab_scope], text::Hosts::anywhere, sink);
  check_shown_text(receipt[controlled_scope], text::Hosts::anywhere, sink);
  check_reference(receipt[policy_decision_ref], policy_reference, sink);
  check_reference(receipt[session_ref], session_reference, sink);
  check_owner(receipt[owner_ref], sink);
  check_scope(receipt[permission_scope], sink);
  check_label(receipt[display_name], sink);
  check_pages(receipt, sink);
  switch (context.dialect) {
    case Dialect::browser_receipt_seed: check_seed(receipt, sink); break;
    case Dialect::browser_receipt_sourceos_v2: check_sourceos_v2(context, receipt, sink); break;
    default: check_bearbrowser_v1(context, receipt, sink); break;
  }
  if (sink.explaining()) word_browser(context, sink.findings());
}

}  // namespace bearproof::rules
