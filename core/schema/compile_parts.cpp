// Keywords about the members of objects and the items of arrays.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "bearproof/catalogue/rules.h"

#include "keyword_compiler.h"

namespace bearproof::schema {

/// What the keywords of one object rule say, while they are gathered.
struct KeywordCompiler::ObjectKeywords {
  ObjectRule rule;
  std::vector<std::string> names;      ///< of `properties` and `required`, each once
  std::vector<PropertyEntry> entries;  ///< by name
  std::unordered_map<std::string, std::size_t> index;
  std::vector<PatternEntry> patterns;

  PropertyEntry& entry(const std::string& name) {
    const auto [at, added] = index.try_emplace(name, entries.size());
    if (added) {
      names.push_back(name);
      entries.emplace_back();
    }
    return entries[at->second];
  }
};

/// properties, patternProperties, additionalProperties and required: one instruction.
/// @param value  of the first of them that is present
void KeywordCompiler::object_rule(const Step& step, json::Value value) {
  static constexpr Keyword together[] = {Keyword::properties, Keyword::pattern_properties,
                                         Keyword::additional_properties, Keyword::required};
  if (!is_first_of(step.keyword, together)) return;
  ObjectKeywords object;
  ObjectRule& rule = object.rule;
  const json::Value declared = value_of(Keyword::properties);
  const json::Value names = value_of(Keyword::required);
  const json::Value patterns = value_of(Keyword::pattern_properties);
  const json::Value additional = value_of(Keyword::additional_properties);
  if (declared) properties(declared, object);
  if (names) required(names, object);
  if (patterns) pattern_properties(patterns, object);
  if (additional) {
    rule.additional_place = place_of(Keyword::additional_properties);
    rule.additional = child(additional, rule.additional_place);
  }
  rule.names = builder_.add_table(object.names, location_);
  rule.names_count = static_cast<std::uint32_t>(object.names.size());
  for (std::size_t i = 0; i < object.names.size(); ++i) {
    PropertyEntry& entry = object.entries[i];
    const Text text = program_.texts[builder_.add_text(object.names[i])];
    entry.offset = text.offset;
    entry.length = text.length;
    if (!entry.declared) entry.block = rule.additional;
    if (entry.required < 64 && rule.required_count <= 64) entry.mask = std::uint64_t{1} << entry.required;
    rule.lengths |= std::uint64_t{1} << std::min<std::uint32_t>(text.length, 63);
  }
  rule.first_guess = program_.guesses;
  program_.guesses += rule.names_count + 1;
  rule.first_entry = static_cast<std::uint32_t>(program_.entries.size());
  program_.entries.insert(program_.entries.end(), object.entries.begin(), object.entries.end());
  rule.first_pattern = static_cast<std::uint32_t>(program_.pattern_entries.size());
  rule.patterns_count = static_cast<std::uint32_t>(object.patterns.size());
  program_.pattern_entries.insert(program_.pattern_entries.end(), object.patterns.begin(), object.patterns.end());
  rule.plain = object.patterns.empty() && rule.required_count <= 64;
  rule.only_required = !declared && !patterns && !additional;
  emit(Classes::object, value, {Op::object, operands::Members{append(program_.objects, rule)}, place_});
}

void KeywordCompiler::properties(json::Value value, ObjectKeywords& into) {
  if (!expect_object(Keyword::properties, value)) return;
  into.rule.properties_place = place_of(Keyword::properties);
  std::string scratch;
  for (const json::Member member : value.members()) {
    const std::string name(member.key.string(scratch));
    PropertyEntry& entry = into.entry(name);
    entry.declared = true;
    entry.block = child(member.value, into.rule.properties_place, name);
  }
}

void KeywordCompiler::required(json::Value value, ObjectKeywords& into) {
  std::vector<std::string> names;
  if (!read_names(value, "required", names)) return;
  const PlaceIndex place = place_of(Keyword::required);
  ObjectRule& rule = into.rule;
  rule.required_count = static_cast<std::uint32_t>(names.size());
  rule.first_required = static_cast<std::uint32_t>(program_.required.size());
  for (std::uint32_t bit = 0; bit < rule.required_count; ++bit) {
    const std::string& name = names[bit];
    into.entry(name).required = bit;
    RequiredName required_name{builder_.add_text(name), place};
    for (const auto& [mapped, to] : rules_.required) {
      if (mapped == name) required_name.place = builder_.add_place(place_, program_.places[place].text, to);
    }
    program_.required.push_back(required_name);
  }
  if (rule.required_count <= 64 && rule.required_count > 0) {
    rule.required_mask = UINT64_MAX >> (64 - rule.required_count);
  }
}

void KeywordCompiler::pattern_properties(json::Value value, ObjectKeywords& into) {
  if (!expect_object(Keyword::pattern_properties, value)) return;
  const PlaceIndex place = place_of(Keyword::pattern_properties);
  std::string scratch;
  for (const json::Member member : value.members()) {
    const std::string pattern(member.key.string(scratch));
    PatternEntry entry;
    entry.pattern = builder_.add_pattern(pattern, location_, Place::key(member.key.index()));
    entry.place = place;
    entry.block = child(member.value, place, pattern);
    into.patterns.push_back(entry);
  }
}

/// @param what   the keyword, for faults
/// @param names  takes the strings of an array
/// @return false where it is no array of strings that are all different, which is a fault
bool KeywordCompiler::read_names(json::Value array, std::string_view what, std::vector<std::string>& names) {
  if (!array.is_array()) {
    invalid(array, Message::of(words(what), " must be an array of strings"));
    return false;
  }
  std::string scratch;
  std::unordered_set<std::string> seen;
  for (const json::Value item : array.items()) {
    if (!item.is_string()) {
      invalid(item, Message::of(words(what), " must be an array of strings"));
      return false;
    }
    std::string name(item.string(scratch));
    if (!seen.insert(name).second) {
      invalid(item, Message::of(words(what), " names a property twice"));
      return false;
    }
    names.push_back(std::move(name));
  }
  return true;
}

void KeywordCompiler::dependent_required(const Step& step, json::Value value) {
  if (!expect_object(step.keyword, value)) return;
  const PlaceIndex place = place_of(step.keyword);
  std::string scratch;
  for (const json::Member member : value.members()) {
    if (step.keyword == Keyword::dependencies && !member.value.is_array()) continue;
    std::vector<std::string> names;
    if (!read_names(member.value, info_of(step.keyword).name, names) || names.empty()) continue;
    operands::DependentNames needed{};
    needed.trigger = builder_.add_text(member.key.string(scratch));
    needed.count = static_cast<std::uint32_t>(names.size());
    std::vector<TextIndex> texts;
    for (const std::string& name : names) texts.push_back(builder_.add_text(name));
    needed.first = builder_.add_list(texts);
    emit(Classes::object, member.value,
         {Op::dependent_required, needed, builder_.add_place(place, needed.trigger, program_.places[place].rule)});
  }
}

/// prefixItems and items: one instruction.
void KeywordCompiler::items(const Step& step, json::Value) {
  static constexpr Keyword together[] = {Keyword::prefix_items, Keyword::items};
  if (!is_first_of(step.keyword, together)) return;
  const json::Value prefix = value_of(Keyword::prefix_items);
  const json::Value rest = value_of(Keyword::items);
  std::vector<BlockIndex> blocks;
  if (prefix && (!prefix.is_array() || prefix.size() == 0)) {
    invalid(prefix, "prefixItems must be an array of at least one schema");
  } else if (prefix) {
    blocks = children(prefix, place_of(Keyword::prefix_items));
  }
  if (blocks.empty() && !rest) return;
  const PlaceIndex place = place_of(rest ? Keyword::items : Keyword::prefix_items);
  const BlockIndex block = rest ? child(rest, place) : none;
  const operands::Items operands{builder_.add_list(blocks), static_cast<std::uint32_t>(blocks.size()), block};
  emit(Classes::array, rest ? rest : prefix, {Op::array, operands, place});
}

// minContains and maxContains are checked where they stand; without `contains` they assert nothing.
void KeywordCompiler::contains_bound(const Step& step, json::Value) { count_in(step.keyword); }

void KeywordCompiler::contains(const Step& step, json::Value value) {
  const std::optional<std::uint32_t> minimum = count_in(Keyword::min_contains);
  const std::optional<std::uint32_t> maximum = count_in(Keyword::max_contains);
  ContainsRule rule;
  rule.contains_place = place_of(step.keyword);
  rule.minimum = minimum.value_or(1);
  rule.maximum = maximum.value_or(UINT32_MAX);
  rule.minimum_place = minimum ? place_of(Keyword::min_contains) : rule.contains_place;
  rule.maximum_place = maximum ? place_of(Keyword::max_contains) : rule.contains_place;
  rule.block = child(value, rule.contains_place);
  emit(Classes::array, value,
       {Op::contains, operands::Contained{append(program_.contains, rule)}, rule.contains_place});
}

}  // namespace bearproof::schema
