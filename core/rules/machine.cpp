// Agent machines: what of the host an agent is given, which tools it finds there, and what each launch records. Rules
// about one member are in the schemas.
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/quotation.h"

#include "device_value.h"
#include "duplicates.h"
#include "families.h"
#include "fields.h"
#include "host_path.h"
#include "secret_path.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  allowed_roots,
  download_policy,
  mount,
  mounted_paths,
  mounts,
  planes,
  tools,
  workspace_root,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "allowedRoots", "downloadPolicy", "mount", "mountedPaths", "mounts", "planes", "tools", "workspaceRoot"});

/// What a mount may hold depends on the contract that it stands in.
struct Surroundings {
  json::Value workspace_root;  ///< false where none is named
  bool is_strict = false;      ///< an allowlist names paths, not patterns
};

bool is_slash(char c) { return c == '/' || c == '\\'; }

bool has_dot_dot(std::string_view path) {
  for (std::size_t at = path.find(".."); at != std::string_view::npos; at = path.find("..", at + 2)) {
    const bool starts = at == 0 || is_slash(path[at - 1]);
    if (starts && (at + 2 == path.size() || is_slash(path[at + 2]))) return true;
  }
  return false;
}

bool lies_outside(std::string_view path, json::Value root) {
  if (!root || !root.is_string()) return false;
  std::string scratch;
  std::string_view inside = root.string(scratch);
  while (inside.size() > 1 && inside.ends_with('/')) inside.remove_suffix(1);
  if (inside == "/" || inside.empty() || !path.starts_with('/')) return false;
  return !path.starts_with(inside) || (path.size() > inside.size() && path[inside.size()] != '/');
}

void check_whole_home(std::string_view path, json::Value at, FindingSink& sink) {
  const HostPart part = host_part(path);
  if (part == HostPart::other) return;
  if (Finding* found = sink.raise(Rule::machine_mount_whole_home, Place::value(at.index()))) {
    found->message << quote(path)
                   << (part == HostPart::home ? " is a whole home directory, or holds one"
                                              : " is a whole Downloads folder");
  }
}

/// A path of the host that is given to the agent.
void check_source(json::Value source, json::Value grant, FindingSink& sink) {
  if (!source || !source.is_string()) return;
  std::string scratch;
  const std::string_view path = source.string(scratch);
  const std::string_view secret = secret_place(path);
  if (secret.empty()) return check_whole_home(path, source, sink);
  const RuleCase rule = is_set(grant) ? Rule::machine_mount_host_secret_granted : Rule::machine_mount_host_secret;
  if (Finding* found = sink.raise(rule, Place::value(source.index()))) {
    found->message << "the mount gives the agent " << words(secret);
    if (is_set(grant)) found->message << ", under a grant";
  }
}

void check_target(json::Value target, json::Value root, FindingSink& sink) {
  if (!target || !target.is_string()) return;
  std::string scratch;
  const std::string_view path = target.string(scratch);
  if (has_dot_dot(path) || lies_outside(path, root)) {
    if (Finding* found = sink.raise(Rule::machine_mount_path_escape, Place::value(target.index()))) {
      if (!has_dot_dot(path)) {
        found->message << quote(path) << " lies outside the workspace";
        found->related.push_back({0, Place::value(root.index()), "the workspace"});
      }
    }
  } else {
    check_whole_home(path, target, sink);
  }
}

bool allows_everything(std::string_view entry, bool is_strict) {
  if (entry.find_first_not_of(" \t*/\\") == std::string_view::npos) return true;
  if (entry.find("://") != std::string_view::npos || host_part(entry) != HostPart::other) return true;
  return is_strict && entry.find('*') != std::string_view::npos;
}

void check_allowlist(json::Value list, bool is_strict, FindingSink& sink) {
  if (!list) return;
  std::string scratch;
  for (const json::Value item : list.items()) {
    if (!item.is_string()) continue;
    const std::string_view entry = item.string(scratch);
    if (has_dot_dot(entry)) {
      sink.raise(Rule::machine_mount_path_escape, Place::value(item.index()));
    } else if (allows_everything(entry, is_strict)) {
      if (Finding* found = sink.raise(Rule::machine_mount_allowlist_wildcard, Place::value(item.index()))) {
        found->message << "the entry " << quote(entry) << " allows more than a path";
      }
    }
  }
}

