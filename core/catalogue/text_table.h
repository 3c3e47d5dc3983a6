#pragma once

#include <span>
#include <string_view>

#include "bearproof/catalogue/texts.h"

namespace bearproof {

struct TextRow {
  std::string_view id;
  RuleTexts texts;
};

/// The rows of texts/*.json, sorted by id; empty in builds that leave the texts out.
std::span<const TextRow> text_rows();

}  // namespace bearproof
