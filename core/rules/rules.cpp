#include "bearproof/rules/rules.h"

#include <cstddef>

#include "families.h"
#include "references.h"
#include "secret.h"

namespace bearproof::rules {

bool holds_secret(std::string_view text) { return !find_secret(text).kind.empty(); }

void run_on_any(const Context& context, FindingSink& sink) { check_document(context, sink); }

void run_of_dialect(const Context& context, FindingSink& sink) {
  if (context.dialect >= Dialect::count || !context.root.is_object()) return;
  check_references(context, sink);
  if (sink.done()) return;
  if (const KindCheck check = kind_checks[static_cast<std::size_t>(context.dialect)]) check(context, sink);
}

}  // namespace bearproof::rules
