#include "metaschema_check.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"

#include "keywords.h"

namespace bearproof::schema {
namespace {

CompileOptions options_for_metaschemas() {
  CompileOptions options;
  options.check_metaschema = false;
  return options;
}

const Program* official_program() {
  static const auto compiled = [] {
    const Registry registry;
    return compile(registry, draft_2020_12, options_for_metaschemas());
  }();
  return compiled ? &*compiled : nullptr;
}

/// Whether one of two nodes lies within the other.
bool overlap(const json::Document& document, NodeIndex a, NodeIndex b) {
  const auto inside = [&](NodeIndex node, NodeIndex of) {
    return node >= of && node < json::Value(&document, of).next();
  };
  return inside(a, b) || inside(b, a);
}

/// The dialect that a resource declares; "" where it declares none.
std::string dialect_of(const Source& source, NodeIndex root) {
  std::string scratch;
  const json::Value dialect = json::Value(source.document, root).find("$schema");
  if (!dialect || !dialect.is_string()) return {};
  std::string name(dialect.string(scratch));
  if (const std::size_t hash = name.find('#'); hash != std::string::npos) name.resize(hash);
  return name;
}

/// The compiled metaschemas of dialects.
class MetaschemaPrograms {
 public:
  explicit MetaschemaPrograms(const Registry& registry) : registry_(registry) {}

  /// @return nullptr of a dialect that nobody registered, which is told as such, or that is no valid schema
  const Program* of(const std::string& dialect) {
    if (dialect.empty() || dialect == draft_2020_12) return official_program();
    const auto [entry, added] = programs_.try_emplace(dialect);
    if (added && registry_.contains(dialect)) {
      auto compiled = compile(registry_, dialect, options_for_metaschemas());
      if (compiled) entry->second = std::make_unique<Program>(std::move(*compiled));
    }
    return entry->second.get();
  }

 private:
  const Registry& registry_;
  std::unordered_map<std::string, std::unique_ptr<Program>> programs_;
};

/// The nodes of a text that are checked: its root, and the resources in it that are written in a dialect of their own.
std::vector<NodeIndex> roots_of(const Resources& registered, std::uint32_t index) {
  const Source& source = registered.source(index);
  std::vector<NodeIndex> roots = {0};
  const std::string outer = dialect_of(source, 0);
  for (const auto& resource : registered.all()) {
    if (resource->source != index || resource->root == 0) continue;
    const std::string own = dialect_of(source, resource->root);
    if (!own.empty() && own != outer) roots.push_back(resource->root);
  }
  return roots;
}

}  // namespace

void check_against_metaschemas(const Registry& registry, const Resources& registered, const Blocks& blocks,
                               const Limits& limits, FaultList& faults) {
  std::vector<SchemaFault> found;
  std::vector<std::uint32_t> sources;
  for (const Blocks::Reached& resource : blocks.resources()) {
    if (resource.root.set != &registered) continue;
    const std::uint32_t source = resource.root.resource->source;
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
  }
  MetaschemaPrograms programs(registry);
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  Evaluator evaluator(limits);
  for (const std::uint32_t index : sources) {
    const Source& source = registered.source(index);
    const std::vector<NodeIndex> roots = roots_of(registered, index);
    for (const NodeIndex root : roots) {
      const Program* program = programs.of(dialect_of(source, root));
      if (program == nullptr) continue;
      FindingSink sink(severities.data(), Severity::error, true, limits.findings);
      if (evaluator.evaluate(*program, json::Value(source.document, root), sink)) continue;
      for (Finding& finding : sink.findings()) {
        const bool elsewhere = std::any_of(roots.begin(), roots.end(), [&](NodeIndex other) {
          return other > root && finding.place.node >= other &&
                 finding.place.node < json::Value(source.document, other).next();
        });
        if (elsewhere) continue;
        const RuleCase rule = finding.rule_case == Rule::schema_shape ? Rule::schema_invalid : finding.rule_case;
        found.push_back(fault_at(source, rule, finding.place, json::detached(finding.message, *source.document)));
      }
    }
  }
  // What the metaschema has told the compiler need not tell again.
  for (SchemaFault& fault : faults.take()) {
    bool told = false;
    for (const SchemaFault& known : found) {
      if (told || fault.rule != Rule::schema_invalid || fault.uri != known.uri) continue;
      const Source* source = registered.source_named(fault.uri);
      told = source != nullptr && overlap(*source->document, fault.place.node, known.place.node);
    }
    if (!told) found.push_back(std::move(fault));
  }
  faults.replace(std::move(found));
}

}  // namespace bearproof::schema