void check_mount(json::Value one, const Surroundings& around, FindingSink& sink) {
  if (!one.is_object()) return;
  check_source(one.find("hostPath"), one.find("secretGrantRef"), sink);
  check_target(one.find("agentPath"), around.workspace_root, sink);
  check_allowlist(one.find("repoAllowlist"), around.is_strict, sink);
}

void check_mounts(json::Value list, const Surroundings& around, FindingSink& sink) {
  if (!list) return;
  for (const json::Value one : list.items()) check_mount(one, around, sink);
}

/// No two planes may be one.
void check_planes(json::Value all, FindingSink& sink) {
  constexpr std::string_view names[] = {"host", "machine", "container", "repo", "user", "agent"};
  json::Value refs[std::size(names)];
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const json::Value plane = all.find(names[i]);
    refs[i] = plane ? plane.find("ref") : json::Value();
    if (!refs[i]) continue;
    for (std::size_t k = 0; k < i; ++k) {
      if (!refs[k] || !equal_values(refs[i], refs[k])) continue;
      if (Finding* found = sink.raise(Rule::machine_planes_missing_same, Place::value(refs[i].index()))) {
        found->message << "the planes " << words(names[k]) << " and " << words(names[i]) << " have the same name";
        found->related.push_back({0, Place::value(refs[k].index()), "the other plane"});
      }
      break;
    }
  }
}

/// Values of one device, wherever they stand; but versions look like addresses, and an egress list holds them.
void check_device_values(json::Value value, FindingSink& sink) {
  if (value.is_string()) {
    std::string scratch;
    const std::string_view kind = device_value(value.string(scratch));
    if (kind.empty()) return;
    if (Finding* found = sink.raise(Rule::machine_value_device_specific, Place::value(value.index()))) {
      found->message << words(kind) << " belongs to one device and not into a contract";
    }
  }
  for (const json::Value item : value.items()) check_device_values(item, sink);
  for (const json::Member member : value.members()) {
    std::string scratch;
    const std::string_view key = member.key.string(scratch);
    if (key.ends_with("ersion") || key == "toolVersions" || key == "egressAllowlist") continue;
    check_device_values(member.value, sink);
  }
}

void check_mount_policy(const contract::Members<key_count>& top, FindingSink& sink) {
  if (const json::Value roots = top[allowed_roots]) {
    for (const json::Value root : roots.items()) check_source(root.find("path"), {}, sink);
  }
  const json::Value downloads = top[download_policy];
  if (!downloads) return;
  check_source(downloads.find("defaultHostPath"), {}, sink);
  const json::Value whole = downloads.find("mountWholeDownloadsDirectoryAllowed");
  if (whole && whole.is_true()) {
    sink.raise(Rule::machine_mount_whole_home_allowed, Place::value(whole.index()));
  }
}

}  // namespace

void check_machine(const Context& context, FindingSink& sink) {
  const contract::Members<key_count> top(context.root, keys);
  switch (context.dialect) {
    case Dialect::agent_machine_local_data_plane: return check_mounts(top[mounts], {}, sink);
    case Dialect::agent_machine_mount_policy: return check_mount_policy(top, sink);
    case Dialect::agent_machine_profile: {
      Surroundings around{{}, true};
      if (const json::Value all = top[planes]) {
        check_planes(all, sink);
        if (const json::Value agent = all.find("agent")) around.workspace_root = agent.find("workspaceRoot");
      }
      check_mounts(top[mounts], around, sink);
      break;
    }
    case Dialect::agent_workspace_mount:
      if (const json::Value one = top[mount]) check_mount(one, {top[workspace_root], true}, sink);
      break;
    case Dialect::agent_machine_fingerprint: check_mounts(top[mounted_paths], {{}, true}, sink); break;
    default: check_duplicates(top[tools], "toolId", "tool", Rule::machine_tool_duplicate, sink); break;
  }
  check_device_values(context.root, sink);
}

}  // namespace bearproof::rules
