#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

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

/// A registry with every built-in schema: they may refer to one another.
const schema::Registry& registry() {
  static const schema::Registry all = [] {
    schema::Registry filling;
    for (const EmbeddedSchema& schema : embedded_schemas()) filling.add(schema.uri, schema.stripped);
    return filling;
  }();
  return all;
}

struct Slot {
  std::once_flag once;
  std::optional<schema::Program> program;
};

}  // namespace

const schema::Program* program_of(Dialect dialect) {
  static std::array<Slot, dialect_count> slots;
  if (dialect >= Dialect::count) return nullptr;
  Slot& slot = slots[static_cast<std::size_t>(dialect)];
  std::call_once(slot.once, [&] {
    const EmbeddedSchema* embedded = embedded_of(dialect);
    if (embedded == nullptr) return;
    schema::CompileOptions options;
    options.assert_format = true;
    options.rule_names = true;
    auto compiled = schema::compile(registry(), embedded->uri, options);
    if (compiled) slot.program.emplace(std::move(*compiled));
  });
  return slot.program ? &*slot.program : nullptr;
}

std::string_view schema_text(Dialect dialect) {
  const EmbeddedSchema* embedded = embedded_of(dialect);
  if (embedded == nullptr) return "";
  return embedded->whole.empty() ? embedded->stripped : embedded->whole;
}

std::string_view stripped_schema_text(Dialect dialect) {
  const EmbeddedSchema* embedded = embedded_of(dialect);
  return embedded == nullptr ? std::string_view() : embedded->stripped;
}

std::string_view schema_uri(Dialect dialect) {
  const EmbeddedSchema* embedded = embedded_of(dialect);
  return embedded == nullptr ? std::string_view() : embedded->uri;
}

}  // namespace bearproof::contract
