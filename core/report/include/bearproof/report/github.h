// Findings as workflow commands of GitHub Actions: annotations at the lines they are about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// A line `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=RULE::MESSAGE` for each finding; notices and infos
/// are `::notice`. "" where there are none.
/// @param folder  as in sarif_results
std::string github_commands(const DocumentReport& document, std::string_view folder);
std::string github_commands(const std::vector<LocatedFinding>& collection, std::string_view folder);

}  // namespace bearproof::report
