// The report as JUnit XML, as CI servers read it: a test case for each document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// Cases so far, as XML, and how many of them failed.
struct JunitCases {
  std::string xml;
  std::uint64_t cases = 0;
  std::uint64_t failures = 0;

  void add(const JunitCases& other);
};

/// One case: it fails where the document has a finding at or above `failing`; milder ones are its output.
JunitCases junit_case(const DocumentReport& document, Severity failing);
/// One case for what several documents show together.
JunitCases junit_case(const std::vector<LocatedFinding>& collection, Severity failing);
/// One passing case for all documents of an NDJSON input that have none of their own; none where there are none.
JunitCases junit_rest(std::string_view source, std::uint64_t documents);

/// The whole file.
std::string junit(const JunitCases& cases);

}  // namespace bearproof::report
