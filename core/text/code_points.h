// Sets of code points by property, made when first asked for: almost every document is ASCII and asks for none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bearproof/regex/properties.h"

namespace bearproof::text {

class CodePoints {
 public:
  explicit CodePoints(std::string_view name, std::string_view value = {})
      : ranges_(regex::code_points_with(name, value)) {}

  bool contains(std::uint32_t code_point) const {
    const auto after =
        std::upper_bound(ranges_.begin(), ranges_.end(), code_point,
                         [](std::uint32_t c, const regex::CodePointRange& range) { return c < range.first; });
    return after != ranges_.begin() && code_point <= (after - 1)->last;
  }

  const std::vector<regex::CodePointRange>& ranges() const { return ranges_; }

 private:
  std::vector<regex::CodePointRange> ranges_;
};

}  // namespace bearproof::text
