// The official metaschemas of draft 2020-12, embedded at build time.
#pragma once

#include <span>
#include <string_view>

namespace bearproof::schema {

struct Metaschema {
  std::string_view uri;
  std::string_view text;
};

/// The metaschema and those of its vocabularies, in the order of their URIs.
std::span<const Metaschema> metaschemas();

}  // namespace bearproof::schema
