// Keywords that assert something of a value as it stands: type, enum, const, bounds, pattern, format.
#include <algorithm>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/number.h"
#include "bearproof/schema/format.h"

#include "keyword_compiler.h"

namespace bearproof::schema {
namespace {

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

/// What an `enum` or `const` allows, by type.
struct Allowed {
  std::uint8_t classes = 0;  ///< without boolean and string
  bool has_true = false;
  bool has_false = false;
  std::vector<std::string> texts;  ///< each once

  void add(json::Value value) {
    switch (value.type()) {
      case json::Type::null: add(Classes::null); break;
      case json::Type::boolean: (value.is_true() ? has_true : has_false) = true; break;
      case json::Type::number: add(Classes::number); break;
      case json::Type::string: add_text(value); break;
      case json::Type::array: add(Classes::array); break;
      case json::Type::object: add(Classes::object); break;
    }
  }
  void add(Classes::Bits bits) { classes = static_cast<std::uint8_t>(classes | bits); }

  // An enum should not name a value twice, but may.
  void add_text(json::Value value) {
    std::string scratch;
    std::string text(value.string(scratch));
    if (texts.size() > few || std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }
  /// To be called after the last value.
  void finish() {
    if (texts.size() <= few) return;
    stable_sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  }

  static constexpr std::size_t few = 64;  ///< more are sorted
};

}  // namespace

void KeywordCompiler::types(const Step& step, json::Value value) {
  std::uint8_t classes = 0;
  std::uint8_t names = 0;
  const auto add = [&](json::Value name) {
    for (const TypeName& type : type_names) {
      if (!name.equals(type.name)) continue;
      if ((names & type.names) != 0) invalid(name, "type names a type twice");
      classes = static_cast<std::uint8_t>(classes | type.classes);
      names = static_cast<std::uint8_t>(names | type.names);
      return;
    }
    invalid(name, "type must be null, boolean, integer, number, string, array or object");
  };
  if (value.is_array()) {
    if (value.size() == 0) invalid(value, "type must name at least one type");
    for (const json::Value item : value.items()) add(item);
  } else {
    add(value);
  }
  RawBlock& block = raw();
  block.allowed = classes;
  block.type_names = names;
  block.integers_only = (names & TypeNames::integer) != 0 && (names & TypeNames::number) == 0;
  block.type_place = place_of(step.keyword);
}

void KeywordCompiler::constant(const Step& step, json::Value value) { one_of_values(step.keyword, value, {value}); }

void KeywordCompiler::enumeration(const Step& step, json::Value value) {
  if (!value.is_array()) {
    invalid(value, "enum must be an array");
    return;
  }
  std::vector<json::Value> values;
  for (const json::Value item : value.items()) values.push_back(item);
  one_of_values(step.keyword, value, values);
}

void KeywordCompiler::one_of_values(Keyword keyword, json::Value value, const std::vector<json::Value>& values) {
  const PlaceIndex place = place_of(keyword);
  EnumRule rule;
  rule.first = static_cast<std::uint32_t>(program_.enum_values.size());
  rule.count = static_cast<std::uint32_t>(values.size());
  Allowed allowed;
  for (const json::Value each : values) {
    program_.enum_values.push_back(builder_.add_constant(each));
    allowed.add(each);
  }
  allowed.finish();
  const ValuesIndex index = append(program_.enums, rule);
  const auto test = [&](int classes, Op op, const auto& operands) {
    emit(static_cast<std::uint8_t>(classes), value, {op, operands, place});
  };
  const operands::Values all{index};
  if ((allowed.classes & Classes::null) == 0) test(Classes::null, Op::fail_enum, all);
  if (!allowed.has_true && !allowed.has_false) {
    test(Classes::boolean, Op::fail_enum, all);
  } else if (allowed.has_true != allowed.has_false) {
    test(Classes::boolean, Op::boolean_is, operands::Boolean{allowed.has_true ? 1u : 0u, index});
  }
  if (allowed.texts.empty()) {
    test(Classes::string, Op::fail_enum, all);
  } else if (allowed.texts.size() == 1) {
    const Text text = program_.texts[builder_.add_text(allowed.texts[0])];
    test(Classes::string, Op::const_string, operands::OneString{text.offset, text.length, index});
  } else {
    const std::uint32_t table = append(program_.tables, builder_.add_table(allowed.texts, location_));
    test(Classes::string, Op::enum_string, operands::SomeStrings{table, index});
  }
  constexpr int general = Classes::number | Classes::array | Classes::object;
  test(general & ~allowed.classes, Op::fail_enum, all);
  test(general & allowed.classes, Op::enum_values, all);
}

void KeywordCompiler::number(const Step& step, json::Value value) {
  if (!value.is_number()) {
    invalid(value, step.keyword, "must be a number");
    return;
  }
  const json::Number number(value.raw());
  if (step.op == Op::multiple_of && (number.is_zero() || number.is_negative())) {
    invalid(value, "multipleOf must be greater than 0");
    return;
  }
  const std::optional<std::int64_t> small = number.int64();
  const NumberConstant constant{builder_.add_constant(value), small.has_value(), small.value_or(0)};
  emit(step.classes, value, {step.op, operands::Number{append(program_.numbers, constant)}, place_of(step.keyword)});
}

/// The value of a keyword that is a count; nothing where it is absent or none, which is a fault.
std::optional<std::uint32_t> KeywordCompiler::count_in(Keyword keyword) {
  const json::Value value = value_of(keyword);
  if (!value) return std::nullopt;
  if (value.is_number()) {
    const json::Number number(value.raw());
    if (number.is_integer() && (!number.is_negative() || number.is_zero())) {
      // No document can hold more than UINT32_MAX of anything.
      const std::optional<std::int64_t> small = number.int64();
      return small && *small < UINT32_MAX ? static_cast<std::uint32_t>(*small) : UINT32_MAX;
    }
  }
  invalid(value, keyword, "must be an integer that is not negative");
  return std::nullopt;
}

void KeywordCompiler::count(const Step& step, json::Value value) {
  const std::optional<std::uint32_t> limit = count_in(step.keyword);
  if (!limit) return;
  const bool lower = step.op == Op::min_length || step.op == Op::min_items || step.op == Op::min_properties;
  if (lower && *limit == 0) return;
  emit(step.classes, value, {step.op, operands::Count{*limit}, place_of(step.keyword)});
}

void KeywordCompiler::unique(const Step& step, json::Value value) {
  if (!value.is_true()) return;
  emit(Classes::array, value, {Op::unique_items, operands::Nothing{}, place_of(step.keyword)});
}

void KeywordCompiler::pattern(const Step& step, json::Value value) {
  const PlaceIndex place = place_of(step.keyword);
  if (!value.is_string()) {
    invalid(value, "pattern must be a string");
    return;
  }
  std::string scratch;
  const std::uint32_t index = builder_.add_pattern(value.string(scratch), location_, Place::value(value.index()));
  std::optional<regex::Literal> literal;
  if (index < program_.patterns.size()) literal = program_.patterns[index].literal();
  if (literal && literal->at_start && !literal->at_end) {
    const Text text = program_.texts[builder_.add_text(literal->text)];
    emit(Classes::string, value, {Op::pattern_start, operands::Prefix{text.offset, text.length}, place});
    return;
  }
  // Most often it is asked that a string is not blank.
  using Shortcut = operands::Pattern::Shortcut;
  const Shortcut shortcut = value.equals("\\S") ? Shortcut::graphic_character : Shortcut::none;
  emit(Classes::string, value, {Op::pattern, operands::Pattern{index, shortcut}, place});
  program_.pattern_texts.push_back({place, builder_.add_text(value.string(scratch))});
}

void KeywordCompiler::format(const Step& step, json::Value value) {
  const bool asserted = compilation_.options.assert_format || (vocabularies_ & Vocabulary::format_assertion) != 0;
  std::string scratch;
  if (!asserted || !value.is_string()) return;
  if (const auto known = format_from(value.string(scratch))) {
    emit(Classes::string, value, {Op::format, operands::KnownFormat{*known}, place_of(step.keyword)});
  }
}

}  // namespace bearproof::schema
