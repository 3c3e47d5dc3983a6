// Workstation contracts: what the labels of a contract ask of its lanes, and what the commands of its steps must not
// do.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"

#include "duplicates.h"
#include "families.h"
#include "host_path.h"
#include "shell_words.h"

namespace bearproof::rules {
namespace {

enum Label : std::uint8_t {
  agent_machine,
  office_plane,
  terminal_command,
  browser_session,
  local_agent_execution,
  file_conflict,
  asking_labels,
  workspace_ops = asking_labels,
  label_count
};

constexpr contract::KeyMap<label_count> labels(std::array<std::string_view, label_count>{
    "sourceos.agent_machine", "sourceos.office_plane", "sourceos.terminal_command", "sourceos.browser_session",
    "sourceos.local_agent_execution", "sourceos.file_conflict", "sourceos.workspace_ops"});

/// What the labels ask for, in their order.
constexpr contract::KeyMap<asking_labels> evidence(std::array<std::string_view, asking_labels>{
    "agent-machine.mount.evidence", "office.artifact.evidence", "terminal.command.evidence", "browser.capture.evidence",
    "agent.execution.evidence", "file.conflict.evidence"});

using Labels = std::uint32_t;
constexpr Labels bit(std::size_t label) { return 1u << label; }

Labels labels_of(json::Value contract) {
  const json::Value metadata = contract.find("metadata");
  const json::Value list = metadata ? metadata.find("labels") : json::Value();
  if (!list || !list.is_object()) return 0;
  const contract::Members<label_count> members(list, labels);
  Labels set = 0;
  for (std::size_t i = 0; i < label_count; ++i) {
    if (members.has(i) && members[i].equals("true")) set |= bit(i);
  }
  return set;
}

// ---- evidence ----

void check_evidence(json::Value lane, Labels wanted, FindingSink& sink) {
  json::Value place = lane;
  Labels emitted = 0;
  if (const json::Value block = lane.find("evidence")) {
    place = block;
    if (const json::Value emit = block.find("emit")) {
      place = emit;
      std::string scratch;
      for (const json::Value item : emit.items()) {
        const int known = item.is_string() ? evidence.find(item.string(scratch)) : -1;
        if (known >= 0) emitted |= bit(static_cast<std::size_t>(known));
      }
    }
  }
  const Labels missing = wanted & ~emitted;
  if (missing == 0) return;
  Finding* found = sink.raise(Rule::workstation_evidence_missing, Place::value(place.index()));
  if (found == nullptr) return;
  std::string what;
  std::string why;
  for (std::size_t i = 0; i < asking_labels; ++i) {
    if ((missing & bit(i)) == 0) continue;
    const bool last = (missing >> (i + 1)) == 0;
    for (std::string* text : {&what, &why}) {
      if (!text->empty()) *text += last ? " and " : ", ";
    }
    what += evidence[i];
    why += labels[i];
  }
  const json::Value name = lane.find("name");
  if (name && name.is_string()) {
    found->message << "lane " << quote(name);
  } else {
    found->message << "the lane";
  }
  found->message << " must emit " << words(what) << ": the contract is labelled " << words(why);
}

// ---- commands ----

/// What a command may say about the stores of Apple's programs; where a needle holds a slash, only in a path.
constexpr std::string_view apple_stores[] = {
    "notestore.sqlite",
    ".photoslibrary",
    "group.com.apple.notes",
    "group.com.apple.reminders",
    "group.com.apple.voicememos",
    "containers/com.apple.notes",
    "containers/com.apple.reminders",
    "containers/com.apple.voicememos",
    "application support/com.apple.voicememos",
    "application support/addressbook/reminders",
    "/voice memos",
    "/voicememos",
    "library/reminders",
};

std::string_view apple_store_in(std::string_view text) {
  for (const std::string_view needle : apple_stores) {
    if (text::contains_ignoring_case(text, needle)) return needle;
  }
  return {};
}

using Words = std::vector<std::string_view>;
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// The index behind the first word from `at` on that is called so; behind `--` come the words of another program.
std::size_t after(const Words& words, std::size_t at, std::string_view name) {
  if (at == none) return none;
  for (; at < words.size() && words[at] != "--"; ++at) {
    if (file_name(words[at]) == name) return at + 1;
  }
  return none;
}

/// An option among the words from `at` on; moves `at` to the next one.
struct Option {
  std::string_view name;
  std::string_view value;  ///< behind '=', or the next word
  bool assigned = false;   ///< behind '='
};

bool next_option(const Words& words, std::size_t& at, Option& option) {
  for (; at < words.size() && words[at] != "--"; ++at) {
    if (!words[at].starts_with("--")) continue;
    const std::size_t sign = words[at].find('=');
    option.assigned = sign != std::string_view::npos;
    option.name = words[at].substr(0, sign);
    ++at;
    option.value = option.assigned ? words[at - 1].substr(sign + 1) : at < words.size() ? words[at] : "";
    return true;
  }
  return false;
}

/// An option of `workspace-ops` that takes the ground away from under its own records.
struct Bypass {
  std::string_view command;
  std::string_view verb;
  std::string_view option;
  std::string_view value;  ///< "" for a switch
  Label label;
  RuleCase rule;
  RuleCase unlabelled;
};

constexpr Bypass bypasses[] = {
    {"terminal-command", "run", "--no-audit", "", terminal_command, Rule::workstation_ops_no_audit,
     Rule::workstation_ops_no_audit_unlabelled},
    {"web-capture", "take", "--capture-scope", "none", browser_session, Rule::workstation_ops_capture_scope_none,
     Rule::workstation_ops_capture_scope_none_unlabelled},
    {"local-agent-execution", "run", "--no-policy-gate", "", local_agent_execution,
     Rule::workstation_ops_no_policy_gate, Rule::workstation_ops_no_policy_gate_unlabelled},
};

class Step {
 public:
  /// @param run  the step's command, a string
  Step(json::Value run, Labels set, FindingSink& sink) : place_(Place::value(run.index())), labels_(set), sink_(sink) {
    std::string scratch;
    check(run.string(scratch), 0);
  }

