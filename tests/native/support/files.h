// Reads test data from the checkout, or from the folder of shared suites that may lie beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::test {

/// The bytes of a file, or nothing if it cannot be read.
std::optional<std::string> read_file(const std::string& path);

/// The path of a file of this checkout, given relative to its root.
std::string source_path(std::string_view relative);

/// The path of a file of the shared folder beside the checkout; nothing where that folder is absent (the test then
/// says GTEST_SKIP).
std::optional<std::string> shared_path(std::string_view relative);

/// Every regular file below a folder whose name ends with the suffix, sorted by path.
std::vector<std::string> files_below(const std::string& folder, std::string_view suffix);

}  // namespace bearproof::test
