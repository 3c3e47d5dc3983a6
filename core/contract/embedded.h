// The schemas of schemas/, compiled into the program by tools/embed-schemas.mjs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/contract/contract.h"
#include "bearproof/finding/finding.h"
#include "bearproof/finding/joined_texts.h"
#include "bearproof/schema/schema.h"

namespace bearproof::contract {

struct EmbeddedSchema {
  std::string_view file;   ///< below schemas/
  std::string_view uri;    ///< its `$id`
  const char* packed;      ///< without annotations; unpack() makes it canonical JSON
  std::string_view whole;  ///< as it was written; "" where the build leaves it out
};

/// The table of the schemas.
/// @param names   of each schema: file and URI
/// @param packed  the packed schemas, one behind the other
/// @param sizes   of each packed schema, in bytes
/// @param wholes  of each schema; nullptr where the build leaves them out
template <std::size_t count>
std::array<EmbeddedSchema, count> arrange(JoinedTexts names, const char* packed, const std::uint16_t (&sizes)[count],
                                          const std::string_view* wholes) {
  std::array<EmbeddedSchema, count> table{};
  for (std::size_t i = 0; i < count; ++i) {
    EmbeddedSchema& schema = table[i];
    schema.file = names.next();
    schema.uri = names.next();
    schema.packed = packed;
    packed += sizes[i];
    if (wholes != nullptr) schema.whole = wholes[i];
  }
  return table;
}

/// The values that packed schemas name by a byte, packed themselves, one behind the other.
struct PackedWords {
  const char* first;
  std::span<const std::uint16_t> sizes;  ///< of each, in bytes
};
PackedWords embedded_words();

/// The JSON text of a packed schema.
std::string unpack(const char* packed);

/// In the order of their files' names.
std::span<const EmbeddedSchema> embedded_schemas();

/// SHA-256 over all stripped schemas, in the order of their URIs, a line feed behind each; 64 hexadecimal digits.
std::string_view embedded_schemas_digest();

/// Compiles one schema. Of the others only those are read that it refers to, directly or not, by their whole URI.
std::expected<schema::Program, std::vector<schema::SchemaFault>> compile_embedded(
    std::span<const EmbeddedSchema> schemas, const EmbeddedSchema& schema, Purpose purpose = Purpose::check);

/// Says that a document could not be checked because its dialect's schema did not compile.
void raise_not_compiled(Dialect dialect, FindingSink& sink);

}  // namespace bearproof::contract
