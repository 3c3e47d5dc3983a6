// What a browser receipt may grant: the words of each dialect, which of them are sensitive, and what they mean.
#pragma once

#include <cstddef>
#include <string_view>

namespace bearproof {

struct Permission {
  std::string_view bearbrowser;  ///< its word in bearbrowser-v1; "" where that dialect has none
  std::string_view sourceos;     ///< the same of sourceos-v2
  bool sensitive;                ///< reaches credentials, cookies, the clipboard, files or the network
  std::string_view plain;        ///< what it lets an agent do: "read what pages show"
};

/// Every permission that some dialect has a word for, sensitive ones first, in the order in which they are shown.
inline constexpr Permission permissions[] = {
#define PERMISSION(bearbrowser, sourceos, sensitive, plain) {bearbrowser, sourceos, sensitive, plain},
#include "bearproof/catalogue/permissions.def"
#undef PERMISSION
};
inline constexpr std::size_t permission_count = sizeof permissions / sizeof permissions[0];

/// The position in `permissions` of a word of any dialect; `permission_count` for any other.
constexpr std::size_t permission_from(std::string_view word) {
  for (std::size_t i = 0; i < permission_count; ++i) {
    if (!word.empty() && (permissions[i].bearbrowser == word || permissions[i].sourceos == word)) return i;
  }
  return permission_count;
}

}  // namespace bearproof
