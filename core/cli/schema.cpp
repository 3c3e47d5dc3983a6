#include <string>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/contract/contract.h"
#include "bearproof/validator/nearest.h"

#include "commands.h"
#include "messages.h"

namespace bearproof::cli {

Exit schema(const SchemaArguments& arguments, World& world) {
  const std::size_t slash = arguments.kind.find('/');
  const std::string kind = arguments.kind.substr(0, slash);
  const std::string dialect = slash == std::string::npos ? "" : arguments.kind.substr(slash + 1);
  std::vector<Dialect> of_kind;
  std::vector<Dialect> chosen;
  std::vector<std::string_view> kinds;
  for (std::size_t i = 0; i < dialect_table().size(); ++i) {
    const DialectInfo& info = dialect_table()[i];
    kinds.push_back(info.kind);
    if (info.kind != kind) continue;
    of_kind.push_back(static_cast<Dialect>(i));
    if (dialect.empty() ? !info.schema.empty() : info.dialect == dialect) chosen.push_back(static_cast<Dialect>(i));
  }
  if (of_kind.empty()) {
    return usage_error(world, "schema", "unknown kind \"" + kind + "\"" + did_you_mean(kind, kinds));
  }
  if (chosen.size() != 1 && (chosen.size() > 1 || !dialect.empty())) {
    std::string message = dialect.empty() ? kind + " has several dialects: name one of"
                                          : kind + " has no dialect \"" + dialect + "\", but";
    for (std::size_t i = 0; i < of_kind.size(); ++i) {
      message += i == 0 ? " " : ", ";
      message.append(kind).append("/").append(info_of(of_kind[i]).dialect);
    }
    return usage_error(world, "schema", message);
  }
  if (chosen.empty() || info_of(chosen.front()).schema.empty()) {
    return usage_error(world, "schema", "this build has no schema for " + arguments.kind);
  }
  std::string text(contract::schema_text(chosen.front()));
  if (!text.ends_with('\n')) text += '\n';
  world.out.write(text);
  return Exit::ok;
}

}  // namespace bearproof::cli
