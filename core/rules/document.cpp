// Rules for every document. A good document costs one pass over its text, and one over its nodes if it holds escapes;
// only where those see something is it walked with its structure.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"

#include "families.h"
#include "placeholder.h"
#include "secret.h"
#include "text_scan.h"

namespace bearproof::rules {
namespace {

/// Last bytes of what find_placeholder finds, but for '>': brackets are the text scan's business.
constexpr auto ends_placeholder = [] {
  std::array<bool, 256> table{};
  for (const char c : {':', 'O', 'T'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

/// Whether a string is worth a look for how it ends.
bool is_announced(std::string_view text) {
  if (may_name_secret(text) && names_secret(text)) return true;
  return ends_placeholder[static_cast<unsigned char>(text.back())] && find_placeholder(text).found;
}

/// Whether some string of a document with escapes is worth a look in its place: a secret, a secret's name, a template.
bool some_string_is_worth_a_look(const json::Document& document) {
  std::string scratch;
  for (NodeIndex index = 0; index < document.size; ++index) {
    const json::Value value(&document, index);
    if (!value.is_string() || value.node().extent == 0) continue;
    const std::string_view text = value.string(scratch);
    if (!text.empty() && is_announced(text)) return true;
    if (!value.has_escapes()) {
      if (first_look(text) != Look::nothing) return true;
    } else if (!find_secret(text).kind.empty() || text.find('<') != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

class Walk {
 public:
  /// @param secret  the rule that a secret breaks
  Walk(RuleCase secret, FindingSink& sink) : secret_(secret), sink_(sink) {}

  void value(json::Value value, json::Value key) {
    if (sink_.done()) return;
    if (value.is_string()) {
      string(value, key);
    } else if (value.is_array()) {
      for (const json::Value item : value.items()) this->value(item, key);
    } else {
      for (const json::Member member : value.members()) this->value(member.value, member.key);
    }
  }

 private:
  void string(json::Value value, json::Value key) {
    const std::string_view text = value.string(scratch_);
    if (const Secret secret = find_secret(text); !secret.kind.empty()) {
      if (Finding* found = sink_.raise(secret_, Place::value(value.index()))) {
        found->message << "this looks like " << words(secret.kind) << " (" << secret.length << " bytes)";
      }
      return;
    }
    if (!key) return;
    const std::string_view name = key.string(key_scratch_);
    if (names_secret(name)) {
      if (is_reference(text)) return;
      if (Finding* found = sink_.raise(secret_, Place::value(value.index()))) {
        found->message << "the key " << quote(key) << " names a secret, and its value (" << text.size()
                       << " bytes) is not a reference";
      }
    } else if (names_identifier(name)) {
      const Placeholder placeholder = find_placeholder(text);
      if (!placeholder.found) return;
      if (Finding* found = sink_.raise(Rule::format_urn_placeholder, Place::value(value.index()))) {
        if (placeholder.text.empty()) {
          found->message = "the URN ends where its own name should stand";
        } else {
          found->message << quote(key) << " is still the template " << quote_part(placeholder.text, value);
        }
      }
    }
  }

  RuleCase secret_;
  FindingSink& sink_;
  std::string scratch_;
  std::string key_scratch_;
};

/// What a secret breaks: some kinds have a rule of their own.
RuleCase rule_of_secrets(Dialect dialect) {
  switch (dialect) {
    case Dialect::ipc_envelope: return Rule::ipc_secret_in_line;
    case Dialect::replay_artifact: return Rule::chain_replay_secret;
    default: return Rule::doc_secret_present;
  }
}

}  // namespace

void check_document(const Context& context, FindingSink& sink) {
  const json::Document& document = context.root.document();
  const Look look = first_look(document.text);
  if (look == Look::nothing || (look == Look::escapes && !some_string_is_worth_a_look(document))) return;
  Walk(rule_of_secrets(context.dialect), sink).value(context.root, {});
}

}  // namespace bearproof::rules
