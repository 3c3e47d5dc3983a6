// One schema object: its keywords, checked and turned into the instructions of its raw block.
#include <algorithm>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/number.h"
#include "bearproof/schema/format.h"

#include "compiler.h"
#include "uri.h"

namespace bearproof::schema {
namespace {

/// Appends an element. @return its place
template <class Element>
std::uint32_t append(std::vector<Element>& to, Element element) {
  to.push_back(std::move(element));
  return static_cast<std::uint32_t>(to.size() - 1);
}

// Keywords that hand members and items on to subschemas: `x-bearproof-rule` as a string does not speak for those.
bool descends(Keyword keyword) {
  switch (keyword) {
    case Keyword::properties:
    case Keyword::pattern_properties:
    case Keyword::additional_properties:
    case Keyword::items:
    case Keyword::prefix_items:
    case Keyword::unevaluated_items:
    case Keyword::unevaluated_properties: return true;
    default: return false;
  }
}

struct TypeName {
  std::string_view name;
  std::uint8_t names;
  std::uint8_t classes;
};
constexpr TypeName type_names[] = {
    {"null", TypeNames::null, Classes::null},         {"boolean", TypeNames::boolean, Classes::boolean},
    {"integer", TypeNames::integer, Classes::number}, {"number", TypeNames::number, Classes::number},
    {"string", TypeNames::string, Classes::string},   {"array", TypeNames::array, Classes::array},
    {"object", TypeNames::object, Classes::object},
};

}  // namespace

void Compiler::compile_block(std::uint32_t block) {
  Object object;
  object.block = block;
  object.location = raw_[block].location;
  object.place = raw_[block].place;
  object.vocabularies = vocabularies_[raw_[block].resource];
  const json::Value value = object.location.value();
  if (value.is_boolean()) {
    raw_[block].is_false = value.is_false();
    return;
  }
  if (!value.is_object()) {
    invalid(object, value, "a schema must be an object, true or false");
    return;
  }
  if (!read_keywords(object)) return;
  check_annotations(object);
  compile_type(object);
  compile_values(object);
  compile_counts(object);
  compile_strings(object);
  compile_numbers(object);
  compile_members(object);
  compile_items(object);
  compile_references(object);
  compile_in_place(object);
  compile_unevaluated(object);
  if (options_.output) compile_annotations(object);
}

bool Compiler::read_keywords(Object& object) {
  object.values.resize(keyword_count);
  std::string scratch;
  json::Value rules;
  for (const json::Member member : object.location.value().members()) {
    const std::string_view name = member.key.string(scratch);
    const Keyword keyword = keyword_from(name);
    if (keyword == Keyword::unknown) {
      if (options_.rule_names && name == "x-bearproof-rule") rules = member.value;
      continue;
    }
    if ((info_of(keyword).vocabularies & object.vocabularies) == 0) continue;
    object.values[static_cast<std::size_t>(keyword)] = member.value;
  }
  if (rules) read_rules(object, rules);
  return true;
}

RuleCase Compiler::rule_named(const Object& object, json::Value spelling) {
  std::string scratch;
  if (spelling.is_string()) {
    if (const auto rule = rule_case_from(spelling.string(scratch))) return *rule;
  }
  invalid(object, spelling, "x-bearproof-rule must name a rule of the catalogue");
  return Rule::schema_shape;
}

void Compiler::read_rules(Object& object, json::Value value) {
  if (value.is_string()) {
    object.rules.all = rule_named(object, value);
    return;
  }
  if (!value.is_object()) {
    invalid(object, value, "x-bearproof-rule must be a rule, or an object from keywords to rules");
    return;
  }
  std::string scratch;
  for (const json::Member member : value.members()) {
    const std::string name(member.key.string(scratch));
    const Keyword keyword = keyword_from(name);
    if (keyword == Keyword::unknown || !object[keyword]) {
      invalid(object, member.key, "x-bearproof-rule names a keyword that does not stand beside it");
      continue;
    }
    if (keyword != Keyword::required || !member.value.is_object()) {
      object.rules.keywords.emplace_back(name, rule_named(object, member.value));
      continue;
    }
    for (const json::Member entry : member.value.members()) {
      const std::string property(entry.key.string(scratch));
      bool listed = false;
      for (const json::Value item : object[Keyword::required].items()) listed = listed || item.equals(property);
      if (!listed) invalid(object, entry.key, "x-bearproof-rule names a property that is not required");
      object.rules.required.emplace_back(property, rule_named(object, entry.value));
    }
  }
}

std::uint32_t Compiler::keyword_place(const Object& object, Keyword keyword) {
  const std::string_view name = info_of(keyword).name;
  RuleCase rule = !descends(keyword) || object[keyword].is_false() ? object.rules.all : Rule::schema_shape;
  for (const auto& [mapped, to] : object.rules.keywords) {
    if (mapped == name) rule = to;
  }
  return add_place(object.place, add_text(name), 0, rule);
}

void Compiler::emit(const Object& object, std::uint8_t classes, json::Value at, const Instruction& instruction) {
  raw_[object.block].code.push_back({instruction, classes, at.index()});
}

// What the metaschema asks of keywords that assert nothing.
void Compiler::check_annotations(const Object& object) {
  for (const Keyword keyword : {Keyword::title, Keyword::description, Keyword::comment, Keyword::content_encoding,
                                Keyword::content_media_type, Keyword::format}) {
    const json::Value value = object[keyword];
    if (value && !value.is_string()) {
      invalid(object, value, std::string(info_of(keyword).name) + " must be a string");
    }
  }
  for (const Keyword keyword : {Keyword::deprecated, Keyword::read_only, Keyword::write_only, Keyword::unique_items}) {
    const json::Value value = object[keyword];
    if (value && !value.is_boolean()) {
      invalid(object, value, std::string(info_of(keyword).name) + " must be true or false");
    }
  }
  if (const json::Value value = object[Keyword::examples]; value && !value.is_array()) {
    invalid(object, value, "examples must be an array");
  }
  if (const json::Value value = object[Keyword::vocabulary]) {
    bool good = value.is_object();
    for (const json::Member member : value.members()) good = good && member.value.is_boolean();
    if (!good) invalid(object, value, "$vocabulary must be an object of booleans");
  }
  // Subschemas that nothing refers to are checked all the same, as far as the schema's own text goes.
  const bool own = &object.location.source() == root_source_;
  if (const json::Value value = object[Keyword::defs]) {
    if (!value.is_object()) {
      invalid(object, value, "$defs must be an object");
    } else if (own) {
      const std::uint32_t place = keyword_place(object, Keyword::defs);
      std::string scratch;
      for (const json::Member member : value.members()) {
        child(object, member.value, place, member.key.string(scratch));
      }
    }
  }
  if (!own) return;
  for (const Keyword keyword : {Keyword::content_schema, Keyword::then_, Keyword::else_}) {
    if (const json::Value value = object[keyword]) child_at(object, value, keyword_place(object, keyword));
  }
}

// Keywords that annotate: those of the standard vocabularies, and every one that nobody knows.
void Compiler::compile_annotations(const Object& object) {
  std::string scratch;
  for (const json::Member member : object.location.value().members()) {
    const std::string_view name = member.key.string(scratch);
    const Keyword keyword = keyword_from(name);
    const bool known = keyword != Keyword::unknown && object[keyword];
    std::uint8_t classes = Classes::all;
    if (known) {
      if (keyword == Keyword::content_schema && !object[Keyword::content_media_type]) continue;
      const std::uint16_t vocabularies = info_of(keyword).vocabularies;
      if ((vocabularies & Vocabulary::content) != 0) {
        classes = Classes::string;
      } else if ((vocabularies & (Vocabulary::meta_data | Vocabulary::format_annotation)) == 0) {
        continue;
      }
    } else if (options_.rule_names && name == "x-bearproof-rule") {
      continue;
    }
    AnnotationRule rule;
    rule.keyword = add_text(name);
    rule.value = add_constant(member.value);
    const PlaceIndex place = add_place(object.place, rule.keyword, 0, Rule::schema_shape);
    emit(object, classes, member.value,
         {Op::annotate, operands::Annotation{append(program_->annotations, rule)}, place});
  }
}

void Compiler::compile_type(const Object& object) {
  const json::Value value = object[Keyword::type];
  if (!value) return;
  std::uint8_t classes = 0;
  std::uint8_t names = 0;
  std::string scratch;
  const auto add = [&](json::Value name) {
    for (const TypeName& type : type_names) {
      if (!name.equals(type.name)) continue;
      if ((names & type.names) != 0) invalid(object, name, "type names a type twice");
      classes = static_cast<std::uint8_t>(classes | type.classes);
      names = static_cast<std::uint8_t>(names | type.names);
      return;
    }
    invalid(object, name, "type must be null, boolean, integer, number, string, array or object");
  };
  if (value.is_array()) {
    if (value.size() == 0) invalid(object, value, "type must name at least one type");
    for (const json::Value item : value.items()) add(item);
  } else {
    add(value);
  }
  RawBlock& raw = raw_[object.block];
  raw.allowed = classes;
  raw.type_names = names;
  raw.integers_only = (names & TypeNames::integer) != 0 && (names & TypeNames::number) == 0;
  raw.type_place = keyword_place(object, Keyword::type);
}

void Compiler::compile_values(const Object& object) {
  if (const json::Value value = object[Keyword::const_]) compile_enum(object, value, {value}, Keyword::const_);
  if (const json::Value value = object[Keyword::enum_]) {
    if (!value.is_array()) {
      invalid(object, value, "enum must be an array");
      return;
    }
    std::vector<json::Value> values;
    for (const json::Value item : value.items()) values.push_back(item);
    compile_enum(object, value, values, Keyword::enum_);
  }
}

void Compiler::compile_enum(const Object& object, json::Value keyword, const std::vector<json::Value>& values,
                            Keyword which) {
  const std::uint32_t place = keyword_place(object, which);
  const auto index = static_cast<std::uint32_t>(program_->enums.size());
  EnumRule rule;
  rule.first = static_cast<std::uint32_t>(program_->enum_values.size());
  rule.count = static_cast<std::uint32_t>(values.size());
  std::uint8_t present = 0;
  bool has_true = false;
  bool has_false = false;
  std::vector<std::string> texts;
  std::string scratch;
  for (const json::Value value : values) {
    program_->enum_values.push_back(add_constant(value));
    switch (value.type()) {
      case json::Type::null: present |= Classes::null; break;
      case json::Type::boolean: (value.is_true() ? has_true : has_false) = true; break;
      case json::Type::number: present = static_cast<std::uint8_t>(present | Classes::number); break;
      case json::Type::string: {
        std::string text(value.string(scratch));
        // An enum should not name a value twice, but may.
        if (std::find(texts.begin(), texts.end(), text) == texts.end() || texts.size() > 64) texts.push_back(text);
        break;
      }
      case json::Type::array: present = static_cast<std::uint8_t>(present | Classes::array); break;
      case json::Type::object: present = static_cast<std::uint8_t>(present | Classes::object); break;
    }
  }
  program_->enums.push_back(rule);
  const auto test = [&](int classes, Op op, const auto& operands) {
    emit(object, static_cast<std::uint8_t>(classes), keyword, {op, operands, place});
  };
  const operands::Values all{index};
  if ((present & Classes::null) == 0) test(Classes::null, Op::fail_enum, all);
  if (!has_true && !has_false) {
    test(Classes::boolean, Op::fail_enum, all);
  } else if (has_true != has_false) {
    test(Classes::boolean, Op::boolean_is, operands::Boolean{has_true ? 1u : 0u, index});
  }
  if (texts.size() > 64) {
    stable_sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  }
  if (texts.empty()) {
    test(Classes::string, Op::fail_enum, all);
  } else if (texts.size() == 1) {
    const Text text = program_->texts[add_text(texts[0])];
    test(Classes::string, Op::const_string, operands::OneString{text.offset, text.length, index});
  } else {
    test(Classes::string, Op::enum_string, operands::SomeStrings{append(program_->tables, add_table(texts)), index});
  }
  constexpr int general = Classes::number | Classes::array | Classes::object;
  test(general & ~present, Op::fail_enum, all);
  test(general & present, Op::enum_values, all);
}

bool Compiler::read_count(const Object& object, Keyword keyword, std::uint32_t& count) {
  const json::Value value = object[keyword];
  if (!value) return false;
  if (value.is_number()) {
    const json::Number number(value.raw());
    if (number.is_integer() && (!number.is_negative() || number.is_zero())) {
      const std::optional<std::int64_t> small = number.int64();
      // No document can hold more than this of anything.
      count = small && *small < UINT32_MAX ? static_cast<std::uint32_t>(*small) : UINT32_MAX;
      return true;
    }
  }
  invalid(object, value, std::string(info_of(keyword).name) + " must be an integer that is not negative");
  return false;
}

std::uint32_t Compiler::compile_pattern(const Object& object, Place place, std::string_view pattern) {
  if (const auto found = pattern_index_.find(pattern); found != pattern_index_.end()) return found->second;
  regex::Options options;
  options.max_instructions = options_.limits.pattern_program;
  auto compiled = regex::Pattern::compile(pattern, options);
  if (!compiled) {
    const bool invalid = compiled.error().kind == regex::Error::Kind::syntax;
    faults_.add(object.location, invalid ? Rule::schema_invalid : Rule::schema_pattern_unsupported, place,
                "this pattern cannot be used: " + compiled.error().message);
    return 0;
  }
  if (compiled->legacy()) {
    program_->warnings.push_back(fault_at(object.location.source(), Rule::schema_pattern_legacy, place,
                                          "this pattern is valid only under the legacy rules of ECMA-262, Annex B"));
  }
  const auto index = static_cast<std::uint32_t>(program_->patterns.size());
  program_->patterns.push_back(std::move(*compiled));
  pattern_index_.emplace(std::string(pattern), index);
  return index;
}

void Compiler::compile_strings(const Object& object) {
  std::string scratch;
  if (const json::Value value = object[Keyword::pattern]) {
    const std::uint32_t place = keyword_place(object, Keyword::pattern);
    if (!value.is_string()) {
      invalid(object, value, "pattern must be a string");
    } else {
      const std::uint32_t pattern = compile_pattern(object, Place::value(value.index()), value.string(scratch));
      std::optional<regex::Literal> literal;
      if (pattern < program_->patterns.size()) literal = program_->patterns[pattern].literal();
      if (literal && literal->at_start && !literal->at_end) {
        const Text text = program_->texts[add_text(literal->text)];
        emit(object, Classes::string, value, {Op::pattern_start, operands::Prefix{text.offset, text.length}, place});
      } else {
        // Most often it is asked that a string is not blank.
        using Shortcut = operands::Pattern::Shortcut;
        const Shortcut shortcut = value.equals("\\S") ? Shortcut::graphic_character : Shortcut::none;
        emit(object, Classes::string, value, {Op::pattern, operands::Pattern{pattern, shortcut}, place});
        program_->pattern_texts.push_back({place, add_text(value.string(scratch))});
      }
    }
  }
  const json::Value format = object[Keyword::format];
  const bool asserted = options_.assert_format || (object.vocabularies & Vocabulary::format_assertion) != 0;
  if (format && format.is_string() && asserted) {
    if (const auto known = format_from(format.string(scratch))) {
      const PlaceIndex place = keyword_place(object, Keyword::format);
      emit(object, Classes::string, format, {Op::format, operands::KnownFormat{*known}, place});
    }
  }
}

void Compiler::compile_numbers(const Object& object) {
  constexpr std::pair<Keyword, Op> keywords[] = {
      {Keyword::minimum, Op::minimum},
      {Keyword::maximum, Op::maximum},
      {Keyword::exclusive_minimum, Op::exclusive_minimum},
      {Keyword::exclusive_maximum, Op::exclusive_maximum},
      {Keyword::multiple_of, Op::multiple_of},
  };
  for (const auto& [keyword, op] : keywords) {
    const json::Value value = object[keyword];
    if (!value) continue;
    if (!value.is_number()) {
      invalid(object, value, std::string(info_of(keyword).name) + " must be a number");
      continue;
    }
    const json::Number number(value.raw());
    if (op == Op::multiple_of && (number.is_zero() || number.is_negative())) {
      invalid(object, value, "multipleOf must be greater than 0");
      continue;
    }
    NumberConstant constant;
    constant.node = add_constant(value);
    const std::optional<std::int64_t> small = number.int64();
    constant.small = small.has_value();
    constant.value = small.value_or(0);
    emit(object, Classes::number, value,
         {op, operands::Number{append(program_->numbers, constant)}, keyword_place(object, keyword)});
  }
}

void Compiler::compile_counts(const Object& object) {
  constexpr struct {
    Keyword keyword;
    Op op;
    std::uint8_t classes;
    bool lower;
  } keywords[] = {
      {Keyword::min_length, Op::min_length, Classes::string, true},
      {Keyword::max_length, Op::max_length, Classes::string, false},
      {Keyword::min_items, Op::min_items, Classes::array, true},
      {Keyword::max_items, Op::max_items, Classes::array, false},
      {Keyword::min_properties, Op::min_properties, Classes::object, true},
      {Keyword::max_properties, Op::max_properties, Classes::object, false},
  };
  for (const auto& each : keywords) {
    std::uint32_t count = 0;
    if (!read_count(object, each.keyword, count) || (each.lower && count == 0)) continue;
    emit(object, each.classes, object[each.keyword],
         {each.op, operands::Count{count}, keyword_place(object, each.keyword)});
  }
  if (const json::Value value = object[Keyword::unique_items]; value && value.is_true()) {
    emit(object, Classes::array, value,
         {Op::unique_items, operands::Nothing{}, keyword_place(object, Keyword::unique_items)});
  }
}

bool Compiler::read_names(const Object& object, json::Value array, std::string_view what,
                          std::vector<std::string>& names) {
  if (!array.is_array()) {
    invalid(object, array, std::string(what) + " must be an array of strings");
    return false;
  }
  std::string scratch;
  std::unordered_map<std::string, bool, TextHash, std::equal_to<>> seen;
  for (const json::Value item : array.items()) {
    if (!item.is_string()) {
      invalid(object, item, std::string(what) + " must be an array of strings");
      return false;
    }
    std::string name(item.string(scratch));
    if (!seen.try_emplace(name, true).second) {
      invalid(object, item, std::string(what) + " names a property twice");
      return false;
    }
    names.push_back(std::move(name));
  }
  return true;
}

void Compiler::compile_members(const Object& object) {
  compile_object_rule(object);
  std::string scratch;
  if (const json::Value value = object[Keyword::property_names]) {
    const std::uint32_t place = keyword_place(object, Keyword::property_names);
    const operands::Subschema names{child_at(object, value, place)};
    emit(object, Classes::object, value, {Op::property_names, names, place});
  }
  // `dependencies` is what earlier drafts had in place of the two: the metaschema still knows it.
  for (const Keyword keyword : {Keyword::dependent_required, Keyword::dependencies}) {
    const json::Value value = object[keyword];
    if (!value) continue;
    const std::string keyword_name(info_of(keyword).name);
    if (!value.is_object()) {
      invalid(object, value, keyword_name + " must be an object");
      continue;
    }
    const std::uint32_t place = keyword_place(object, keyword);
    const RuleCase rule = program_->places[place].rule;
    for (const json::Member member : value.members()) {
      if (keyword == Keyword::dependencies && !member.value.is_array()) continue;
      std::vector<std::string> names;
      if (!read_names(object, member.value, keyword_name, names) || names.empty()) continue;
      operands::DependentNames needed{};
      needed.trigger = add_text(member.key.string(scratch));
      needed.first = static_cast<std::uint32_t>(program_->lists.size());
      needed.count = static_cast<std::uint32_t>(names.size());
      for (const std::string& name : names) program_->lists.push_back(add_text(name));
      emit(object, Classes::object, member.value,
           {Op::dependent_required, needed, add_place(place, needed.trigger, 0, rule)});
    }
  }
}

void Compiler::compile_object_rule(const Object& object) {
  const json::Value properties = object[Keyword::properties];
  const json::Value patterns = object[Keyword::pattern_properties];
  const json::Value additional = object[Keyword::additional_properties];
  const json::Value required = object[Keyword::required];
  if (!properties && !patterns && !additional && !required) return;
  ObjectRule rule;
  std::vector<std::string> names;
  std::vector<PropertyEntry> entries;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> index;
  std::string scratch;
  if (properties && !properties.is_object()) {
    invalid(object, properties, "properties must be an object");
  } else if (properties) {
    rule.properties_place = keyword_place(object, Keyword::properties);
    for (const json::Member member : properties.members()) {
      std::string name(member.key.string(scratch));
      PropertyEntry entry;
      entry.declared = true;
      entry.block = child(object, member.value, rule.properties_place, name);
      index.emplace(name, static_cast<std::uint32_t>(entries.size()));
      entries.push_back(entry);
      names.push_back(std::move(name));
    }
  }
  std::vector<std::string> required_names;
  if (required && read_names(object, required, "required", required_names)) {
    const std::uint32_t place = keyword_place(object, Keyword::required);
    rule.required_count = static_cast<std::uint32_t>(required_names.size());
    rule.first_required = static_cast<std::uint32_t>(program_->required.size());
    for (std::uint32_t bit = 0; bit < rule.required_count; ++bit) {
      const std::string& name = required_names[bit];
      const auto [entry, added] = index.try_emplace(name, static_cast<std::uint32_t>(entries.size()));
      if (added) {
        entries.emplace_back();
        names.push_back(name);
      }
      entries[entry->second].required = bit;
      RequiredName required_name{add_text(name), place};
      for (const auto& [mapped, to] : object.rules.required) {
        if (mapped == name) {
          const SchemaLocation location = program_->places[place];
          required_name.place = add_place(location.parent, location.text, 0, to);
        }
      }
      program_->required.push_back(required_name);
    }
    if (rule.required_count <= 64 && rule.required_count > 0) {
      rule.required_mask = UINT64_MAX >> (64 - rule.required_count);
    }
  }
  std::vector<PatternEntry> pattern_entries;
  if (patterns && !patterns.is_object()) {
    invalid(object, patterns, "patternProperties must be an object");
  } else if (patterns) {
    const std::uint32_t place = keyword_place(object, Keyword::pattern_properties);
    for (const json::Member member : patterns.members()) {
      PatternEntry entry;
      const std::string pattern(member.key.string(scratch));
      entry.pattern = compile_pattern(object, Place::key(member.key.index()), pattern);
      entry.place = place;
      entry.block = child(object, member.value, place, pattern);
      pattern_entries.push_back(entry);
    }
  }
  if (additional) {
    rule.additional_place = keyword_place(object, Keyword::additional_properties);
    rule.additional = child_at(object, additional, rule.additional_place);
  }
  rule.names = add_table(names);
  rule.names_count = static_cast<std::uint32_t>(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Text text = program_->texts[add_text(names[i])];
    entries[i].offset = text.offset;
    entries[i].length = text.length;
    if (!entries[i].declared) entries[i].block = rule.additional;
    if (entries[i].required < 64 && rule.required_count <= 64)
      entries[i].mask = std::uint64_t{1} << entries[i].required;
    rule.lengths |= std::uint64_t{1} << std::min<std::uint32_t>(text.length, 63);
  }
  rule.first_guess = program_->guesses;
  program_->guesses += rule.names_count + 1;
  rule.first_entry = static_cast<std::uint32_t>(program_->entries.size());
  program_->entries.insert(program_->entries.end(), entries.begin(), entries.end());
  rule.first_pattern = static_cast<std::uint32_t>(program_->pattern_entries.size());
  rule.patterns_count = static_cast<std::uint32_t>(pattern_entries.size());
  program_->pattern_entries.insert(program_->pattern_entries.end(), pattern_entries.begin(), pattern_entries.end());
  rule.plain = pattern_entries.empty() && rule.required_count <= 64;
  rule.only_required = !properties && !patterns && !additional;
  const json::Value at = properties ? properties : patterns ? patterns : additional ? additional : required;
  emit(object, Classes::object, at, {Op::object, operands::Members{append(program_->objects, rule)}, object.place});
}

void Compiler::compile_items(const Object& object) {
  const json::Value prefix = object[Keyword::prefix_items];
  const json::Value items = object[Keyword::items];
  std::vector<std::uint32_t> blocks;
  if (prefix && (!prefix.is_array() || prefix.size() == 0)) {
    invalid(object, prefix, "prefixItems must be an array of at least one schema");
  } else if (prefix) {
    const std::uint32_t place = keyword_place(object, Keyword::prefix_items);
    std::uint32_t number = 0;
    for (const json::Value item : prefix.items()) blocks.push_back(child(object, item, place, number++));
  }
  if (!blocks.empty() || items) {
    std::uint32_t place = object.place;
    std::uint32_t block = none;
    if (items) {
      place = keyword_place(object, Keyword::items);
      block = child_at(object, items, place);
    } else {
      place = keyword_place(object, Keyword::prefix_items);
    }
    const operands::Items operands{add_list(blocks), static_cast<std::uint32_t>(blocks.size()), block};
    emit(object, Classes::array, items ? items : prefix, {Op::array, operands, place});
  }
  std::uint32_t minimum = 1;
  std::uint32_t maximum = UINT32_MAX;
  const bool has_minimum = read_count(object, Keyword::min_contains, minimum);
  const bool has_maximum = read_count(object, Keyword::max_contains, maximum);
  if (const json::Value value = object[Keyword::contains]) {
    ContainsRule rule;
    rule.contains_place = keyword_place(object, Keyword::contains);
    rule.minimum = minimum;
    rule.maximum = maximum;
    rule.minimum_place = has_minimum ? keyword_place(object, Keyword::min_contains) : rule.contains_place;
    rule.maximum_place = has_maximum ? keyword_place(object, Keyword::max_contains) : rule.contains_place;
    rule.block = child_at(object, value, rule.contains_place);
    emit(object, Classes::array, value,
         {Op::contains, operands::Contained{append(program_->contains, rule)}, rule.contains_place});
  }
}

void Compiler::compile_references(const Object& object) {
  std::string scratch;
  for (const Keyword keyword : {Keyword::ref, Keyword::dynamic_ref}) {
    const json::Value value = object[keyword];
    if (!value) continue;
    const std::string name(info_of(keyword).name);
    if (!value.is_string()) {
      invalid(object, value, name + " must be a URI reference");
      continue;
    }
    const std::string reference(value.string(scratch));
    const Target target = resolver_.resolve(object.location, reference);
    if (!target.found) {
      const Resource* const resource = target.location.resource;
      faults_.add(object.location, Rule::schema_ref_unresolved, Place::value(value.index()),
                  resource == nullptr
                      ? "nothing is registered as " + resolve_uri(object.location.resource->uri, reference)
                      : resource->uri + " has nothing at " + reference.substr(reference.find('#')));
      continue;
    }
    const std::uint32_t block = block_of_target(target.location, target.pointer);
    const std::uint32_t place = keyword_place(object, keyword);
    // A dynamic reference is one only where its static target is a dynamic anchor of that name (bookending).
    if (keyword == Keyword::dynamic_ref) {
      const std::size_t hash = reference.find('#');
      const std::string anchor = hash == std::string::npos ? std::string() : reference.substr(hash + 1);
      const auto& anchors = target.location.resource->dynamic_anchors;
      const auto found = anchors.find(anchor);
      if (found != anchors.end() && found->second == target.location.node) {
        auto known = std::find(dynamic_names_.begin(), dynamic_names_.end(), anchor);
        if (known == dynamic_names_.end()) known = dynamic_names_.insert(known, anchor);
        const auto number = static_cast<std::uint32_t>(known - dynamic_names_.begin());
        emit(object, Classes::all, value, {Op::dynamic_call, operands::DynamicSubschema{block, number}, place});
        continue;
      }
    }
    emit(object, Classes::all, value, {Op::call, operands::Subschema{block}, place});
  }
}

void Compiler::compile_in_place(const Object& object) {
  constexpr std::pair<Keyword, Op> keywords[] = {
      {Keyword::all_of, Op::call}, {Keyword::any_of, Op::any_of}, {Keyword::one_of, Op::one_of}};
  for (const auto& [keyword, op] : keywords) {
    const json::Value value = object[keyword];
    if (!value) continue;
    if (!value.is_array() || value.size() == 0) {
      invalid(object, value, std::string(info_of(keyword).name) + " must be an array of at least one schema");
      continue;
    }
    const std::uint32_t place = keyword_place(object, keyword);
    std::vector<std::uint32_t> blocks;
    std::uint32_t number = 0;
    for (const json::Value item : value.items()) blocks.push_back(child(object, item, place, number++));
    if (op == Op::call) {
      std::size_t i = 0;
      for (const json::Value item : value.items()) {
        emit(object, Classes::all, item, {op, operands::Subschema{blocks[i++]}, place});
      }
      continue;
    }
    const operands::Branches branches{add_list(blocks), static_cast<std::uint32_t>(blocks.size())};
    emit(object, Classes::all, value, {op, branches, place});
  }
  if (const json::Value value = object[Keyword::not_]) {
    const std::uint32_t place = keyword_place(object, Keyword::not_);
    emit(object, Classes::all, value, {Op::not_, operands::Subschema{child_at(object, value, place)}, place});
  }
  if (const json::Value value = object[Keyword::if_]) {
    const std::uint32_t place = keyword_place(object, Keyword::if_);
    const auto branch = [&](Keyword keyword) {
      const json::Value schema = object[keyword];
      return schema ? child_at(object, schema, keyword_place(object, keyword)) : none;
    };
    operands::Condition condition{};
    condition.condition = child_at(object, value, place);
    condition.then_block = branch(Keyword::then_);
    condition.else_block = branch(Keyword::else_);
    emit(object, Classes::all, value, {Op::if_, condition, place});
  }
  for (const Keyword keyword : {Keyword::dependent_schemas, Keyword::dependencies}) {
    const json::Value value = object[keyword];
    if (!value) continue;
    if (!value.is_object()) {
      invalid(object, value, std::string(info_of(keyword).name) + " must be an object");
      continue;
    }
    const std::uint32_t place = keyword_place(object, keyword);
    std::string scratch;
    for (const json::Member member : value.members()) {
      if (keyword == Keyword::dependencies && member.value.is_array()) continue;
      const std::string trigger(member.key.string(scratch));
      const std::uint32_t block = child(object, member.value, place, trigger);
      const operands::DependentSubschema dependent{add_text(trigger), block};
      emit(object, Classes::object, member.value, {Op::dependent_schema, dependent, place});
    }
  }
}

void Compiler::compile_unevaluated(const Object& object) {
  if (const json::Value value = object[Keyword::unevaluated_properties]) {
    const std::uint32_t place = keyword_place(object, Keyword::unevaluated_properties);
    const std::uint32_t block = child_at(object, value, place);
    raw_[object.block].tracks_members = true;
    emit(object, Classes::object, value, {Op::unevaluated_properties, operands::Subschema{block}, place});
  }
  if (const json::Value value = object[Keyword::unevaluated_items]) {
    const std::uint32_t place = keyword_place(object, Keyword::unevaluated_items);
    const std::uint32_t block = child_at(object, value, place);
    raw_[object.block].tracks_items = true;
    emit(object, Classes::array, value, {Op::unevaluated_items, operands::Subschema{block}, place});
  }
}

}  // namespace bearproof::schema
