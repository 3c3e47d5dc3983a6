#include "program_builder.h"

#include <algorithm>
#include <optional>
#include <span>

#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/stable_sort.h"

#include "values.h"

namespace bearproof::schema {

TextIndex ProgramBuilder::add_text(std::string_view text) {
  if (const auto found = text_index_.find(text); found != text_index_.end()) return found->second;
  const Text added{static_cast<std::uint32_t>(program_.pool.size()), static_cast<std::uint32_t>(text.size())};
  program_.pool += text;
  const TextIndex index = append(program_.texts, added);
  text_index_.emplace(std::string(text), index);
  return index;
}

StringTable ProgramBuilder::add_table(const std::vector<std::string>& texts, const Location& location) {
  std::vector<StringSlot> members;
  members.reserve(texts.size());
  for (const std::string& text : texts) {
    const Text at = program_.texts[add_text(text)];
    members.push_back({at.offset, at.length, static_cast<std::uint32_t>(members.size())});
  }
  const std::optional<StringTable> table = make_string_table(members, program_.pool, program_.slots);
  if (!table) {
    faults_.add(location, Rule::limit_steps, Place::value(location.node),
                "the names or values of this schema are chosen such that looking one up takes too long");
  }
  return table.value_or(StringTable());
}

std::uint32_t ProgramBuilder::add_list(const std::vector<std::uint32_t>& items) {
  const auto first = static_cast<std::uint32_t>(program_.lists.size());
  program_.lists.insert(program_.lists.end(), items.begin(), items.end());
  return first;
}

std::uint32_t ProgramBuilder::add_pattern(std::string_view pattern, const Location& location, Place where) {
  if (const auto found = pattern_index_.find(pattern); found != pattern_index_.end()) return found->second;
  if (has_too_many_patterns_) return 0;
  regex::Options options;
  options.max_instructions = program_.limits.pattern_program;
  auto compiled = regex::Pattern::compile(pattern, options);
  // One that is refused took up to as much.
  patterns_ += compiled ? compiled->size() : std::min<std::uint64_t>(pattern.size(), options.max_instructions);
  if (patterns_ > program_.limits.patterns) {
    has_too_many_patterns_ = true;
    faults_.add(
        location, Rule::limit_steps, where,
        Message::of("the patterns of this schema have more than ", program_.limits.patterns, " instructions together"));
    return 0;
  }
  if (!compiled) {
    const bool invalid = compiled.error().kind == regex::Error::Kind::syntax;
    faults_.add(location, invalid ? Rule::schema_invalid : Rule::schema_pattern_unsupported, where,
                Message::of("this pattern cannot be used: ", words(compiled.error().message)));
    return 0;
  }
  if (compiled->legacy()) {
    program_.warnings.push_back(fault_at(location.source(), Rule::schema_pattern_legacy, where,
                                         "this pattern is valid only under the legacy rules of ECMA-262, Annex B"));
  }
  const std::uint32_t index = append(program_.patterns, std::move(*compiled));
  pattern_index_.emplace(std::string(pattern), index);
  return index;
}

NodeIndex ProgramBuilder::add_constant(json::Value value) {
  const json::Value::Span span = value.span();
  if (constants_ > 0) program_.constants_text += ',';
  program_.constants_text += value.document().text.substr(static_cast<std::size_t>(span.begin),
                                                          static_cast<std::size_t>(span.end - span.begin));
  return constants_++;
}

PlaceIndex ProgramBuilder::add_place(PlaceIndex parent, TextIndex member, RuleCase rule) {
  return append(program_.places, {parent, member, 0, program_.places[parent].resource, rule});
}

PlaceIndex ProgramBuilder::add_place_of_item(PlaceIndex parent, std::uint32_t number) {
  return append(program_.places, {parent, none, number, program_.places[parent].resource, Rule::schema_shape});
}

PlaceIndex ProgramBuilder::add_place_of_root(TextIndex pointer, std::uint32_t resource) {
  return append(program_.places, {none, pointer, 0, resource, Rule::schema_shape});
}

bool ProgramBuilder::finish_constants() {
  program_.constants_text = "[" + program_.constants_text + "]";
  // Constants stand one level deeper at most than in the schema's text, which was within the limits.
  Limits limits = program_.limits;
  limits.nesting = UINT32_MAX;
  limits.document = UINT64_MAX;
  limits.arena_base = UINT64_MAX / 8;
  program_.constants_reader = json::Reader(limits);
  program_.constants = program_.constants_reader.read(program_.constants_text);
  if (program_.constants == nullptr) {
    faults_.add_without_place(program_.constants_reader.fault().rule, {}, "the constants of this schema are too large");
    return false;
  }
  std::vector<NodeIndex> nodes;
  for (const json::Value item : program_.constants->root().items()) nodes.push_back(item.index());
  for (NodeIndex& value : program_.enum_values) value = nodes[value];
  for (NumberConstant& number : program_.numbers) number.node = nodes[number.node];
  for (AnnotationRule& rule : program_.annotations) rule.value = nodes[rule.value];
  std::string scratch;
  for (EnumRule& rule : program_.enums) {
    rule.sorted = static_cast<std::uint32_t>(program_.enum_hashes.size());
    for (std::uint32_t i = 0; i < rule.count; ++i) {
      const NodeIndex node = program_.enum_values[rule.first + i];
      program_.enum_hashes.push_back({hash_value(program_.constant(node), scratch), node});
    }
    stable_sort(std::span(program_.enum_hashes).subspan(rule.sorted),
                [](const HashedConstant& a, const HashedConstant& b) { return a.hash < b.hash; });
  }
  return true;
}

}  // namespace bearproof::schema
