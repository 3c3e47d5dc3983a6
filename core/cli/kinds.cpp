#include "bearproof/catalogue/kinds.h"

#include "bearproof/report/catalogue_json.h"

#include "commands.h"
#include "formats.h"
#include "messages.h"
#include "table.h"

namespace bearproof::cli {

Exit kinds(const KindsArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "kinds", *problem);
  if (arguments.format == "json") {
    world.out.write(report::kinds_json() + "\n");
    return Exit::ok;
  }
  std::vector<std::vector<std::string>> rows;
  for (const DialectInfo& info : dialect_table()) {
    rows.push_back({std::string(info.kind), std::string(info.dialect), info.schema.empty() ? "no schema" : "schema",
                    std::string(info.title)});
  }
  world.out.write(table(rows));
  return Exit::ok;
}

}  // namespace bearproof::cli
