// The report as SARIF 2.1.0 (OASIS), for code scanning and editors. Native builds print it; nothing else refers to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// The log up to its first result: the tool with every rule of the catalogue, and how columns count.
std::string sarif_opening();

/// The document's findings as results, with ',' between them; "" where there are none.
/// @param folder  the working folder: sources below it are named relative to it; "" keeps names as they are
std::string sarif_results(const DocumentReport& document, std::string_view folder);

/// The same for what several documents show together.
std::string sarif_results(const std::vector<LocatedFinding>& collection, std::string_view folder);

/// The end of the log, with the verdicts counted.
std::string sarif_closing(const Summary& summary);

}  // namespace bearproof::report
