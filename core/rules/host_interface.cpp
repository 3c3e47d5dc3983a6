// Requests to interfaces of the host: what was allowed has to be covered by a grant, and recorded as it was decided.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/strings.h"
#include "bearproof/schema/instant.h"

#include "families.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t {
  decided_at,
  grant,
  grant_id,
  interface_kind,
  receipt,
  requested_capabilities,
  result,
  workspace_id,
  key_count
};

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "decidedAt", "grant", "grantId", "interfaceKind", "receipt", "requestedCapabilities", "result", "workspaceId"});

using Envelope = contract::Members<key_count>;

bool is_string(json::Value value) { return value && value.is_string(); }

/// Whether the grant is for something other than what was asked for; what either leaves out is not compared.
bool is_for_another(json::Value granted, json::Value asked) {
  return is_string(granted) && is_string(asked) && !json::equal_values(granted, asked);
}

bool has_ended(json::Value ends, json::Value decided) {
  if (!is_string(ends) || !is_string(decided)) return false;
  std::string ends_scratch;
  std::string decided_scratch;
  const auto end = schema::Instant::parse(ends.string(ends_scratch));
  const auto instant = schema::Instant::parse(decided.string(decided_scratch));
  return end && instant && *end <= *instant;
}

/// Of what was asked for, the first thing that the grant does not cover; false if there is none.
json::Value uncovered(json::Value wanted, json::Value scope) {
  if (!wanted || !scope || !scope.is_array()) return {};
  const std::vector<json::Value> covered = json::sorted_strings(scope);
  if (json::holds(covered, "*")) return {};
  std::string scratch;
  for (const json::Value capability : wanted.items()) {
    if (capability.is_string() && !json::holds(covered, capability.string(scratch))) return capability;
  }
  return {};
}

/// Why the grant does not allow this; "" if it does.
Message fault_of_grant(const Envelope& envelope) {
  const json::Value given = envelope[grant];
  if (!given || !given.is_object()) return "there is no grant";
  const json::Value revoked = given.find("revoked");
  const json::Value revoked_at = given.find("revokedAt");
  if ((revoked && revoked.is_true()) || (revoked_at && revoked_at.is_string())) return "the grant is revoked";
  if (has_ended(given.find("expiresAt"), envelope[decided_at])) return "the grant had expired when it was decided";
  if (is_for_another(given.find("interfaceKind"), envelope[interface_kind]) ||
      is_for_another(given.find("kind"), envelope[interface_kind])) {
    return "the grant is for another interface";
  }
  if (is_for_another(given.find("workspaceId"), envelope[workspace_id])) return "the grant is for another workspace";
  if (const json::Value missing = uncovered(envelope[requested_capabilities], given.find("scope"))) {
    return Message::of("the grant does not cover ", quote(missing));
  }
  return {};
}

}  // namespace

void check_host_interface(const Context& context, FindingSink& sink) {
  const Envelope envelope(context.root, keys);
  if (envelope.has(result) && envelope[result].equals("allow")) {
    const Message fault = fault_of_grant(envelope);
    if (!fault.empty()) {
      if (Finding* found = sink.raise(Rule::hostif_allow_invalid_grant, Place::value(envelope[result].index()))) {
        found->message << "allowed, but " << fault;
        if (envelope.has(grant)) found->related.push_back({0, Place::value(envelope[grant].index()), "the grant"});
      }
    }
  }
  const json::Value record = envelope[receipt];
  if (!record) return;
  for (const Key key : {result, interface_kind, workspace_id, grant_id}) {
    json::Value own = envelope[key];
    if (!own && key == grant_id && envelope.has(grant)) own = envelope[grant].find("grantId");
    const json::Value recorded = record.find(keys[key]);
    if (!is_string(own) || !recorded || json::equal_values(own, recorded)) continue;
    if (Finding* found = sink.raise(Rule::hostif_receipt_mismatch, Place::value(recorded.index()))) {
      found->message << "the receipt says " << quote(recorded) << ", the envelope says " << quote(own);
      found->related.push_back({0, Place::value(own.index()), "what the envelope says"});
    }
  }
}

}  // namespace bearproof::rules
