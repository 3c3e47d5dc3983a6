// Who owns a session: one, and someone in particular.
#pragma once

#include <cstdint>
#include <string>

#include "bearproof/json/document.h"

namespace bearproof::rules {

enum class Ambiguity : std::uint8_t {
  none,       ///< one owner is named, or the field is empty: then nobody is, which is another rule
  several,    ///< an array, or a list in one string
  unnamed,    ///< a URN without a name
  template_,  ///< `<id>`
  anyone,     ///< unknown, any, *
};

/// How an owner reference fails to name exactly one owner. Free text is left alone: a name may hold a space.
Ambiguity owner_ambiguity(json::Value owner);

Message describe(Ambiguity ambiguity, json::Value owner);

}  // namespace bearproof::rules
