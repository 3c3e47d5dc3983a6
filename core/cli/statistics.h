#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::cli {

/// Findings by rule, and how fast they were found.
class Statistics {
 public:
  void count(const report::DocumentReport& document);
  void count(const std::vector<report::LocatedFinding>& findings);
  void add(const Statistics& other);
  void add_bytes(std::uint64_t bytes) { bytes_ += bytes; }

  /// "12  error    browser.owner.missing  No owner", most frequent first; then documents, bytes and time.
  std::string text(const report::Summary& summary, std::chrono::nanoseconds elapsed) const;

 private:
  std::vector<std::uint64_t> counts_;  ///< by RuleCase; empty while there is nothing
  std::uint64_t bytes_ = 0;
};

}  // namespace bearproof::cli
