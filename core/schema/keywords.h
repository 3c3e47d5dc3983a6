// The keywords of draft 2020-12: the vocabulary each belongs to, and where subschemas stand in its value.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bearproof::schema {

/// The vocabularies of draft 2020-12, one bit each.
struct Vocabulary {
  enum Bits : std::uint16_t {
    core = 1,
    applicator = 2,
    unevaluated = 4,
    validation = 8,
    meta_data = 16,
    format_annotation = 32,
    format_assertion = 64,
    content = 128,
    /// What the official metaschema declares.
    standard = core | applicator | unevaluated | validation | meta_data | format_annotation | content,
  };
};

/// The vocabulary with that URI; nothing if it is none of draft 2020-12's.
std::optional<Vocabulary::Bits> vocabulary_from(std::string_view uri);

inline constexpr std::string_view draft_2020_12 = "https://json-schema.org/draft/2020-12/schema";

/// What a keyword's value holds.
enum class Shape : std::uint8_t { other, schema, schema_array, schema_map };

// KEYWORD(enumerator, spelling, vocabulary bits, shape)
#define BEARPROOF_SCHEMA_KEYWORDS(KEYWORD)                                           \
  KEYWORD(id, "$id", core, other)                                                    \
  KEYWORD(schema, "$schema", core, other)                                            \
  KEYWORD(ref, "$ref", core, other)                                                  \
  KEYWORD(anchor, "$anchor", core, other)                                            \
  KEYWORD(dynamic_ref, "$dynamicRef", core, other)                                   \
  KEYWORD(dynamic_anchor, "$dynamicAnchor", core, other)                             \
  KEYWORD(vocabulary, "$vocabulary", core, other)                                    \
  KEYWORD(comment, "$comment", core, other)                                          \
  KEYWORD(defs, "$defs", core, schema_map)                                           \
  KEYWORD(prefix_items, "prefixItems", applicator, schema_array)                     \
  KEYWORD(items, "items", applicator, schema)                                        \
  KEYWORD(contains, "contains", applicator, schema)                                  \
  KEYWORD(additional_properties, "additionalProperties", applicator, schema)         \
  KEYWORD(properties, "properties", applicator, schema_map)                          \
  KEYWORD(pattern_properties, "patternProperties", applicator, schema_map)           \
  KEYWORD(dependent_schemas, "dependentSchemas", applicator, schema_map)             \
  KEYWORD(dependencies, "dependencies", applicator, schema_map)                      \
  KEYWORD(property_names, "propertyNames", applicator, schema)                       \
  KEYWORD(if_, "if", applicator, schema)                                             \
  KEYWORD(then_, "then", applicator, schema)                                         \
  KEYWORD(else_, "else", applicator, schema)                                         \
  KEYWORD(all_of, "allOf", applicator, schema_array)                                 \
  KEYWORD(any_of, "anyOf", applicator, schema_array)                                 \
  KEYWORD(one_of, "oneOf", applicator, schema_array)                                 \
  KEYWORD(not_, "not", applicator, schema)                                           \
  KEYWORD(unevaluated_items, "unevaluatedItems", unevaluated, schema)                \
  KEYWORD(unevaluated_properties, "unevaluatedProperties", unevaluated, schema)      \
  KEYWORD(type, "type", validation, other)                                           \
  KEYWORD(const_, "const", validation, other)                                        \
  KEYWORD(enum_, "enum", validation, other)                                          \
  KEYWORD(multiple_of, "multipleOf", validation, other)                              \
  KEYWORD(maximum, "maximum", validation, other)                                     \
  KEYWORD(exclusive_maximum, "exclusiveMaximum", validation, other)                  \
  KEYWORD(minimum, "minimum", validation, other)                                     \
  KEYWORD(exclusive_minimum, "exclusiveMinimum", validation, other)                  \
  KEYWORD(max_length, "maxLength", validation, other)                                \
  KEYWORD(min_length, "minLength", validation, other)                                \
  KEYWORD(pattern, "pattern", validation, other)                                     \
  KEYWORD(max_items, "maxItems", validation, other)                                  \
  KEYWORD(min_items, "minItems", validation, other)                                  \
  KEYWORD(unique_items, "uniqueItems", validation, other)                            \
  KEYWORD(max_contains, "maxContains", validation, other)                            \
  KEYWORD(min_contains, "minContains", validation, other)                            \
  KEYWORD(max_properties, "maxProperties", validation, other)                        \
  KEYWORD(min_properties, "minProperties", validation, other)                        \
  KEYWORD(required, "required", validation, other)                                   \
  KEYWORD(dependent_required, "dependentRequired", validation, other)                \
  KEYWORD(title, "title", meta_data, other)                                          \
  KEYWORD(description, "description", meta_data, other)                              \
  KEYWORD(default_, "default", meta_data, other)                                     \
  KEYWORD(deprecated, "deprecated", meta_data, other)                                \
  KEYWORD(read_only, "readOnly", meta_data, other)                                   \
  KEYWORD(write_only, "writeOnly", meta_data, other)                                 \
  KEYWORD(examples, "examples", meta_data, other)                                    \
  KEYWORD(format, "format", format_annotation | Vocabulary::format_assertion, other) \
  KEYWORD(content_encoding, "contentEncoding", content, other)                       \
  KEYWORD(content_media_type, "contentMediaType", content, other)                    \
  KEYWORD(content_schema, "contentSchema", content, schema)

enum class Keyword : std::uint8_t {
#define KEYWORD(name, ...) name,
  BEARPROOF_SCHEMA_KEYWORDS(KEYWORD)
#undef KEYWORD
      unknown
};
inline constexpr std::size_t keyword_count = static_cast<std::size_t>(Keyword::unknown);

struct KeywordInfo {
  std::string_view name;
  std::uint16_t vocabularies;
  Shape shape;
};

const KeywordInfo& info_of(Keyword keyword);  ///< @pre keyword is not `unknown`
Keyword keyword_from(std::string_view name);

}  // namespace bearproof::schema
