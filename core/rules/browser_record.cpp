// Records of BearBrowser that receipts lean on: policy actions and provenance events. What one field alone can be wrong
// about, and holds, are in the schemas (x-bearproof-rule). Policy decisions need nothing else.
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/bytes.h"
#include "bearproof/json/quotation.h"

#include "browser_text.h"
#include "families.h"
#include "fields.h"

namespace bearproof::rules {
namespace {

/// A word that BearBrowser's scripts write and its contract does not list.
void tell_unlisted(json::Value word, std::string_view member, FindingSink& sink) {
  if (Finding* found = sink.raise(Rule::browser_word_unlisted, Place::value(word.index()))) {
    found->message << "BearBrowser's scripts write " << words(member) << " " << quote(word)
                   << ", its contract does not list it";
  }
}

void check_resolution(json::Value root, FindingSink& sink) {
  const json::Value resolved = at(at(root, "target"), "resolvedFromActionId");
  if (!resolved || !resolved.is_string()) return;
  const json::Value decision = at(root, "decision");
  const json::Value state = at(decision, "state");
  const json::Value mode = at(decision, "mode");
  std::string scratch;
  if (is(at(root, "actionId"), resolved.string(scratch))) {
    if (Finding* found = sink.raise(Rule::browser_resolution_unsound, Place::value(resolved.index()))) {
      found->message = "an action cannot resolve itself";
    }
  }
  if (state && index_of(state, {"allow", "deny"}) < 0) {
    if (Finding* found = sink.raise(Rule::browser_resolution_unsound, Place::value(state.index()))) {
      found->message << "a resolution allows or denies; this one says " << quote(state);
    }
  }
  if (mode && !is(mode, "manual")) {
    if (Finding* found = sink.raise(Rule::browser_resolution_unsound, Place::value(mode.index()))) {
      found->message << "a resolution is a person's decision, with mode \"manual\"; this one says " << quote(mode);
    }
  }
}

void check_action(json::Value root, FindingSink& sink) {
  const json::Value kind = at(at(root, "target"), "kind");
  if (kind && !is_blank(kind) &&
      index_of(kind, {"url", "tab", "page", "credential", "file", "clipboard", "memory", "automation"}) < 0) {
    tell_unlisted(kind, "target.kind", sink);
  }
  const json::Value decision = at(root, "decision");
  const json::Value state = at(decision, "state");
  const json::Value mode = at(decision, "mode");
  if (state && mode && is(state, "not_evaluated") != is(mode, "not_evaluated")) {
    if (Finding* found = sink.raise(Rule::browser_decision_contradiction, Place::value(mode.index()))) {
      found->message << "the state is " << quote(state) << ", and the mode is " << quote(mode);
      found->related.push_back({0, Place::value(state.index()), "the state"});
    }
  }
  check_resolution(root, sink);
}

/// Looks for what BearBrowser's own redaction would have taken out.
void check_payload(json::Value value, FindingSink& sink) {
  if (sink.done()) return;
  if (value.is_array()) {
    for (const json::Value item : value.items()) check_payload(item, sink);
    return;
  }
  std::string scratch;
  for (const json::Member member : value.members()) {
    const std::string_view name = member.key.string(scratch);
    if (!mentions_secret(name)) {
      check_payload(member.value, sink);
    } else if (!is(member.value, "<REDACTED>")) {
      if (Finding* found = sink.raise(Rule::browser_event_secret_unredacted, Place::value(member.value.index()))) {
        found->message << "under " << quote(name) << " stands something other than \"<REDACTED>\"";
      }
    }
  }
}

void check_provenance(json::Value root, FindingSink& sink) {
  const json::Value type = at(root, "eventType");
  std::string scratch;
  if (type && type.is_string() && json::starts_with(type.string(scratch), "capture.")) {
    tell_unlisted(type, "eventType", sink);
  }
  const json::Value surface = at(root, "surface");
  if (is(surface, "capture-sidecar")) tell_unlisted(surface, "surface", sink);
  if (const json::Value payload = at(root, "payload")) check_payload(payload, sink);

  const json::Value decision = at(at(root, "policy"), "decision");
  const bool denied = index_of(type, {"automation.action_denied", "credential.denied", "memory.rejected"}) >= 0;
  const bool approved = index_of(type, {"automation.action_approved", "credential.granted", "memory.committed"}) >= 0;
  if ((denied && is(decision, "allow")) || (approved && index_of(decision, {"deny", "hold"}) >= 0)) {
    if (Finding* found = sink.raise(Rule::browser_decision_contradiction_event, Place::value(decision.index()))) {
      found->message << "the event is " << quote(type) << ", and its policy decision is " << quote(decision);
      found->related.push_back({0, Place::value(type.index()), "the event"});
    }
  }
}

}  // namespace

void check_browser_record(const Context& context, FindingSink& sink) {
  if (context.dialect == Dialect::browser_policy_action) return check_action(context.root, sink);
  check_provenance(context.root, sink);
}

}  // namespace bearproof::rules
