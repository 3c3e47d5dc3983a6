// The kinds of document that Bearproof knows, and their dialects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace bearproof {

/// A dialect of a kind: what recognition ends in.
enum class Dialect : std::uint8_t {
#define DIALECT(name, ...) name,
#include "bearproof/catalogue/kinds.def"
  count,
  none = 255,  ///< no known kind
};

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

}  // namespace bearproof
