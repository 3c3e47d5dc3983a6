// Whether a reference names something, or only stands where a name should: "not-yet-assigned", "{id}", "n/a".
#pragma once

#include <cstdint>
#include <string_view>

#include "bearproof/text/glance.h"

namespace bearproof::text {

enum class Naming : std::uint8_t {
  name,         ///< something in particular
  sample,       ///< words of examples, and perhaps words of placeholders: "agent-example", "test", "foo"
  placeholder,  ///< nothing: every word denies, waits, is unknown, refuses, fills in, or says what is to be named
  blank,        ///< nothing: no letter and no digit, beside the prefix of a URN
  template_,    ///< nothing yet: `{id}`, `${id}`, `<id>`, `[id]`, `%s`, `$ID`, `__ID__`
};

/// Judges a reference or, of a URN, what follows its prefixes: read as a person reads it (fold.h), in any case, split
/// at separators and camel case. One word that is on none of the lists makes it a name. References whose last word is
/// on no list cost one pass over their bytes and no allocation.
/// @param reference   UTF-8
/// @param is_ordinary  whether a glance saw only Latin letters and characters of ASCII that show, and none that
///                     templates start with
Naming judge_reference(std::string_view reference, bool is_ordinary);
inline Naming judge_reference(std::string_view reference) {
  const Glance seen = glance(reference);
  return judge_reference(reference, seen.latin && !seen.may_be_template);
}

}  // namespace bearproof::text
