// Keywords that apply other schemas: references, combinations, conditions.
#include <string>
#include <utility>

#include "bearproof/catalogue/rules.h"

#include "keyword_compiler.h"
#include "uri.h"

namespace bearproof::schema {

void KeywordCompiler::reference(const Step& step, json::Value value) {
  if (!value.is_string()) {
    invalid(value, step.keyword, "must be a URI reference");
    return;
  }
  std::string scratch;
  const std::string reference(value.string(scratch));
  const Target target = compilation_.resolver.resolve(location_, reference);
  if (compilation_.resolver.is_exhausted()) return;
  if (!target.found) {
    const Resource* const resource = target.location.resource;
    Message message;
    if (resource == nullptr) {
      message << "nothing is registered as " << plain(resolve_uri(location_.resource->uri, reference));
    } else {
      message << plain(resource->uri) << " has nothing at " << plain(reference.substr(reference.find('#')));
    }
    compilation_.faults.add(location_, Rule::schema_ref_unresolved, Place::value(value.index()), std::move(message));
    return;
  }
  const BlockIndex block = compilation_.blocks.of(target);
  const PlaceIndex place = place_of(step.keyword);
  if (step.op == Op::dynamic_call) {
    if (const auto anchor = compilation_.dynamic_anchors.number_of(reference, target.location)) {
      emit(step.classes, value, {step.op, operands::DynamicSubschema{block, *anchor}, place});
      return;
    }
  }
  emit(step.classes, value, {Op::call, operands::Subschema{block}, place});
}

void KeywordCompiler::branches(const Step& step, json::Value value) {
  if (!value.is_array() || value.size() == 0) {
    invalid(value, step.keyword, "must be an array of at least one schema");
    return;
  }
  const PlaceIndex place = place_of(step.keyword);
  const std::vector<BlockIndex> blocks = children(value, place);
  if (step.op != Op::call) {
    const operands::Branches operands{builder_.add_list(blocks), static_cast<std::uint32_t>(blocks.size())};
    emit(step.classes, value, {step.op, operands, place});
    return;
  }
  auto block = blocks.begin();
  for (const json::Value schema : value.items()) {
    emit(step.classes, schema, {step.op, operands::Subschema{*block++}, place});
  }
}

void KeywordCompiler::condition(const Step& step, json::Value value) {
  const PlaceIndex place = place_of(step.keyword);
  const auto branch = [&](Keyword keyword) {
    const json::Value schema = value_of(keyword);
    return schema ? child(schema, place_of(keyword)) : none;
  };
  operands::Condition condition{};
  condition.condition = child(value, place);
  condition.then_block = branch(Keyword::then_);
  condition.else_block = branch(Keyword::else_);
  emit(Classes::all, value, {Op::if_, condition, place});
}

void KeywordCompiler::dependent_schemas(const Step& step, json::Value value) {
  if (!expect_object(step.keyword, value)) return;
  const PlaceIndex place = place_of(step.keyword);
  std::string scratch;
  for (const json::Member member : value.members()) {
    if (step.keyword == Keyword::dependencies && member.value.is_array()) continue;
    const std::string trigger(member.key.string(scratch));
    const BlockIndex block = child(member.value, place, trigger);
    const operands::DependentSubschema dependent{builder_.add_text(trigger), block};
    emit(Classes::object, member.value, {Op::dependent_schema, dependent, place});
  }
}

/// One subschema and nothing else.
void KeywordCompiler::subschema(const Step& step, json::Value value) {
  const PlaceIndex place = place_of(step.keyword);
  emit(step.classes, value, {step.op, operands::Subschema{child(value, place)}, place});
}

void KeywordCompiler::unevaluated(const Step& step, json::Value value) {
  (step.op == Op::unevaluated_items ? raw().tracks_items : raw().tracks_members) = true;
  subschema(step, value);
}

}  // namespace bearproof::schema
