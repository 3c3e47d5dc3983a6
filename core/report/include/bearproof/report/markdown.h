// The report as GitHub-flavoured Markdown: for job summaries, comments and notes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// Rows of the table of findings, one line each. Text from documents commands neither the renderer (it is escaped) nor
/// the site (no mention, no link comes of it).
std::string markdown_rows(const DocumentReport& document);
std::string markdown_rows(const std::vector<LocatedFinding>& collection);

/// The whole page: the counts, the table, and how many rows were left out.
std::string markdown(const Summary& summary, std::string_view rows, std::uint64_t left_out);

}  // namespace bearproof::report
