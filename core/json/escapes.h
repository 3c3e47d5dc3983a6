#pragma once

#include <cstdint>
#include <string_view>

namespace bearproof::json {

/// Walks the value of a string that was already checked, escapes decoded, as runs of UTF-8 bytes: either a slice of the
/// source without escapes or the encoding of one escape.
class DecodedRuns {
 public:
  explicit DecodedRuns(std::string_view raw) : at_(raw.data()), end_(raw.data() + raw.size()) {}

  /// The next run, never empty until the end. A run from an escape lives until the next call.
  std::string_view next();

 private:
  const char* at_;
  const char* end_;
  char encoded_[4] = {};
};

/// The code unit written by the four hexadecimal digits at `at`. @pre they are hexadecimal digits
std::uint32_t hex4(const char* at);

/// Lexicographic order of two string values by their UTF-8 bytes (which is the order of code points).
int compare_decoded(std::string_view raw_a, std::string_view raw_b);

}  // namespace bearproof::json
