// Bundles: secrets by name alone. What else a bundle or an artifact can be wrong about by itself is in the schemas.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"

#include "families.h"
#include "secret.h"

namespace bearproof::rules {
namespace {

constexpr std::string_view inline_names[] = {"password", "token",           "secret",
                                             "username", "katellopassword", "katellotoken"};

void check_names(json::Value names, FindingSink& sink) {
  std::string scratch;
  for (const json::Value name : names.items()) {
    if (!name.is_string()) continue;
    const Secret secret = find_secret(name.string(scratch));
    if (secret.kind.empty()) continue;
    if (Finding* found = sink.raise(Rule::bundle_secret_inline, Place::value(name.index()))) {
      found->message << "the name of a secret is wanted here, and this looks like " << words(secret.kind) << " ("
                     << secret.length << " bytes)";
    }
  }
}

void check_automation(json::Value automation, FindingSink& sink) {
  std::string scratch;
  for (const json::Member member : automation.members()) {
    const std::string_view key = member.key.string(scratch);
    for (const std::string_view name : inline_names) {
      if (!text::equal_ignoring_case(key, name)) continue;
      if (Finding* found = sink.raise(Rule::bundle_secret_inline, Place::value(member.value.index()))) {
        found->message << "sociosAutomation holds references alone, and no " << quote(key);
      }
    }
  }
}

}  // namespace

void check_bundle(const Context& context, FindingSink& sink) {
  const json::Value spec = context.root.find("spec");
  if (!spec) return;
  if (const json::Value secrets = spec.find("secrets")) {
    if (const json::Value names = secrets.find("required")) check_names(names, sink);
  }
  if (const json::Value automation = spec.find("sociosAutomation")) check_automation(automation, sink);
}

}  // namespace bearproof::rules
