// Git workspace states: expected states have a low severity, the record agrees with itself, and no raw path is kept.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/quotation.h"

#include "families.h"
#include "fields.h"
#include "home_path.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  actionability,
  expected_negative_state,
  git_facts,
  operation,
  path_evidence,
  severity,
  state,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "actionability", "expectedNegativeState", "gitFacts", "operation", "pathEvidence", "severity", "state"});

enum State : std::uint8_t {
  // expected: nothing is wrong, there is just no Git to work with
  not_a_repo,
  bare_repo,
  worktree_no_remote,
  detached_head,
  inside_git_dir,
  operation_superseded,
  // a worktree
  repo_root,
  inside_worktree,
  // something is wrong
  corrupt_repo,
  permission_denied,
  state_count
};

constexpr contract::KeyMap<state_count> states(std::array<std::string_view, state_count>{
    "not_a_repo", "bare_repo", "worktree_no_remote", "detached_head", "inside_git_dir", "operation_superseded",
    "repo_root", "inside_worktree", "corrupt_repo", "permission_denied"});

using Record = contract::Members<key_count>;

State state_of(json::Value value) {
  if (!value || !value.is_string()) return state_count;
  std::string scratch;
  const int found = states.find(value.string(scratch));
  return found < 0 ? state_count : static_cast<State>(found);
}

/// Whether an operation that was asked for cannot work in this state. What it needs is known from its class only.
bool needs_what_is_absent(State in, json::Value command_class) {
  switch (in) {
    case not_a_repo: return index_of(command_class, {"config", "watcher"}) < 0;
    case worktree_no_remote: return is(command_class, "remote");
    case bare_repo:
    case inside_git_dir: return is(command_class, "status");
    case detached_head: return is(command_class, "symbolic_ref");
    default: return false;
  }
}

void check_severity(const Record& record, State in, json::Value command_class, FindingSink& sink) {
  const json::Value level = record[severity];
  if (!level) return;
  const bool is_flagged = is_true(record[expected_negative_state]);
  const bool is_worktree = in == repo_root || in == inside_worktree;
  const bool is_expected = in <= operation_superseded || (is_flagged && !is_worktree);
  const bool is_passive = index_of(record[operation], {"passive_discovery", "watcher_refresh"}) >= 0;
  const bool is_quiet = index_of(level, {"debug", "info"}) >= 0;
  const Place place = Place::value(level.index());

  if (is_flagged && is_worktree) {
    sink.raise(Rule::git_expected_flag, Place::value(record[expected_negative_state].index()));
  }
  if (is_expected && is_passive && index_of(level, {"warning", "error"}) >= 0) {
    if (Finding* found = sink.raise(Rule::git_severity_expected_negative, place)) {
      found->message << words(states[in]) << ", seen in passing, is reported as " << quote(level);
    }
  }
  if (is_expected && is_quiet && needs_what_is_absent(in, command_class) &&
      index_of(record[operation], {"user_requested_command", "agent_requested_command", "ci_validation"}) >= 0) {
    sink.raise(Rule::git_severity_needs_git, place);
  }
  if ((in == corrupt_repo || in == permission_denied) && is_quiet && !is_flagged) {
    if (Finding* found = sink.raise(Rule::git_severity_corrupt, place)) {
      found->message << words(states[in]) << " is reported as " << quote(level);
    }
  }
  const json::Value action = record[actionability];
  if (is(action, "none") && is(level, "error")) {
    if (Finding* found = sink.raise(Rule::git_actionability, Place::value(action.index()))) {
      found->message = "severity error with actionability none gives nobody anything to do";
    }
  }
  if (is_expected && is_passive && index_of(action, {"blocked", "quarantined"}) >= 0) {
    if (Finding* found = sink.raise(Rule::git_actionability_passive, Place::value(action.index()))) {
      found->message << "nobody asked for anything, " << words(states[in])
                     << " is an expected state, and actionability is " << quote(action);
    }
  }
}

void contradicts(State in, std::string_view name, json::Value fact, json::Value state_value, FindingSink& sink) {
  Finding* found = sink.raise(Rule::git_facts_contradict, Place::value(fact.index()));
  if (found == nullptr) return;
  found->message << "the state is " << words(states[in]) << ", but " << words(name) << " is " << quote(fact);
  found->related.push_back({0, Place::value(state_value.index()), "the state"});
}

void check_facts(State in, json::Value facts, json::Value state_value, FindingSink& sink) {
  const auto unless = [&](std::string_view name, bool (*fits)(json::Value)) {
    const json::Value fact = facts.find(name);
    if (fact && !fits(fact)) contradicts(in, name, fact, state_value, sink);
  };
  constexpr auto is_null = [](json::Value fact) { return fact.is_null(); };
  switch (in) {
    case not_a_repo:
      for (const std::string_view name : {"branch", "headSha", "worktreeRootDigest"}) unless(name, is_null);
      break;
    case detached_head:
      // "HEAD" is what Git itself calls the branch then.
      unless("branch", [](json::Value fact) { return fact.is_null() || fact.equals("HEAD"); });
      break;
    case worktree_no_remote: unless("remoteState", [](json::Value fact) { return !fact.equals("available"); }); break;
    case inside_git_dir: unless("gitDirDigest", [](json::Value fact) { return !fact.is_null(); }); break;
    default: break;
  }
}

/// No string of the record may hold somebody's home, wherever it stands.
void check_paths(json::Value value, FindingSink& sink) {
  if (value.is_string()) {
    std::string scratch;
    if (holds_home_path(value.string(scratch))) sink.raise(Rule::git_path_raw_found, Place::value(value.index()));
  }
  for (const json::Value item : value.items()) check_paths(item, sink);
  for (const json::Member member : value.members()) check_paths(member.value, sink);
}

}  // namespace

void check_git(const Context& context, FindingSink& sink) {
  const Record record(context.root, keys);
  const State in = state_of(record[state]);
  const json::Value facts = record[git_facts];
  const bool has_facts = facts && facts.is_object();
  if (in != state_count) {
    check_severity(record, in, has_facts ? facts.find("commandClass") : json::Value(), sink);
    if (has_facts) check_facts(in, facts, record[state], sink);
  }
  if (const json::Value path = record[path_evidence]; path && is(path.find("redaction"), "digest_only")) {
    const json::Value hint = path.find("redactedPathHint");
    if (is_set(hint)) {
      if (Finding* found = sink.raise(Rule::git_path_hint_inconsistent, Place::value(hint.index()))) {
        found->message << "redaction is digest_only, but redactedPathHint is " << quote(hint);
      }
    }
  }
  check_paths(context.root, sink);
}

}  // namespace bearproof::rules
