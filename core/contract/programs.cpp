#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"

#include "embedded.h"

namespace bearproof::contract {
namespace {

constexpr std::size_t dialect_count = static_cast<std::size_t>(Dialect::count);

const EmbeddedSchema* embedded_of(Dialect dialect) {
  if (dialect >= Dialect::count) return nullptr;
  const std::string_view file = info_of(dialect).schema;
  if (file.empty()) return nullptr;
  for (const EmbeddedSchema& schema : embedded_schemas()) {
    if (schema.file == file) return &schema;
  }
  return nullptr;
}

struct Slot {
  std::once_flag once;
  std::optional<schema::Program> program;
};

/// The schemas that a stripped text refers to.
void add_referenced(std::span<const EmbeddedSchema> schemas, std::string_view text,
                    std::vector<const EmbeddedSchema*>& found) {
  constexpr std::string_view reference = "\"$ref\":\"";
  for (std::size_t at = text.find(reference); at != std::string_view::npos; at = text.find(reference, at)) {
    at += reference.size();
    const std::string_view uri = text.substr(at, text.find_first_of("#\"", at) - at);
    for (const EmbeddedSchema& schema : schemas) {
      if (schema.uri == uri && std::find(found.begin(), found.end(), &schema) == found.end()) found.push_back(&schema);
    }
  }
}

}  // namespace

std::expected<schema::Program, std::vector<schema::SchemaFault>> compile_embedded(
    std::span<const EmbeddedSchema> schemas, const EmbeddedSchema& schema, Purpose purpose) {
  schema::Registry registry;
  std::vector<const EmbeddedSchema*> needed = {&schema};
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const std::string text = unpack(needed[i]->packed);
    const bool is_whole = purpose == Purpose::output && !needed[i]->whole.empty();
    auto faults = registry.add(needed[i]->uri, is_whole ? needed[i]->whole : text);
    if (!faults.empty()) return std::unexpected(std::move(faults));
    add_referenced(schemas, text, needed);
  }
  schema::CompileOptions options;
  options.assert_format = purpose != Purpose::annotating_check;
  options.rule_names = true;
  options.check_metaschema = false;  // a test does
  options.output = purpose == Purpose::output;
  return schema::compile(registry, schema.uri, options);
}

const schema::Program* program_of(Dialect dialect, Purpose purpose) {
  static std::array<std::array<Slot, dialect_count>, static_cast<std::size_t>(Purpose::count)> slots;
  if (dialect >= Dialect::count) return nullptr;
  Slot& slot = slots[static_cast<std::size_t>(purpose)][static_cast<std::size_t>(dialect)];
  std::call_once(slot.once, [&] {
    const EmbeddedSchema* embedded = embedded_of(dialect);
    if (embedded == nullptr) return;
    auto compiled = compile_embedded(embedded_schemas(), *embedded, purpose);
    if (compiled) slot.program.emplace(std::move(*compiled));
  });
  return slot.program ? &*slot.program : nullptr;
}

const schema::Program* program_of(Dialect dialect, FindingSink& sink, Purpose purpose) {
  const schema::Program* const program = program_of(dialect, purpose);
  if (program == nullptr && dialect < Dialect::count && !info_of(dialect).schema.empty()) {
    raise_not_compiled(dialect, sink);
  }
  return program;
}

void raise_not_compiled(Dialect dialect, FindingSink& sink) {
  if (Finding* found = sink.raise(Rule::engine_failed, Place::value(0))) {
    found->message << "the built-in schema " << words(info_of(dialect).schema) << " did not compile";
  }
}

std::string_view schema_text(Dialect dialect) {
  const EmbeddedSchema* embedded = embedded_of(dialect);
  return embedded == nullptr || embedded->whole.empty() ? stripped_schema_text(dialect) : embedded->whole;
}

std::string_view stripped_schema_text(Dialect dialect) {
  struct Text {
    std::once_flag once;
    std::string text;
  };
  static std::array<Text, dialect_count> texts;
  const EmbeddedSchema* embedded = embedded_of(dialect);
  if (embedded == nullptr) return {};
  Text& kept = texts[static_cast<std::size_t>(dialect)];
  std::call_once(kept.once, [&] { kept.text = unpack(embedded->packed); });
  return kept.text;
}

std::string_view schema_uri(Dialect dialect) {
  const EmbeddedSchema* embedded = embedded_of(dialect);
  return embedded == nullptr ? std::string_view() : embedded->uri;
}

}  // namespace bearproof::contract
