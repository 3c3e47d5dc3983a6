#include "compiler.h"

#include "bearproof/json/pointer.h"

#include "uri.h"

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

std::expected<Program, std::vector<SchemaFault>> compile(const Registry& registry, std::string_view uri,
                                                         const CompileOptions& options) {
  return Compiler(registry, options).run(uri);
}

Compiler::Compiler(const Registry& registry, const CompileOptions& options)
    : registry_(registry),
      user_(registry.impl_->resources),
      resolver_(registry.impl_->resources),
      options_(options),
      program_(std::make_unique<Program::Impl>()),
      faults_(options.limits.findings) {
  program_->limits = options.limits;
  program_->code.emplace_back();  // index 0: nothing is asked
}

std::expected<Program, std::vector<SchemaFault>> Compiler::run(std::string_view uri) {
  const SplitUri split = split_fragment(uri);
  const Location resource = resolver_.find(split.without_fragment);
  Target root;
  if (resource.resource != nullptr) {
    root = resolver_.resolve(resource, std::string("#").append(split.fragment.value_or("")));
  }
  if (!root.found) {
    faults_.add_without_place(Rule::schema_ref_unresolved, std::string(uri), "no schema is registered under this URI");
    return std::unexpected(faults_.take());
  }
  root_source_ = &root.location.source();
  program_->root = block_of_target(root.location);
  // Dynamic references may reach blocks that nothing else does, which may hold dynamic references.
  do {
    while (!todo_.empty() && !too_large_) {
      const std::uint32_t block = todo_.back();
      todo_.pop_back();
      compile_block(block);
    }
    if (!too_large_) resolve_dynamic();
  } while (!todo_.empty() && !too_large_);
  if (options_.check_metaschema && !too_large_) check_against_metaschemas();
  if (faults_.empty() && check_cycles() && read_constants()) write_code();
  if (!faults_.empty()) return std::unexpected(faults_.take());
  Program program;
  program.impl_ = std::move(program_);
  return program;
}

void Compiler::invalid(const Object& object, json::Value at, std::string message) {
  faults_.add_schema_invalid(object.location, at, std::move(message));
}

std::uint32_t Compiler::add_text(std::string_view text) {
  if (const auto found = text_index_.find(text); found != text_index_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(program_->texts.size());
  program_->texts.push_back(
      {static_cast<std::uint32_t>(program_->pool.size()), static_cast<std::uint32_t>(text.size())});
  program_->pool += text;
  text_index_.emplace(std::string(text), index);
  return index;
}

StringTable Compiler::add_table(const std::vector<std::string>& texts) {
  std::vector<StringSlot> members;
  members.reserve(texts.size());
  for (const std::string& text : texts) {
    const Text at = program_->texts[add_text(text)];
    members.push_back({at.offset, at.length, static_cast<std::uint32_t>(members.size())});
  }
  return make_string_table(members, program_->pool, program_->slots);
}

std::uint32_t Compiler::add_constant(json::Value value) {
  const json::Value::Span span = value.span();
  if (constants_ > 0) program_->constants_text += ',';
  program_->constants_text += value.document().text.substr(static_cast<std::size_t>(span.begin),
                                                           static_cast<std::size_t>(span.end - span.begin));
  return constants_++;
}

std::uint32_t Compiler::add_list(const std::vector<BlockIndex>& blocks) {
  const auto first = static_cast<std::uint32_t>(program_->lists.size());
  program_->lists.insert(program_->lists.end(), blocks.begin(), blocks.end());
  return first;
}

std::uint32_t Compiler::add_place(std::uint32_t parent, std::uint32_t text, std::uint32_t number, RuleCase rule) {
  const auto index = static_cast<std::uint32_t>(program_->places.size());
  const std::uint32_t resource = parent == none ? 0 : program_->places[parent].resource;
  program_->places.push_back({parent, text, number, resource, rule});
  return index;
}

}  // namespace bearproof::schema
