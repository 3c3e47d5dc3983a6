// Keywords that assert nothing: what the metaschema asks of them, and annotations for JSON Schema's own output.
#include "bearproof/catalogue/rules.h"

#include "keyword_compiler.h"

namespace bearproof::schema {

void KeywordCompiler::expect_string(const Step& step, json::Value value) {
  if (!value.is_string()) invalid(value, step.keyword, "must be a string");
}

void KeywordCompiler::expect_boolean(const Step& step, json::Value value) {
  if (!value.is_boolean()) invalid(value, step.keyword, "must be true or false");
}

void KeywordCompiler::expect_array(const Step& step, json::Value value) {
  if (!value.is_array()) invalid(value, step.keyword, "must be an array");
}

void KeywordCompiler::expect_vocabularies(const Step& step, json::Value value) {
  bool good = value.is_object();
  for (const json::Member member : value.members()) good = good && member.value.is_boolean();
  if (!good) invalid(value, step.keyword, "must be an object of booleans");
}

// Subschemas that nothing refers to are checked all the same, as far as the schema's own text goes.
void KeywordCompiler::definitions(const Step& step, json::Value value) {
  if (!expect_object(step.keyword, value) || &location_.source() != compilation_.root_source) return;
  const PlaceIndex place = place_of(step.keyword);
  std::string scratch;
  for (const json::Member member : value.members()) child(member.value, place, member.key.string(scratch));
}

// The same for those that are not applied for want of another keyword beside them.
void KeywordCompiler::unapplied(const Step& step, json::Value value) {
  if (&location_.source() == compilation_.root_source) child(value, place_of(step.keyword));
}

// Keywords that annotate: those of the standard vocabularies, and every one that nobody knows.
void KeywordCompiler::annotate() {
  std::string scratch;
  for (const json::Member member : location_.value().members()) {
    const std::string_view name = member.key.string(scratch);
    const Keyword keyword = keyword_from(name);
    const bool known = keyword != Keyword::unknown && value_of(keyword);
    std::uint8_t classes = Classes::all;
    if (known) {
      if (keyword == Keyword::content_schema && !value_of(Keyword::content_media_type)) continue;
      const std::uint16_t vocabularies = info_of(keyword).vocabularies;
      if ((vocabularies & Vocabulary::content) != 0) {
        classes = Classes::string;
      } else if ((vocabularies & (Vocabulary::meta_data | Vocabulary::format_annotation)) == 0) {
        continue;
      }
    } else if (compilation_.options.rule_names && name == "x-bearproof-rule") {
      continue;
    }
    const AnnotationRule rule{builder_.add_text(name), builder_.add_constant(member.value)};
    const PlaceIndex place = builder_.add_place(place_, rule.keyword, Rule::schema_shape);
    emit(classes, member.value, {Op::annotate, operands::Annotation{append(program_.annotations, rule)}, place});
  }
}

}  // namespace bearproof::schema
