// Rules for every document. A good document costs one pass over its text and one over its nodes; only where those see
// something is it walked with its structure.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/quote.h"

#include "families.h"
#include "placeholder.h"
#include "secret.h"
#include "text_scan.h"

namespace bearproof::rules {
namespace {

constexpr std::uint8_t may_start_secret_name = 1;
constexpr std::uint8_t may_end_placeholder = 2;

/// What a string's first and last byte may announce. `<…>` and `=` are the text scan's business.
constexpr auto hints = [] {
  std::array<std::uint8_t, 256> table{};
  for (const char c : {'p', 's', 't', 'c', 'a', 'P', 'S', 'T', 'C', 'A'}) {
    table[static_cast<std::size_t>(c)] |= may_start_secret_name;
  }
  for (const char c : {':', 'O', 'T'})
    table[static_cast<std::size_t>(c)] |= may_end_placeholder;  // TODO, UNSET, REPLACE_WITH_DIGEST
  return table;
}();

/// Lengths of the names in secret.h, with and without separators.
constexpr std::uint32_t secret_name_lengths =
    1u << 3 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 10 | 1u << 11 | 1u << 13;

/// Whether some string is worth a look in its place: one that may be a secret's name, a template without brackets, or
/// one whose escapes may hide something.
bool some_string_is_worth_a_look(const json::Document& document) {
  for (std::uint32_t i = 0; i < document.size; ++i) {
    const json::Node& node = document.nodes[i];
    const json::Node::Tag tag = node.tag();
    if (tag != json::Node::string && tag != json::Node::escaped_string) continue;
    if (node.extent == 0) continue;
    const char* at = document.text.data() + node.offset;
    const unsigned char first = static_cast<unsigned char>(at[0]);
    const unsigned char last = static_cast<unsigned char>(at[node.extent - 1]);
    if (node.extent < 32 && (secret_name_lengths >> node.extent & 1u) != 0 &&
        (hints[first] & may_start_secret_name) != 0 && names_secret({at, node.extent})) {
      return true;
    }
    if ((hints[last] & may_end_placeholder) != 0 && find_placeholder({at, node.extent}).found) return true;
    if (first == 'R' && json::starts_with({at, node.extent}, "REPLACE_")) return true;
    if (tag == json::Node::escaped_string && std::string_view(at, node.extent).find("\\u") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

class Walk {
 public:
  explicit Walk(FindingSink& sink) : sink_(sink) {}

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
      if (Finding* found = sink_.raise(Rule::doc_secret_present, Place::value(value.index()))) {
        found->message =
            "this looks like " + std::string(secret.kind) + " (" + std::to_string(secret.length) + " bytes)";
      }
      return;
    }
    if (!key) return;
    const std::string_view name = key.string(key_scratch_);
    if (names_secret(name)) {
      if (is_reference(text)) return;
      if (Finding* found = sink_.raise(Rule::doc_secret_present, Place::value(value.index()))) {
        found->message = "the key " + contract::quoted(name) + " names a secret, and its value (" +
                         std::to_string(text.size()) + " bytes) is not a reference";
      }
    } else if (names_identifier(name)) {
      const Placeholder placeholder = find_placeholder(text);
      if (!placeholder.found) return;
      if (Finding* found = sink_.raise(Rule::format_urn_placeholder, Place::value(value.index()))) {
        found->message = placeholder.text.empty()
                             ? "the URN ends where its own name should stand"
                             : contract::quoted(name) + " is still the template " + contract::quoted(placeholder.text);
      }
    }
  }

  FindingSink& sink_;
  std::string scratch_;
  std::string key_scratch_;
};

}  // namespace

void check_document(const Context& context, FindingSink& sink) {
  const json::Document& document = context.root.document();
  if (!may_hold_shapes(document.text) && !some_string_is_worth_a_look(document)) return;
  Walk(sink).value(context.root, {});
}

}  // namespace bearproof::rules
