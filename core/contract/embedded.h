// The schemas of schemas/, compiled into the program by tools/embed-schemas.mjs.
#pragma once

#include <span>
#include <string_view>

namespace bearproof::contract {

struct EmbeddedSchema {
  std::string_view file;      ///< below schemas/
  std::string_view uri;       ///< its `$id`
  std::string_view stripped;  ///< without annotations, canonical
  std::string_view whole;     ///< as it was written; "" where the build leaves it out
};

/// In the order of their files' names.
std::span<const EmbeddedSchema> embedded_schemas();

}  // namespace bearproof::contract
