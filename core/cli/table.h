#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bearproof::cli {

/// Rows in columns, two spaces apart, the last column unpadded.
std::string table(const std::vector<std::vector<std::string>>& rows);

/// A text in lines of at most `width` columns (0: any length), each behind `margin`; its own line ends stay.
std::string paragraph(std::string_view text, std::string_view margin, std::size_t width);

}  // namespace bearproof::cli
