#include "kind_schemas.h"

#include <map>
#include <utility>

#include "bearproof/catalogue/kinds.h"

namespace bearproof::cli {
namespace {

class WithoutFormats : public SchemaEngine {
 public:
  explicit WithoutFormats(const Limits& limits) : evaluator_(limits) {}

  bool evaluate(Dialect dialect, json::Value root, FindingSink& sink) override {
    const auto [entry, added] = programs_.try_emplace(dialect);
    if (added) {
      schema::CompileOptions options;
      options.rule_names = true;
      options.check_metaschema = false;
      entry->second = compile_kind(dialect, options);
    }
    return !entry->second || evaluator_.evaluate(*entry->second, root, sink);
  }

 private:
  std::map<Dialect, std::optional<schema::Program>> programs_;
  schema::Evaluator evaluator_;
};

}  // namespace

std::optional<schema::Program> compile_kind(Dialect dialect, const schema::CompileOptions& options) {
  // The built-in schemas may refer to one another.
  schema::Registry registry;
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    const auto each = static_cast<Dialect>(i);
    if (!info_of(each).schema.empty()) registry.add(contract::schema_uri(each), contract::schema_text(each));
  }
  auto compiled = schema::compile(registry, contract::schema_uri(dialect), options);
  if (!compiled) return std::nullopt;
  return std::move(*compiled);
}

std::unique_ptr<SchemaEngine> make_engine_without_formats(const Limits& limits) {
  return std::make_unique<WithoutFormats>(limits);
}

}  // namespace bearproof::cli