 private:
  void check(std::string_view text, int depth) {
    ShellWords commands(text);
    Words words;
    while (commands.next(words)) {
      check_roots(words);
      check_bypasses(words);
      check_stores(words);
      check_inner(words, depth);
    }
  }

  void check_roots(const Words& words) {
    std::size_t at = after(words, after(words, after(words, 0, "sourceosctl"), "agent-machine"), "mounts");
    if (at == none) return;
    for (Option option; next_option(words, at, option);) {
      if (option.name != "--root" && !option.name.ends_with("-root")) continue;
      const HostPart part = host_part(option.value);
      if (part == HostPart::other) continue;
      const bool is_home = part == HostPart::home;
      Finding* found = sink_.raise(
          is_home ? Rule::workstation_mount_whole_home : Rule::workstation_mount_unscoped_downloads, place_);
      if (found == nullptr) continue;
      found->message << show_bare(option.name) << " " << quote(option.value) << " gives the agent "
                     << (is_home ? "a whole home directory" : "everything that was ever downloaded");
    }
  }

  void check_bypasses(const Words& words) {
    const std::size_t start = after(words, 0, "workspace-ops");
    if (start == none) return;
    for (const Bypass& bypass : bypasses) {
      std::size_t at = after(words, after(words, start, bypass.command), bypass.verb);
      if (at == none) continue;
      for (Option option; next_option(words, at, option);) {
        if (option.name != bypass.option) continue;
        if (bypass.value.empty() ? option.assigned && option.value == "false" : option.value != bypass.value) continue;
        const bool labelled = (labels_ & (bit(workspace_ops) | bit(bypass.label))) != 0;
        sink_.raise(labelled ? bypass.rule : bypass.unlabelled, place_);
      }
    }
  }

  void check_stores(const Words& words) {
    const bool inspects = after(words, after(words, after(words, 0, "sourceosctl"), "office"), "inspect") != none;
    for (const std::string_view word : words) {
      std::string_view store = apple_store_in(word);
      if (store.empty() && inspects) {
        for (const std::string_view name : {"voice memos", "voicememos", "photos library"}) {
          if (text::contains_ignoring_case(word, name)) store = name;
        }
      }
      if (store.empty()) continue;
      if (Finding* found = sink_.raise(Rule::workstation_office_raw_apple_app_db, place_)) {
        found->message << quote(word) << " lies in the store of one of Apple's own programs";
      }
      return;
    }
  }

  /// `sh -c "…"` is a command of its own.
  void check_inner(const Words& words, int depth) {
    if (depth == 2) return;
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
      const std::string_view shell = file_name(words[i]);
      if (shell != "sh" && shell != "bash" && shell != "zsh" && shell != "dash") continue;
      for (std::size_t k = i + 1; k + 1 < words.size() && words[k].starts_with('-'); ++k) {
        if (!words[k].starts_with("--") && words[k].ends_with('c')) return check(words[k + 1], depth + 1);
      }
    }
  }

  Place place_;
  Labels labels_;
  FindingSink& sink_;
};

// ---- lanes ----

void check_mounts(json::Value mounts, Labels set, FindingSink& sink) {
  std::string scratch;
  for (const json::Value mount : mounts.items()) {
    const json::Value source = mount.find("source");
    if (!source || !source.is_string()) continue;
    const std::string_view path = source.string(scratch);
    const Place place = Place::value(source.index());
    if (!apple_store_in(path).empty()) sink.raise(Rule::workstation_office_raw_apple_app_db, place);
    if ((set & bit(agent_machine)) == 0) continue;
    const HostPart part = host_part(path);
    if (part == HostPart::home) sink.raise(Rule::workstation_mount_whole_home, place);
    if (part == HostPart::downloads) sink.raise(Rule::workstation_mount_unscoped_downloads, place);
  }
}

}  // namespace

void check_workstation(const Context& context, FindingSink& sink) {
  const json::Value spec = context.root.find("spec");
  const json::Value lanes = spec ? spec.find("lanes") : json::Value();
  if (!lanes) return;
  const Labels set = labels_of(context.root);
  check_duplicates(lanes, "name", "lane", Rule::workstation_lane_duplicate_name, sink);
  for (const json::Value lane : lanes.items()) {
    if (!lane.is_object()) continue;
    check_evidence(lane, set & (bit(asking_labels) - 1), sink);
    if (const json::Value steps = lane.find("steps")) {
      for (const json::Value step : steps.items()) {
        const json::Value run = step.find("run");
        if (run && run.is_string()) Step(run, set, sink);
      }
    }
    if (const json::Value mounts = lane.find("mounts")) check_mounts(mounts, set, sink);
  }
}

}  // namespace bearproof::rules
