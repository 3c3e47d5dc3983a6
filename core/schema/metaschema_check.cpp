// Schemas are documents too: each text that was reached is evaluated against the metaschema of its dialect, by the same
// machine as any other document. What a metaschema cannot say (references, patterns, anchors) is the compiler's to say.
#include <algorithm>

#include "compiler.h"

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

}  // namespace

/// The dialect that a resource declares; "" where it declares none.
std::string Compiler::dialect_of(const Source& source, NodeIndex root) const {
  std::string scratch;
  const json::Value dialect = json::Value(source.document, root).find("$schema");
  if (!dialect || !dialect.is_string()) return {};
  std::string name(dialect.string(scratch));
  if (const std::size_t hash = name.find('#'); hash != std::string::npos) name.resize(hash);
  return name;
}

const Program* Compiler::metaschema_program(const std::string& dialect) {
  if (dialect.empty() || dialect == draft_2020_12) return official_program();
  const auto [entry, added] = metaschema_programs_.try_emplace(dialect);
  if (added && user_.find(dialect) != nullptr) {
    auto compiled = compile(registry_, dialect, options_for_metaschemas());
    if (compiled) entry->second = std::make_unique<Program>(std::move(*compiled));
  }
  // A dialect that nobody registered is told as such.
  return entry->second.get();
}

void Compiler::check_against_metaschemas() {
  std::vector<SchemaFault> found;
  std::vector<std::uint32_t> sources;
  for (const Location& root : resource_roots_) {
    if (root.set != &user_) continue;
    const std::uint32_t source = root.resource->source;
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
  }
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  Evaluator evaluator(options_.limits);
  for (const std::uint32_t index : sources) {
    const Source& source = user_.source(index);
    // A resource embedded in another may be written in a dialect of its own.
    std::vector<NodeIndex> roots = {0};
    const std::string outer = dialect_of(source, 0);
    for (const auto& resource : user_.all()) {
      if (resource->source != index || resource->root == 0) continue;
      const std::string own = dialect_of(source, resource->root);
      if (!own.empty() && own != outer) roots.push_back(resource->root);
    }
    for (const NodeIndex root : roots) {
      const Program* program = metaschema_program(dialect_of(source, root));
      if (program == nullptr) continue;
      FindingSink sink(severities.data(), Severity::error, true, options_.limits.findings);
      if (evaluator.evaluate(*program, json::Value(source.document, root), sink)) continue;
      for (Finding& finding : sink.findings()) {
        const bool elsewhere = std::any_of(roots.begin(), roots.end(), [&](NodeIndex other) {
          return other > root && finding.place.node >= other &&
                 finding.place.node < json::Value(source.document, other).next();
        });
        if (elsewhere) continue;
        const RuleCase rule = finding.rule_case == Rule::schema_shape ? Rule::schema_invalid : finding.rule_case;
        found.push_back(fault_at(source, rule, finding.place, std::move(finding.message)));
      }
    }
  }
  // What the metaschema has told the compiler need not tell again.
  for (SchemaFault& fault : faults_.take()) {
    bool told = false;
    for (const SchemaFault& known : found) {
      if (told || fault.rule != Rule::schema_invalid || fault.uri != known.uri) continue;
      const Source* source = user_.source_named(fault.uri);
      told = source != nullptr && overlap(*source->document, fault.place.node, known.place.node);
    }
    if (!told) found.push_back(std::move(fault));
  }
  faults_.replace(std::move(found));
}

}  // namespace bearproof::schema
