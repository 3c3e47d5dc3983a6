// The first look at a text: cheap, and wrong only in one direction.
#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::rules {

enum class Look : std::uint8_t {
  nothing,    ///< no string in it is a finding of the document rules
  something,  ///< perhaps: look at each string in its place
  escapes,    ///< it holds a backslash: what stands in it is not what is meant
};

/// Whether a JSON text may hold what the rules for every document find: the shape of a secret or the name of one
/// (secret.h), a template (placeholder.h). A string's value may be given instead of a whole text; of it, names and last
/// words are not asked, since only quotes show where a string ends.
Look first_look(std::string_view text);

/// False only if a string is no name of a secret; by its last two bytes.
bool may_name_secret(std::string_view name);

/// The same answer as first_look without SIMD; for tests.
Look first_look_bytewise(std::string_view text);

}  // namespace bearproof::rules
