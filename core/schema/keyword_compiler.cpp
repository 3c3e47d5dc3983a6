#include "keyword_compiler.h"

#include "bearproof/catalogue/rules.h"

namespace bearproof::schema {

std::span<const KeywordCompiler::Step> KeywordCompiler::steps() {
  using K = KeywordCompiler;
  constexpr auto any = Classes::all;
  static constexpr Step table[] = {
      {Keyword::title, &K::expect_string},
      {Keyword::description, &K::expect_string},
      {Keyword::comment, &K::expect_string},
      {Keyword::content_encoding, &K::expect_string},
      {Keyword::content_media_type, &K::expect_string},
      {Keyword::format, &K::expect_string},
      {Keyword::deprecated, &K::expect_boolean},
      {Keyword::read_only, &K::expect_boolean},
      {Keyword::write_only, &K::expect_boolean},
      {Keyword::unique_items, &K::expect_boolean},
      {Keyword::examples, &K::expect_array},
      {Keyword::vocabulary, &K::expect_vocabularies},
      {Keyword::defs, &K::definitions},
      {Keyword::content_schema, &K::unapplied},
      {Keyword::then_, &K::unapplied},
      {Keyword::else_, &K::unapplied},
      {Keyword::type, &K::types},
      {Keyword::const_, &K::constant},
      {Keyword::enum_, &K::enumeration},
      {Keyword::min_length, &K::count, Op::min_length, Classes::string},
      {Keyword::max_length, &K::count, Op::max_length, Classes::string},
      {Keyword::min_items, &K::count, Op::min_items, Classes::array},
      {Keyword::max_items, &K::count, Op::max_items, Classes::array},
      {Keyword::min_properties, &K::count, Op::min_properties, Classes::object},
      {Keyword::max_properties, &K::count, Op::max_properties, Classes::object},
      {Keyword::unique_items, &K::unique},
      {Keyword::pattern, &K::pattern},
      {Keyword::format, &K::format},
      {Keyword::minimum, &K::number, Op::minimum, Classes::number},
      {Keyword::maximum, &K::number, Op::maximum, Classes::number},
      {Keyword::exclusive_minimum, &K::number, Op::exclusive_minimum, Classes::number},
      {Keyword::exclusive_maximum, &K::number, Op::exclusive_maximum, Classes::number},
      {Keyword::multiple_of, &K::number, Op::multiple_of, Classes::number},
      {Keyword::properties, &K::object_rule},
      {Keyword::pattern_properties, &K::object_rule},
      {Keyword::additional_properties, &K::object_rule},
      {Keyword::required, &K::object_rule},
      {Keyword::property_names, &K::subschema, Op::property_names, Classes::object},
      // `dependencies` is what earlier drafts had in place of the two: the metaschema still knows it.
      {Keyword::dependent_required, &K::dependent_required},
      {Keyword::dependencies, &K::dependent_required},
      {Keyword::prefix_items, &K::items},
      {Keyword::items, &K::items},
      {Keyword::min_contains, &K::contains_bound},
      {Keyword::max_contains, &K::contains_bound},
      {Keyword::contains, &K::contains},
      {Keyword::ref, &K::reference, Op::call, any},
      {Keyword::dynamic_ref, &K::reference, Op::dynamic_call, any},
      {Keyword::all_of, &K::branches, Op::call, any},
      {Keyword::any_of, &K::branches, Op::any_of, any},
      {Keyword::one_of, &K::branches, Op::one_of, any},
      {Keyword::not_, &K::subschema, Op::not_, any},
      {Keyword::if_, &K::condition},
      {Keyword::dependent_schemas, &K::dependent_schemas},
      {Keyword::dependencies, &K::dependent_schemas},
      {Keyword::unevaluated_properties, &K::unevaluated, Op::unevaluated_properties, Classes::object},
      {Keyword::unevaluated_items, &K::unevaluated, Op::unevaluated_items, Classes::array},
  };
  return table;
}

KeywordCompiler::KeywordCompiler(Compilation& compilation, BlockIndex block)
    : compilation_(compilation),
      program_(compilation.program),
      builder_(compilation.builder),
      block_(block),
      location_(raw().location),
      place_(raw().place),
      vocabularies_(compilation.blocks.resources()[raw().resource].vocabularies) {}

void KeywordCompiler::run() {
  const json::Value schema = location_.value();
  if (schema.is_boolean()) {
    raw().is_false = schema.is_false();
    return;
  }
  if (!schema.is_object()) {
    invalid(schema, "a schema must be an object, true or false");
    return;
  }
  read_keywords();
  for (const Step& step : steps()) {
    if (const json::Value value = value_of(step.keyword)) (this->*step.compile)(step, value);
  }
  if (compilation_.options.output) annotate();
}

void KeywordCompiler::read_keywords() {
  std::string scratch;
  json::Value rules;
  for (const json::Member member : location_.value().members()) {
    const std::string_view name = member.key.string(scratch);
    const Keyword keyword = keyword_from(name);
    if (keyword == Keyword::unknown) {
      if (compilation_.options.rule_names && name == "x-bearproof-rule") rules = member.value;
      continue;
    }
    if ((info_of(keyword).vocabularies & vocabularies_) == 0) continue;
    values_[static_cast<std::size_t>(keyword)] = member.value;
  }
  if (rules) read_rules(rules);
}

RuleCase KeywordCompiler::rule_named(json::Value spelling) {
  std::string scratch;
  if (spelling.is_string()) {
    if (const auto rule = rule_case_from(spelling.string(scratch))) return *rule;
  }
  invalid(spelling, "x-bearproof-rule must name a rule of the catalogue");
  return Rule::schema_shape;
}

void KeywordCompiler::read_rules(json::Value value) {
  if (value.is_string()) {
    rules_.all = rule_named(value);
    return;
  }
  if (!value.is_object()) {
    invalid(value, "x-bearproof-rule must be a rule, or an object from keywords to rules");
    return;
  }
  std::string scratch;
  for (const json::Member member : value.members()) {
    const std::string name(member.key.string(scratch));
    const Keyword keyword = keyword_from(name);
    if (keyword == Keyword::unknown || !value_of(keyword)) {
      invalid(member.key, "x-bearproof-rule names a keyword that does not stand beside it");
      continue;
    }
    if (keyword != Keyword::required || !member.value.is_object()) {
      rules_.keywords.emplace_back(name, rule_named(member.value));
      continue;
    }
    for (const json::Member entry : member.value.members()) {
      const std::string property(entry.key.string(scratch));
      bool listed = false;
      for (const json::Value item : value_of(Keyword::required).items()) listed = listed || item.equals(property);
      if (!listed) invalid(entry.key, "x-bearproof-rule names a property that is not required");
      rules_.required.emplace_back(property, rule_named(entry.value));
    }
  }
}

/// Whether, of keywords that are compiled together, none before this one is present.
bool KeywordCompiler::is_first_of(Keyword keyword, std::span<const Keyword> together) const {
  for (const Keyword each : together) {
    if (value_of(each)) return each == keyword;
  }
  return false;
}

PlaceIndex KeywordCompiler::place_of(Keyword keyword) {
  // Of keywords that hand members and items on to subschemas `x-bearproof-rule` as a string does not speak.
  const bool descends = keyword == Keyword::properties || keyword == Keyword::pattern_properties ||
                        keyword == Keyword::additional_properties || keyword == Keyword::items ||
                        keyword == Keyword::prefix_items || keyword == Keyword::unevaluated_items ||
                        keyword == Keyword::unevaluated_properties;
  const std::string_view name = info_of(keyword).name;
  RuleCase rule = !descends || value_of(keyword).is_false() ? rules_.all : Rule::schema_shape;
  for (const auto& [mapped, to] : rules_.keywords) {
    if (mapped == name) rule = to;
  }
  return builder_.add_place(place_, builder_.add_text(name), rule);
}

BlockIndex KeywordCompiler::child(json::Value schema, PlaceIndex keyword_place) {
  return compilation_.blocks.below(location_, schema, keyword_place);
}

BlockIndex KeywordCompiler::child(json::Value schema, PlaceIndex keyword_place, std::string_view name) {
  return child(schema, builder_.add_place(keyword_place, builder_.add_text(name), Rule::schema_shape));
}

std::vector<BlockIndex> KeywordCompiler::children(json::Value schemas, PlaceIndex keyword_place) {
  std::vector<BlockIndex> blocks;
  std::uint32_t number = 0;
  for (const json::Value schema : schemas.items()) {
    blocks.push_back(child(schema, builder_.add_place_of_item(keyword_place, number++)));
  }
  return blocks;
}

void KeywordCompiler::emit(std::uint8_t classes, json::Value at, const Instruction& instruction) {
  raw().code.push_back({instruction, classes, at.index()});
}

bool KeywordCompiler::expect_object(Keyword keyword, json::Value value) {
  if (!value.is_object()) invalid(value, keyword, "must be an object");
  return value.is_object();
}

void KeywordCompiler::invalid(json::Value at, Message message) {
  compilation_.faults.add_schema_invalid(location_, at, std::move(message));
}

void KeywordCompiler::invalid(json::Value at, Keyword keyword, std::string_view what) {
  invalid(at, Message::of(words(info_of(keyword).name), " ", words(what)));
}

}  // namespace bearproof::schema
