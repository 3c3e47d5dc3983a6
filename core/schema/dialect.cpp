#include "dialect.h"

#include <algorithm>

#include "bearproof/catalogue/rules.h"

#include "uri.h"

namespace bearproof::schema {
namespace {

/// @param from   the schema whose dialect is `metaschema`
/// @param at     where that is said, for faults
/// @param depth  dialects so far that name this one as theirs
std::uint16_t vocabularies_named(std::string_view metaschema, const Location& from, json::Value at, int depth,
                                 Resolver& resolver, FaultList& faults) {
  const SplitUri split = split_fragment(metaschema);
  if (split.without_fragment == draft_2020_12) return Vocabulary::standard;
  const auto refuse = [&](Message message) {
    faults.add(from, Rule::schema_draft_unsupported, Place::value(at.index()), std::move(message));
    return std::uint16_t{Vocabulary::standard};
  };
  const std::string named(split.without_fragment);
  const Location location = resolver.find(named);
  if (location.resource == nullptr || depth > 8) {
    const std::size_t draft = named.find("draft");
    if (draft != std::string::npos && named.find("json-schema.org") != std::string::npos) {
      std::string name = named.substr(draft, named.rfind('/') - draft);
      std::replace(name.begin(), name.end(), '/', ' ');
      return refuse(Message::of("this schema is written for ", plain(name), "; only draft 2020-12 is supported"));
    }
    return refuse(Message::of("the dialect ", plain(named),
                              " is not registered; only draft 2020-12 and dialects built on it are supported"));
  }
  const json::Value value = location.value();
  std::string scratch;
  const json::Value own = value.find("$schema");
  if (own && own.is_string() && own.string(scratch) != named) {
    vocabularies_named(std::string(own.string(scratch)), from, at, depth + 1, resolver, faults);
  }
  const json::Value vocabulary = value.find("$vocabulary");
  if (!vocabulary || !vocabulary.is_object()) return Vocabulary::standard;
  std::uint16_t bits = Vocabulary::core;
  for (const json::Member member : vocabulary.members()) {
    const std::string_view uri = member.key.string(scratch);
    if (const auto known = vocabulary_from(uri)) {
      bits = static_cast<std::uint16_t>(bits | *known);
    } else if (member.value.is_true()) {
      return refuse(Message::of("the dialect ", plain(named), " requires the vocabulary ", plain(uri),
                                ", which is not supported"));
    }
  }
  return bits;
}

}  // namespace

std::uint16_t vocabularies_of(const Location& location, Resolver& resolver, FaultList& faults) {
  std::string scratch;
  // An embedded resource without `$schema` is written in the dialect of the text around it.
  for (const NodeIndex node : {location.resource->root, NodeIndex{0}}) {
    const json::Value value(location.source().document, node);
    const json::Value dialect = value.find("$schema");
    if (!dialect) continue;
    if (!dialect.is_string()) {
      faults.add_schema_invalid(location, dialect, "$schema must be a URI");
      return Vocabulary::standard;
    }
    return vocabularies_named(dialect.string(scratch), location, dialect, 0, resolver, faults);
  }
  return Vocabulary::standard;
}

}  // namespace bearproof::schema
