#pragma once

#include <span>
#include <string_view>

#include "bearproof/catalogue/kinds.h"

namespace bearproof::narrative {

/// How documents of a dialect are told: narratives/, in the language of template.h.
struct Template {
  Dialect dialect;
  std::string_view severity;  ///< info, notice, warning or error
  std::string_view actor;
  std::string_view target;
  std::string_view policy_rule;
  std::string_view outcome;
  std::string_view happened;
  std::string_view why;
  std::string_view risk;
  std::string_view next;
};

std::span<const Template> templates();

/// The template of a dialect, or that of another dialect of the same kind; nullptr where there is neither.
const Template* template_of(Dialect dialect);

}  // namespace bearproof::narrative
