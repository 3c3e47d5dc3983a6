// Repair plans, and the reports that they are for.
#include <algorithm>
#include <utility>
#include <vector>

#include "bearproof/finding/stable_sort.h"

#include "linker.h"

namespace bearproof::collection {

void check_plans(Linker& linker) {
  const Index& index = linker.index;
  // The component that a report is about, and when it was made. Of each component one without an instant too, which is
  // what a plan asks for that names none.
  std::vector<std::pair<StringId, Nanoseconds>> reports;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& report = index[i];
    if (report.dialect != Dialect::state_integrity_report || report[Fact::component] == 0) continue;
    for (const Nanoseconds time : {report[Time::recorded], never}) reports.emplace_back(report[Fact::component], time);
  }
  if (reports.empty()) return;
  stable_sort(reports);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& plan = index[i];
    if (plan.dialect != Dialect::repair_plan || plan[Fact::component] == 0) continue;
    if (std::binary_search(reports.begin(), reports.end(), std::pair(plan[Fact::component], plan[Time::report_made])))
      continue;
    linker.raise(Rule::repair_source_mismatch, i, "/source_report");
  }
}

}  // namespace bearproof::collection
