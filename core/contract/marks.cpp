#include "marks.h"

#include <array>
#include <cstddef>
#include <string>

#include "bearproof/contract/key_map.h"
#include "bearproof/json/bytes.h"

namespace bearproof::contract {
namespace {

constexpr Mark marks[] = {
#define MARK(name, key, value) {Dialect::name, key, value, ""},
#define MARK_WITH_KIND(name, key, value, kind) {Dialect::name, key, value, kind},
#include "bearproof/catalogue/kinds.def"
};

constexpr std::size_t count_of(std::string_view key) {
  std::size_t count = 0;
  for (const Mark& mark : marks) count += mark.key == key ? 1u : 0u;
  return count;
}

/// The marks of one key: a perfect hash over their values.
template <std::size_t N>
struct MarksOfKey {
  std::array<const Mark*, N> marks_of_key;
  KeyMap<N> values;

  const Mark* find(std::string_view value) const {
    const int index = values.find(value);
    return index < 0 ? nullptr : marks_of_key[static_cast<std::size_t>(index)];
  }
};

template <std::size_t N>
consteval MarksOfKey<N> marks_with(std::string_view key) {
  std::array<const Mark*, N> found{};
  std::array<std::string_view, N> values{};
  std::size_t count = 0;
  for (const Mark& mark : marks) {
    if (mark.key != key) continue;
    found[count] = &mark;
    values[count] = mark.value;
    ++count;
  }
  return {found, KeyMap<N>(values)};
}

#define BEARPROOF_MARKS(name, key) constexpr auto name = marks_with<count_of(key)>(key)
BEARPROOF_MARKS(by_api_version, "api_version");
BEARPROOF_MARKS(by_api_version_camel, "apiVersion");
BEARPROOF_MARKS(by_kind, "kind");
BEARPROOF_MARKS(by_schema, "schema");
BEARPROOF_MARKS(by_schema_version, "schema_version");
BEARPROOF_MARKS(by_schema_version_camel, "schemaVersion");
BEARPROOF_MARKS(by_type, "type");
BEARPROOF_MARKS(by_v, "v");
#undef BEARPROOF_MARKS

static_assert(by_api_version.values.size() + by_api_version_camel.values.size() + by_kind.values.size() +
                      by_schema.values.size() + by_schema_version.values.size() +
                      by_schema_version_camel.values.size() + by_type.values.size() + by_v.values.size() ==
                  std::size(marks),
              "kinds.def marks a key that recognition does not look at");

constexpr VersionFamily families[] = {
    {"api_version", "workstation-contracts.socios.io/", "WorkstationContract",
     "workstation-contracts.socios.io/v0.1 or /v0.2"},
    {"apiVersion", "agentplane.", "Bundle", "agentplane.socioprophet.org/v0.1 or /v0.2"},
    {"v", "ipc.v", "", "ipc.v0"},
    {"v", "run-receipt.v", "", "run-receipt.v0"},
    {"schemaVersion", "bearbrowser.browser_automation_receipt.", "", "bearbrowser.browser_automation_receipt.v1"},
    {"schemaVersion", "bearbrowser.policy_decision.", "", "bearbrowser.policy_decision.v1"},
    {"schemaVersion", "bearbrowser.policy_action.", "", "bearbrowser.policy_action.v1"},
    {"schemaVersion", "bearbrowser.provenance.", "", "bearbrowser.provenance.v1"},
    {"schemaVersion", "host-interfaces/envelope/", "", "host-interfaces/envelope/v1"},
    {"schema_version", "sourceos.event.", "", "sourceos.event.v0.1"},
    {"schema_version", "sourceos.process-provenance.", "", "sourceos.process-provenance.v0.1"},
    {"schema_version", "sourceos.service.", "", "sourceos.service.v0.1"},
    {"schema_version", "sourceos.capability.", "", "sourceos.capability.v0.1"},
    {"schema_version", "sourceos.launch_manifest.", "", "sourceos.launch_manifest.v0.1"},
    {"schema_version", "sourceos.launch-manifest.", "", "sourceos.launch_manifest.v0.1, with an underscore"},
    {"schema_version", "sourceos.incident.", "", "sourceos.incident.v0.1"},
    {"schema_version", "sourceos.policy-explanation-registry.", "", "sourceos.policy-explanation-registry.v0.1"},
    {"schema_version", "sourceos.policy-observation.", "", "sourceos.policy-observation.v0.1"},
    {"schema", "sourceos.state-integrity-report/", "", "sourceos.state-integrity-report/v1alpha1"},
    {"schema", "sourceos.repair-plan/", "", "sourceos.repair-plan/v1alpha1"},
    {"schema", "sourceos.policy-decision/", "", "sourceos.policy-decision/v1alpha1"},
    {"schema", "sourceos.agent-trust-decision/", "", "sourceos.agent-trust-decision/v1alpha1"},
    {"schema", "sourceos.delivery-scorecard/", "", "sourceos.delivery-scorecard/v1alpha1"},
    {"schema", "sourceos.lampstand-evidence/", "", "sourceos.lampstand-evidence/v1alpha1"},
};

}  // namespace

std::span<const Mark> all_marks() { return marks; }

const Mark* find_mark(std::string_view key, json::Value member) {
  std::string scratch;
  const std::string_view value = member.has_escapes() ? member.string(scratch) : member.raw();
  // The keys differ in length, but for `type` and `kind`.
  switch (key.size()) {
    case 1: return by_v.find(value);
    case 4: return key[0] == 't' ? by_type.find(value) : by_kind.find(value);
    case 6: return by_schema.find(value);
    case 10: return by_api_version_camel.find(value);
    case 11: return by_api_version.find(value);
    case 13: return by_schema_version_camel.find(value);
    case 14: return by_schema_version.find(value);
    default: return nullptr;
  }
}

const VersionFamily* find_version_family(std::string_view key, std::string_view value) {
  for (const VersionFamily& family : families) {
    if (family.key == key && json::starts_with(value, family.prefix)) return &family;
  }
  return nullptr;
}

}  // namespace bearproof::contract
