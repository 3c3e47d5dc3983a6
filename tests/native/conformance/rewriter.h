// Writes a document again in another manner that means the same, or nearly.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"

namespace bearproof::test {

struct Manner {
  bool reversed = false;  ///< members in the opposite order
  bool spaced = false;    ///< white space wherever it may be
  bool escaped = false;   ///< the first letter of each string as \uXXXX
  /// Given each string as it is written, without quotation marks; what to write instead.
  std::function<std::string(std::string_view)> string;
};

std::string rewritten(json::Value value, const Manner& manner);

/// The same instant as a clock elsewhere shows it; other texts as they are. Leap seconds stay, too.
/// @param minutes  east of Greenwich
std::string in_zone(std::string_view text, int minutes);

}  // namespace bearproof::test
