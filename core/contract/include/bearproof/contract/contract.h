// Which kind and dialect a document is, and the schema that belongs to it.
#pragma once

#include <cstdint>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/schema/schema.h"

namespace bearproof::contract {

/// Recognises a document by the discriminators of its top level, and raises what stands in the way:
/// parse.root.not-object, kind.unknown, kind.ambiguous, kind.version.unsupported, kind.unchecked.
/// @return the dialect, or Dialect::none
Dialect recognise(json::Value root, FindingSink& sink);

/// What a built-in schema is compiled for.
enum class Purpose : std::uint8_t {
  check,             ///< `format` asserts
  annotating_check,  ///< the same, except that `format` annotates
  output,            ///< JSON Schema's own output, with the annotations of the schema's whole text
  count
};

/// The compiled schema of a dialect; nullptr where this build has none, or where it did not compile. Compiled at first
/// use, safe to call from several threads; programs live as long as the process.
const schema::Program* program_of(Dialect dialect, Purpose purpose = Purpose::check);
/// The same; raises engine.failed where there is a schema that did not compile.
const schema::Program* program_of(Dialect dialect, FindingSink& sink, Purpose purpose = Purpose::check);

/// The schema's text: whole in native builds, without titles and descriptions elsewhere. "" where there is none.
std::string_view schema_text(Dialect dialect);
/// The schema's text as it counts for `ruleset`: canonical, without titles, descriptions and examples; equal in every
/// build.
std::string_view stripped_schema_text(Dialect dialect);
/// The schema's `$id`.
std::string_view schema_uri(Dialect dialect);

/// "sha256:…" over the catalogue's ids and severities, in id order, and a digest of the stripped schemas: two builds
/// with the same ruleset judge alike.
std::string_view ruleset();

}  // namespace bearproof::contract
