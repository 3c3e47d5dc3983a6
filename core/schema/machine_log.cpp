// What the machine notes down: failures, and for output annotations and the ways that led to both.
#include "machine.h"

namespace bearproof::schema {
namespace {

// Failures beyond this are only counted. Far more than any report lists, so that choosing among branches sees them all.
constexpr std::size_t log_limit = 65'536;

}  // namespace

void Machine::note(const Failure& failure) {
  if (log_.size() >= log_limit) {
    ++lost_;
    return;
  }
  log_.push_back(failure);
  Failure& noted = log_.back();
  if (noted.place == none) noted.place = code_[noted.instruction].place;
  noted.rule = program_->places[noted.place].rule;
  if (output_) noted.path = add_path(noted.place);
}

Failure Machine::failure_of(const Frame& f, Failure::Kind kind, NodeIndex node, PlaceIndex place) const {
  Failure failure;
  failure.kind = kind;
  failure.key = f.key;
  failure.instruction = f.pc;
  failure.node = node;
  failure.level = f.level + (node == f.node ? 0 : 1);
  failure.place = place;
  return failure;
}

void Machine::note(const Frame& f, Failure::Kind kind, NodeIndex node, bool key, PlaceIndex place,
                   std::uint32_t detail) {
  Failure failure = failure_of(f, kind, node, place);
  failure.key = key;
  failure.detail = detail;
  note(failure);
}

void Machine::note_test(CodeIndex pc, NodeIndex node, bool key, std::uint32_t level) {
  const Instruction& i = code_[pc];
  Failure failure;
  failure.key = key;
  failure.instruction = pc;
  failure.node = node;
  failure.level = level;
  if (i.op == Op::dependent_required) return note_missing(i.as<operands::DependentNames>(), failure);
  if (i.op == Op::unique_items) {
    if (steps_ < 0) return;
    failure.kind = Failure::Kind::equal_items;
    failure.node = distinct_.again;
    failure.level = level + 1;
    failure.detail = distinct_.first;
  }
  note(failure);
}

void Machine::note_missing(const operands::DependentNames& names, Failure& failure) {
  const json::Value object(document_, failure.node);
  failure.kind = Failure::Kind::missing_dependent;
  for (const TextIndex name : program_->list(names.first, names.count)) {
    steps_ -= object.size() / 4 + 1;
    if (steps_ < 0) return;
    if (object.find(program_->text(name))) continue;
    failure.detail = name;
    note(failure);
  }
}

// Failures since `from` that have no rule of their own are told under the rule of the keyword that led to them.
void Machine::retag(std::uint32_t from, PlaceIndex place) {
  if (place == none) return;
  const RuleCase rule = program_->places[place].rule;
  if (rule == Rule::schema_shape) return;
  for (std::size_t at = from; at < log_.size(); ++at) {
    if (log_[at].rule == Rule::schema_shape) log_[at].rule = rule;
  }
}

// The way through the schema to a place in the block at work: what each frame was pushed for, then the keyword.
std::uint32_t Machine::add_path(PlaceIndex place) {
  std::string path;
  for (std::size_t k = 1; k < frames_.size(); ++k) {
    const BlockIndex outer = frames_[k - 1].block;
    const SchemaLocation& keyword = program_->places[code_[frames_[k - 1].pc].place];
    const std::string_view name = keyword.text == none ? std::string_view() : program_->text(keyword.text);
    if (name == "$ref" || name == "$dynamicRef") {
      path.append("/").append(name);
    } else {
      path += program_->block_pointers[frames_[k].block].substr(program_->block_pointers[outer].size());
    }
  }
  const std::size_t above = program_->pointer(blocks_[frames_.back().block].place).size();
  path += program_->pointer(place).substr(above);
  paths_.push_back(std::move(path));
  return static_cast<std::uint32_t>(paths_.size() - 1);
}

Machine::Step Machine::step_annotate(const Frame& f) {
  // What is said of a member's name is said of no value.
  if (output_ && !f.key) annotations_.push_back({f.pc, f.node, add_path(code_[f.pc].place)});
  return Step::pass;
}

}  // namespace bearproof::schema
