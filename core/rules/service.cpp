// Services and launch manifests: what one of them shows of capabilities that contradict each other, of names that are
// not the product's, and of the release gates.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/strings.h"
#include "bearproof/text/ascii.h"

#include "duplicates.h"
#include "families.h"
#include "fields.h"

namespace bearproof::rules {
namespace {

constexpr std::string_view upstream_leak = "identity.product.upstream_leak";
constexpr std::string_view remote_telemetry = "telemetry.emit.remote.default";

/// Whether `word`, in lower case, stands in the text as a word or at the start of one: "GoogleChrome" and
/// "chrome-helper" hold chrome, "Monochrome" does not.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
    const bool starts =
        i == 0 || !text::is_letter(text[i - 1]) || (text::is_upper(text[i]) && !text::is_upper(text[i - 1]));
    if (starts && text::starts_with_ignoring_case(text.substr(i), word)) return true;
  }
  return false;
}

void check_surface(json::Value name, FindingSink& sink) {
  if (!name || !name.is_string()) return;
  std::string scratch;
  const std::string_view text = name.string(scratch);
  // The first six are the engines' and their browsers' names, the rest those of other forks.
  constexpr std::string_view terms[] = {"firefox",   "mozilla",  "gecko",  "chromium",  "chrome",   "webkit",
                                        "librewolf", "waterfox", "icecat", "iceweasel", "palemoon", "seamonkey"};
  constexpr std::size_t upstream_count = 6;
  for (std::size_t i = 0; i < std::size(terms); ++i) {
    if (!has_word(text, terms[i])) continue;
    const RuleCase rule = i < upstream_count ? Rule::identity_upstream_leak : Rule::identity_engine_other_term;
    if (Finding* found = sink.raise(rule, Place::value(name.index()))) {
      found->message << "people will see " << quote(name) << ", which names " << words(terms[i]);
    }
    return;
  }
}

/// One fault of which the audit and a release gate speak is told once: by the gate where it counts for more.
void tell(FindingSink& sink, RuleCase audit, RuleCase gate, Place place) {
  sink.raise(sink.severity(gate) >= sink.severity(audit) ? gate : audit, place);
}

void check_overlap(json::Value list, json::Value denied, RuleCase rule, std::string_view what, FindingSink& sink) {
  if (!list || !denied || !sink.wants(rule)) return;
  const std::vector<json::Value> excluded = json::sorted_strings(denied);
  std::string scratch;
  for (const json::Value item : list.items()) {
    if (!item.is_string() || !json::holds(excluded, item.string(scratch))) continue;
    if (Finding* found = sink.raise(rule, Place::value(item.index()))) {
      found->message << quote(item) << words(what);
      found->related.push_back({0, Place::value(denied.index()), "denied here"});
    }
  }
}

void check_gates(json::Value root, bool is_app, FindingSink& sink) {
  const json::Value gates = at(root, "release_gates");
  const json::Value launch = at(gates, "hermetic_launch_manifest");
  if (is_app && is_blank(launch)) {
    sink.raise(Rule::release_gate_4_launch, place_of(launch, gates ? gates : root));
  }
  const json::Value classes = at(gates, "incident_fault_classes");
  std::string missing;
  for (const std::string_view one :
       {"crashes", "denial-storms", "wake-anomalies", "identity-mismatches", "parser-faults"}) {
    if (!holds(classes, one)) missing.append(missing.empty() ? "" : ", ").append(one);
  }
  const json::Value bundle = at(at(root, "observability"), "incident_bundle");
  if (bundle && !is_true(bundle)) {
    tell(sink, Rule::service_incident_off, Rule::release_gate_5_incident, Place::value(bundle.index()));
  } else if (!missing.empty()) {
    const Place place = place_of(classes, gates ? gates : root);
    if (Finding* found = sink.raise(Rule::release_gate_5_incident, place)) {
      found->message << "release gate 5: incident bundles do not cover " << words(missing);
    }
  }
  const struct {
    std::string_view key;
    RuleCase rule;
  } promises[] = {{"no_silent_remote_trust", Rule::release_gate_6_remote_trust},
                  {"coalesces_expected_denials", Rule::release_gate_8_coalesce},
                  {"privacy_causal_structure", Rule::release_gate_9_privacy}};
  for (const auto& promise : promises) {
    const json::Value value = at(gates, promise.key);
    if (!is_true(value)) sink.raise(promise.rule, place_of(value, gates ? gates : root));
  }
  const json::Value metric = at(gates, "delivery_excellence_metric");
  if (is_blank(metric)) sink.raise(Rule::release_gate_10_signal, place_of(metric, gates ? gates : root));
}

