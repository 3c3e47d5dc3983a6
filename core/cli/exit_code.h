#pragma once

#include "bearproof/cli/cli.h"
#include "bearproof/report/report.h"

namespace bearproof::cli {

/// The one function that decides how a check exits. (Wrong usage ends before there is anything to decide.)
/// @param fail_on        findings from this severity up fail
/// @param system_failed  an input could not be opened or read, or an output not written
inline Exit exit_code(const report::Summary& summary, Severity fail_on, bool system_failed) {
  if (system_failed) return Exit::system;
  for (std::size_t i = static_cast<std::size_t>(fail_on); i < severity_names.size(); ++i) {
    if (summary.severities[i] != 0) return Exit::findings;
  }
  return Exit::ok;
}

}  // namespace bearproof::cli
