// The kinds of document that Bearproof knows, their dialects, and what each is to the rules. All of it comes from the
// descriptors in core/catalogue/kinds/, one file for each kind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "bearproof/catalogue/kind_names.h"

namespace bearproof {

struct DialectInfo {
  std::string_view kind;     ///< "BrowserAutomationReceipt"
  std::string_view dialect;  ///< "seed", "sourceos-v2", "bearbrowser-v1"; never empty
  std::string_view family;   ///< "browser": the folder in schemas/ and the rules that apply
  std::string_view title;    ///< what the kind is for, one line
  std::string_view schema;   ///< file below schemas/, "" where this build has none (kind.unchecked)
};

/// The table, indexed by Dialect.
std::span<const DialectInfo> dialect_table();

/// @param dialect  any value but `none` and `count`
inline const DialectInfo& info_of(Dialect dialect) { return dialect_table()[static_cast<std::size_t>(dialect)]; }

/// A bit for each of a dialect's traits; none of `Dialect::none`.
constexpr std::uint32_t traits_of(Dialect dialect) {
  return dialect < Dialect::count ? dialect_traits[static_cast<std::size_t>(dialect)] : 0;
}
constexpr bool has(Dialect dialect, Trait trait) { return (traits_of(dialect) & trait_bit(trait)) != 0; }

}  // namespace bearproof