void check_manifest(json::Value root, FindingSink& sink) {
  const bool is_app = is(at(root, "authority_domain"), "app");
  const json::Value capabilities = at(root, "capabilities");
  const json::Value required = at(capabilities, "required");
  json::Value denied = at(capabilities, "denied");
  if (denied && !denied.is_array()) denied = {};
  check_overlap(required, denied, Rule::service_capability_required_denied, " is required and denied", sink);
  check_overlap(at(capabilities, "optional"), denied, Rule::service_capability_optional_denied,
                " is optional and denied", sink);
  constexpr RuleCase incomplete = Rule::release_gate_3_capabilities;
  if (is_empty_array(required)) {
    tell(sink, Rule::service_capability_none, incomplete, Place::value(required.index()));
  } else if (is_empty_array(denied)) {
    tell(sink, Rule::service_capability_denied_empty, incomplete, Place::value(denied.index()));
  } else if (capabilities && !at(capabilities, "optional")) {
    sink.raise(incomplete, Place::value(capabilities.index()));
  }
  const json::Value emits = at(at(root, "observability"), "emits_events");
  if (emits && !is_true(emits) && is_blank(at(root, "events_exemption"))) {
    tell(sink, Rule::service_events_off, Rule::release_gate_2_events, Place::value(emits.index()));
  }
  const json::Value health = at(at(root, "observability"), "health_endpoint");
  if (health && health.is_string() && is_blank(health)) {
    sink.raise(Rule::service_health_empty, Place::value(health.index()));
  }
  if (denied && is_app && !is_empty_array(denied) && !holds(denied, upstream_leak)) {
    sink.raise(Rule::service_app_identity_denial, Place::value(denied.index()));
  }
  if (denied && !holds(denied, remote_telemetry)) {
    if (is_app) {
      tell(sink, Rule::service_app_telemetry_denial, Rule::release_gate_7_telemetry, Place::value(denied.index()));
    } else {
      sink.raise(Rule::release_gate_7_telemetry, Place::value(denied.index()));
    }
  }
  if (is_app) check_surface(at(root, "display_name"), sink);
  check_gates(root, is_app, sink);
}

void check_names(json::Value root, FindingSink& sink) {
  const json::Value product = at(root, "display_name");
  check_surface(product, sink);
  const json::Value bundle = at(root, "bundle_identity");
  const json::Value shown = at(root, "identity_invariants");
  const struct {
    json::Value name;
    RuleCase rule;
  } surfaces[] = {{at(bundle, "expected_process_name"), Rule::identity_process_name},
                  {at(shown, "dock_name"), Rule::identity_invariant_dock_name},
                  {at(shown, "menu_name"), Rule::identity_invariant_menu_name},
                  {at(shown, "crash_report_name"), Rule::identity_invariant_crash_report_name},
                  {at(shown, "helper_prefix"), Rule::identity_invariant_helper_prefix}};
  for (const auto& surface : surfaces) {
    check_surface(surface.name, sink);
    if (is_blank(product) || !surface.name || !surface.name.is_string()) continue;
    if (equal_values(surface.name, product)) continue;
    if (Finding* found = sink.raise(surface.rule, Place::value(surface.name.index()))) {
      found->message << quote(surface.name) << " is not the product name, " << quote(product);
      found->related.push_back({0, Place::value(product.index()), "the product name"});
    }
  }
  if (is_blank(product)) return;
  std::string scratch;
  const std::string own = text::normalised_name(product.string(scratch));
  const struct {
    json::Value id;
    RuleCase rule;
  } ids[] = {{at(root, "product_id"), Rule::identity_product_id}, {at(bundle, "bundle_id"), Rule::identity_bundle_id}};
  for (const auto& one : ids) {
    if (!one.id || !one.id.is_string()) continue;
    if (text::normalised_name(one.id.string(scratch)).find(own) != std::string::npos) continue;
    if (Finding* found = sink.raise(one.rule, Place::value(one.id.index()))) {
      found->message << quote(one.id) << " does not contain the product name, " << quote(product);
    }
  }
}

bool mentions(json::Value value, std::string_view word) {
  std::string scratch;
  return text::contains_ignoring_case(value.string(scratch), word);
}

void check_environment(json::Value environment, FindingSink& sink) {
  if (!environment || !environment.is_object()) return;
  const json::Value path = at(environment, "path");
  check_duplicates(path, {}, "entry", Rule::identity_env_duplicate_path, sink);
  if (path) {
    for (const json::Value folder : path.items()) {
      if (!folder.is_string() || !(mentions(folder, "homebrew") || mentions(folder, "/nix"))) continue;
      if (Finding* found = sink.raise(Rule::identity_env_toolchain_path, Place::value(folder.index()))) {
        found->message << "the path contains " << quote(folder);
      }
    }
  }
  const json::Value denied = at(environment, "denied_variables");
  std::string missing;
  for (const std::string_view one : {"PYTHONPATH", "NODE_PATH", "GEM_HOME", "CARGO_HOME", "JAVA_HOME", "NIX_PATH"}) {
    if (!holds(denied, one)) missing.append(missing.empty() ? "" : ", ").append(one);
  }
  if (!missing.empty()) {
    if (Finding* found = sink.raise(Rule::identity_env_pollution_not_denied, place_of(denied, environment))) {
      found->message << "not denied: " << words(missing);
    }
  }
  check_overlap(at(environment, "allowed_variables"), denied, Rule::identity_env_allowed_denied,
                " is both allowed and denied", sink);
}

void check_launch(json::Value root, FindingSink& sink) {
  check_names(root, sink);
  check_environment(at(root, "environment"), sink);
  const json::Value engine = at(at(root, "bundle_identity"), "upstream_engine");
  if (engine && engine.is_string() && is_blank(engine)) {
    sink.raise(Rule::identity_engine_provenance, Place::value(engine.index()));
  }
  const json::Value policy = at(at(root, "identity_invariants"), "profile_path_policy");
  if (policy && policy.is_string() && !mentions(policy, "must not") && !mentions(policy, "must never")) {
    sink.raise(Rule::identity_profile_policy, Place::value(policy.index()));
  }
}

}  // namespace

void check_service(const Context& context, FindingSink& sink) {
  if (context.dialect == Dialect::service) return check_manifest(context.root, sink);
  check_launch(context.root, sink);
}

}  // namespace bearproof::rules
