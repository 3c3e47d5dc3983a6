// Repair plans, and the reports that they are for.
#include "linker.h"

namespace bearproof::collection {
namespace {

constexpr bool is_report(Dialect dialect) { return dialect == Dialect::state_integrity_report; }

}  // namespace

void check_plans(Linker& linker) {
  const Index& index = linker.index;
  const Groups reports(index, Slot::name, [](const Record& record) { return is_report(record.dialect); });
  if (reports.empty()) return;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& plan = index[i];
    if (plan.dialect != Dialect::repair_plan || plan[Slot::name] == 0) continue;
    bool fits = false;
    for (const DocumentIndex report : reports.of(plan[Slot::name])) {
      fits = fits || plan[Time::start] == never || index[report][Time::seen] == plan[Time::start];
    }
    if (!fits) linker.raise(Rule::repair_source_mismatch, i, "/source_report");
  }
}

}  // namespace bearproof::collection
