// From the text of a schema to a Program: the units of the compiler in their order.
#include <utility>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/pointer.h"

#include "analysis.h"
#include "compilation.h"
#include "cycles.h"
#include "keyword_compiler.h"
#include "metaschema_check.h"
#include "uri.h"
#include "writer.h"

namespace bearproof::schema {

std::string ProgramData::pointer(std::uint32_t place) const {
  std::vector<std::uint32_t> chain;
  for (; place != none; place = places[place].parent) chain.push_back(place);
  std::string out;
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    const SchemaLocation& step = places[*at];
    if (step.parent == none) {
      if (step.text != none) out = text(step.text);
    } else if (step.text != none) {
      json::append_token(out, text(step.text));
    } else {
      out += '/';
      out += std::to_string(step.number);
    }
  }
  return out;
}

Program::Program() : impl_(std::make_unique<Impl>()) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

std::string_view Program::uri() const { return impl_->resources[impl_->blocks[impl_->root].resource]; }
const std::vector<SchemaFault>& Program::warnings() const { return impl_->warnings; }
const ProgramData& Program::data() const { return *impl_; }

/// The one that may make a Program.
class Compiler {
 public:
  Compiler(const Registry& registry, const CompileOptions& options)
      : registry_(registry),
        program_(std::make_unique<Program::Impl>()),
        compilation_(registry.impl_->resources, options, *program_) {
    program_->limits = options.limits;
  }

  std::expected<Program, std::vector<SchemaFault>> run(std::string_view uri) {
    FaultList& faults = compilation_.faults;
    if (const std::optional<Target> root = root_named(uri)) {
      compile_from(*root);
    } else {
      faults.add_without_place(Rule::schema_ref_unresolved, std::string(uri), "no schema is registered under this URI");
    }
    if (!faults.empty()) return std::unexpected(faults.take());
    Program program;
    program.impl_ = std::move(program_);
    return program;
  }

 private:
  std::optional<Target> root_named(std::string_view uri) {
    const SplitUri split = split_fragment(uri);
    const Location resource = compilation_.resolver.find(split.without_fragment);
    if (resource.resource == nullptr) return std::nullopt;
    const std::string fragment = std::string("#").append(split.fragment.value_or(""));
    Target root = compilation_.resolver.resolve(resource, fragment);
    if (!root.found) return std::nullopt;
    return root;
  }

  void compile_from(const Target& root) {
    const CompileOptions& options = compilation_.options;
    FaultList& faults = compilation_.faults;
    Blocks& blocks = compilation_.blocks;
    compilation_.root_source = &root.location.source();
    program_->root = blocks.of(root);
    do {
      while (const std::optional<BlockIndex> block = blocks.take_new()) {
        KeywordCompiler(compilation_, *block).run();
        if (compilation_.resolver.is_exhausted()) {
          faults.add(root.location, Rule::limit_steps, Place::value(root.location.node),
                     "following the references of this schema takes too much work");
          return;
        }
      }
      // Dynamic references may reach blocks that nothing else does, which may hold dynamic references.
    } while (!blocks.too_many() && compilation_.dynamic_anchors.reach(blocks, *program_));
    if (options.check_metaschema && !blocks.too_many()) {
      check_against_metaschemas(registry_, registry_.impl_->resources, blocks, options.limits, faults);
    }
    if (faults.empty()) check_cycles(blocks, *program_, faults);
    if (!faults.empty() || !compilation_.builder.finish_constants()) return;
    compilation_.dynamic_anchors.settle(blocks, *program_);
    const std::vector<WrittenList> lists = Writer(blocks, *program_, options.output).run();
    if (options.output) return;
    mark_quick(*program_, lists);
    share_walks(*program_, lists);
  }

  const Registry& registry_;
  std::unique_ptr<Program::Impl> program_;
  Compilation compilation_;
};

std::expected<Program, std::vector<SchemaFault>> compile(const Registry& registry, std::string_view uri,
                                                         const CompileOptions& options) {
  return Compiler(registry, options).run(uri);
}

}  // namespace bearproof::schema
