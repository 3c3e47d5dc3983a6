#include "templates.h"

namespace bearproof::narrative {
namespace {

constexpr Template table[] = {
#define NARRATIVE(dialect, ...) {Dialect::dialect, __VA_ARGS__},
#include "templates/agentplane.def"
#include "templates/browser.def"
#include "templates/capability.def"
#include "templates/event.def"
#include "templates/git.def"
#include "templates/install.def"
#include "templates/ipc.def"
#include "templates/machine.def"
#include "templates/orphan.def"
#include "templates/policy.def"
#include "templates/process.def"
#include "templates/service.def"
#include "templates/session.def"
#include "templates/state.def"
#include "templates/workstation.def"
#undef NARRATIVE
};

}  // namespace

std::span<const Template> templates() { return table; }

const Template* template_of(Dialect dialect) {
  if (dialect == Dialect::none) return nullptr;
  const Template* relative = nullptr;
  for (const Template& row : table) {
    if (row.dialect == dialect) return &row;
    if (relative == nullptr && info_of(row.dialect).kind == info_of(dialect).kind) relative = &row;
  }
  return relative;
}

}  // namespace bearproof::narrative
