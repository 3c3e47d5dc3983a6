// A few lines of source with what matters in them underlined.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/report/paint.h"
#include "bearproof/report/report.h"
#include "bearproof/report/text.h"

namespace bearproof::report {

struct Mark {
  Range range;
  bool primary = true;  ///< underlined with ^~~~, else with ----
  std::string label;    ///< stands after the underline; may be empty
};

struct FrameStyle {
  Paint paint;
  Severity severity;
  std::size_t width;   ///< columns in all
  std::size_t indent;  ///< columns before the line numbers
  std::size_t digits;  ///< columns of the line numbers
};

/// @param marks   the primary one first
/// @param hidden  parts of the file that are shown as [hidden]
std::string frame(const SourceText& source, const std::vector<Mark>& marks,
                  const std::vector<DocumentReport::Hidden>& hidden, const FrameStyle& style);

}  // namespace bearproof::report
