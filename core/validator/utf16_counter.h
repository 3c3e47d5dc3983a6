#pragma once

#include <cstdint>
#include <string_view>

#include "bearproof/text/utf8.h"

namespace bearproof {

/// Counts UTF-16 code units of a stream of UTF-8 that may be ill-formed, in portions cut anywhere; a maximal ill-formed
/// sequence counts one, as in json::Locator.
class Utf16Counter {
 public:
  void add(std::string_view bytes);

  /// Units of the code points that are complete. Exact after any byte below 0x80.
  std::uint64_t units() const { return units_; }

 private:
  void step(unsigned char byte);

  std::uint64_t units_ = 0;
  text::Continuation next_;  ///< what the code point at hand still wants
  bool is_astral_ = false;   ///< it has four bytes
};

}  // namespace bearproof
