#include "keywords.h"

#include <array>

namespace bearproof::schema {
namespace {

constexpr std::array<KeywordInfo, keyword_count> keywords = {{
#define KEYWORD(name, text, vocabulary, shape) {text, static_cast<std::uint16_t>(Vocabulary::vocabulary), Shape::shape},
    BEARPROOF_SCHEMA_KEYWORDS(KEYWORD)
#undef KEYWORD
}};

struct NamedVocabulary {
  std::string_view name;
  Vocabulary::Bits bits;
};
constexpr std::array<NamedVocabulary, 8> vocabularies = {{
    {"core", Vocabulary::core},
    {"applicator", Vocabulary::applicator},
    {"unevaluated", Vocabulary::unevaluated},
    {"validation", Vocabulary::validation},
    {"meta-data", Vocabulary::meta_data},
    {"format-annotation", Vocabulary::format_annotation},
    {"format-assertion", Vocabulary::format_assertion},
    {"content", Vocabulary::content},
}};

}  // namespace

std::optional<Vocabulary::Bits> vocabulary_from(std::string_view uri) {
  constexpr std::string_view prefix = "https://json-schema.org/draft/2020-12/vocab/";
  if (!uri.starts_with(prefix)) return std::nullopt;
  for (const NamedVocabulary& vocabulary : vocabularies) {
    if (uri.substr(prefix.size()) == vocabulary.name) return vocabulary.bits;
  }
  return std::nullopt;
}

const KeywordInfo& info_of(Keyword keyword) { return keywords[static_cast<std::size_t>(keyword)]; }

Keyword keyword_from(std::string_view name) {
  for (std::size_t i = 0; i < keyword_count; ++i) {
    if (keywords[i].name == name) return static_cast<Keyword>(i);
  }
  return Keyword::unknown;
}

}  // namespace bearproof::schema
