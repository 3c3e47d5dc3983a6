// The report as JUnit XML, as CI servers read it: a test case for each document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// Cases as XML, how many they are, and how many of them failed.
struct JunitCases {
  std::string xml;
  std::uint64_t cases = 0;
  std::uint64_t failures = 0;
};

/// One case: it fails where the document has a finding at or above `failing`; milder ones are its output.
JunitCases junit_case(const DocumentReport& document, Severity failing);
/// One case for what several documents show together.
JunitCases junit_case(const std::vector<LocatedFinding>& collection, Severity failing);
/// One passing case for all documents of an NDJSON input that have none of their own; none where there are none.
JunitCases junit_rest(std::string_view source, std::uint64_t documents);

/// What stands before all cases, and what follows them.
std::string junit_opening(std::uint64_t cases, std::uint64_t failures);
std::string_view junit_closing();

}  // namespace bearproof::report
