// What tools/catalogue/generate.mjs writes for catalogue.cpp and texts.cpp.
#pragma once

#include <cstdint>
#include <iterator>
#include <span>

#include "bearproof/finding/severity.h"

namespace bearproof {

// A row is a byte: its severity, whether it is a further case of the rule before it, its flags.
inline constexpr unsigned is_case_shift = 3;
inline constexpr unsigned flags_shift = 4;

enum RuleFlag : std::uint8_t { sensitive = 1, fixable = 2, gate = 4 };

template <typename... Flags>
constexpr std::uint8_t rule_row(Severity severity, Flags... flags) {
  const unsigned all = (0U | ... | static_cast<unsigned>(flags));
  return static_cast<std::uint8_t>(static_cast<unsigned>(severity) | all << flags_shift);
}

constexpr std::uint8_t case_row(Severity severity) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(severity) | 1U << is_case_shift);
}

struct RuleData {
  std::span<const std::uint8_t> rows;  ///< one for each rule case
  /// JoinedTexts: of a rule its id, title, message and help; of a further case its name, message and help, "" where
  /// they are the rule's.
  const char* texts;
};

RuleData rule_data();

/// JoinedTexts of each rule: source, why, bad and good example, then the condition of each of its cases. Only
/// native builds have them.
const char* long_texts();

}  // namespace bearproof
