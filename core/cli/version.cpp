#include <string>

#include "bearproof/contract/contract.h"
#include "bearproof/report/report.h"
#include "bearproof/text/unicode.h"

#include "commands.h"

namespace bearproof::cli {

Exit version(const VersionArguments&, World& world) {
  std::string text = "bearproof ";
  text.append(report::version());
  text.append("\nruleset ").append(contract::ruleset());
  text.append("\nUnicode ").append(text::unicode_version()).append("\n");
  world.out.write(text);
  return Exit::ok;
}

}  // namespace bearproof::cli
