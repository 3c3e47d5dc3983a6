// Receipts of installed runtimes. Most of their rules are in the schema; here is what takes several members.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"

#include "families.h"
#include "fields.h"
#include "time_order.h"

namespace bearproof::rules {
namespace {

enum Key : std::uint8_t { captured_at, evidence_refs, finished_at, log_mode, manifest, started_at, key_count };

constexpr contract::KeyMap<key_count> keys(std::array<std::string_view, key_count>{
    "capturedAt", "evidenceRefs", "finishedAt", "logMode", "manifest", "startedAt"});

/// Bytes of JSON text that a reference to a manifest, its digest and its time never need.
constexpr std::uint64_t longest_manifest = 4096;

/// Whether some evidence is said to be a debug bundle: there a full log belongs.
bool has_debug_bundle(json::Value evidence) {
  if (!evidence) return false;
  std::string scratch;
  for (const json::Value item : evidence.items()) {
    if (item.is_string() && item.string(scratch).find("debug") != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void check_install(const Context& context, FindingSink& sink) {
  const contract::Members<key_count> receipt(context.root, keys);
  const json::Value mode = receipt[log_mode];
  if (is(mode, "full_debug_redacted") && !has_debug_bundle(receipt[evidence_refs])) {
    sink.raise(Rule::install_log_full_manifest, Place::value(mode.index()));
  }
  const json::Value started = receipt[started_at];
  const json::Value finished = receipt[finished_at];
  const json::Value captured = receipt[captured_at];
  if (const json::Value listed = receipt[manifest]) {
    const json::Value::Span span = listed.span();
    if (span.end - span.begin > longest_manifest) {
      if (Finding* found = sink.raise(Rule::install_log_full_manifest_embedded, Place::value(listed.index()))) {
        found->message << "the record holds " << span.end - span.begin
                       << " bytes of manifest instead of a reference to it";
      }
    }
    check_order(listed.find("resolvedAt"), "manifest.resolvedAt", finished, "finishedAt", Rule::install_time_order,
                sink);
  }
  check_order(started, "startedAt", finished, "finishedAt", Rule::install_time_order, sink);
  if (is_set(finished)) {
    check_order(finished, "finishedAt", captured, "capturedAt", Rule::install_time_order, sink);
  } else {
    check_order(started, "startedAt", captured, "capturedAt", Rule::install_time_order, sink);
  }
}

}  // namespace bearproof::rules
