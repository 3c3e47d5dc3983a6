// What was observed of a policy's decision, against the registry that says what its code means.
#include <cstddef>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"

#include "duplicates.h"
#include "families.h"
#include "fields.h"

namespace bearproof::rules {
namespace {

/// One code of sourceos-syncd's registry (policy/explanation-codes.v0.1.json). Lists are separated by spaces; "*"
/// stands for any.
struct Code {
  std::string_view code;
  std::string_view result;
  std::string_view outcome;
  std::string_view severity;
  std::string_view risk;
  bool stricter;  ///< an observation may be more severe
  std::string_view operations;
  std::string_view targets;
};

constexpr Code registry[] = {
    {"POLICY_EXPECTED_METADATA_BOUNDARY", "deny", "blocked_expected", "notice", "low", false,
     "file-read-data file.read.data filesystem.read.data",
     "package_binary_directory package_binary system_binary_directory executable_metadata"},
    {"POLICY_EXPECTED_NETWORK_DISABLED", "deny", "blocked_expected", "notice", "low", false,
     "network.lookup network.egress trust.network.lookup mach-lookup ipc.lookup",
     "network trust_service icloud_documents_service external_endpoint com.apple.bird"},
    {"POLICY_UNEXPECTED_FILE_READ", "deny", "blocked_unexpected", "warning", "medium", true,
     "file-read-data file.read.data filesystem.read.data filesystem.metadata.read",
     "user_private_file sealed_secret package_binary_directory system_binary_directory unknown_file"},
    {"POLICY_ATTACK_LIKE_PRIVILEGE_BOUNDARY_PROBE", "deny", "blocked_attack_like", "critical", "critical", false,
     "identity.credential.read identity.role.escalate kernel.control agent.control ipc.lookup.privileged "
     "filesystem.privileged.read",
     "credential_store kernel_control agent_control_plane privileged_ipc_service management_profiles sealed_secret"},
    {"POLICY_DEGRADED_TRUST_LOCAL_ONLY", "degrade", "degraded", "warning", "medium", true,
     "trust.evaluate trust.network.lookup package.verify signature.verify",
     "package_binary system_binary agent_runtime container_image trust_root"},
    {"POLICY_EXPECTED_ENTITLEMENT_BOUNDARY", "deny", "blocked_expected", "notice", "low", true,
     "ipc.lookup.profile-read-system identity.profile.read management.profile.read ipc.lookup.privileged",
     "system_management_profiles management_profiles privileged_ipc_service"},
    {"POWER_DARKWAKE_NETWORK_KEEPALIVE_ALLOWED", "allow", "allowed", "info", "low", true,
     "network.keepalive.offload power.darkwake.network network.scan.offload", "wifi_en0 network_interface power_state"},
    {"POLICY_EXPECTED_TEST_BOUNDARY", "deny", "blocked_expected", "notice", "low", false, "ipc.lookup.example",
     "example_ipc_service"},
};

const Code* find_code(json::Value name) {
  for (const Code& code : registry) {
    if (is(name, code.code)) return &code;
  }
  return nullptr;
}

/// Whether a list separated by spaces names the word.
bool lists(std::string_view list, json::Value word) {
  while (!list.empty()) {
    const std::size_t end = list.find(' ');
    const std::string_view one = list.substr(0, end);
    if (one == "*" || is(word, one)) return true;
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
  return false;
}

void raise(FindingSink& sink, RuleCase rule, json::Value value, std::string_view what, std::string_view registered) {
  if (Finding* found = sink.raise(rule, Place::value(value.index()))) {
    found->message << words(what) << " " << quote(value) << " contradicts the registry's " << quote(registered);
  }
}

/// A member of a code's entry that an observation may repeat, but not contradict.
void compare(FindingSink& sink, RuleCase rule, json::Value observation, std::string_view key,
             std::string_view registered) {
  const json::Value value = at(observation, key);
  if (value && value.is_string() && !value.equals(registered)) raise(sink, rule, value, key, registered);
}

void check_observation(json::Value root, FindingSink& sink) {
  const json::Value name = at(root, "explanation_code");
  if (!name || !name.is_string()) return;
  const Code* code = find_code(name);
  if (code == nullptr) {
    if (Finding* found = sink.raise(Rule::policy_code_unknown, Place::value(name.index()))) {
      found->message << "explanation code " << quote(name) << " is not registered";
    }
    return;
  }
  compare(sink, Rule::policy_result_contradiction, root, "result", code->result);
  compare(sink, Rule::policy_outcome_contradiction, root, "semantic_outcome", code->outcome);
  compare(sink, Rule::policy_risk_contradiction, root, "risk", code->risk);
  const json::Value severity = at(root, "severity");
  const int loud = loudness(severity);
  const int registered = loudness(code->severity);
  if (loud >= 0 && (loud < registered || (loud > registered && !code->stricter))) {
    raise(sink, Rule::policy_severity_contradiction, severity, "severity", code->severity);
  }
  const struct {
    std::string_view key;
    std::string_view what;
    std::string_view allowed;
    RuleCase rule;
  } lists_of[] = {{"operation", "operation ", code->operations, Rule::policy_operation_not_allowed},
                  {"target_class", "target class ", code->targets, Rule::policy_target_not_allowed}};
  for (const auto& list : lists_of) {
    const json::Value value = at(root, list.key);
    if (!value || !value.is_string() || lists(list.allowed, value)) continue;
    if (Finding* found = sink.raise(list.rule, Place::value(value.index()))) {
      found->message << words(list.what) << quote(value) << " is not allowed for " << words(code->code);
      found->help << "Choose the fitting code, or one of: " << words(list.allowed) << ".";
    }
  }
}

}  // namespace

void check_policy(const Context& context, FindingSink& sink) {
  if (context.dialect == Dialect::policy_observation) return check_observation(context.root, sink);
  check_duplicates(at(context.root, "codes"), "code", "code", Rule::policy_registry_duplicate, sink);
}

}  // namespace bearproof::rules
