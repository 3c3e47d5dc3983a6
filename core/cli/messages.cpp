#include "messages.h"

#include <string>
#include <system_error>

#include "bearproof/report/visible.h"

namespace bearproof::cli {

using report::visible;

Exit usage_error(World& world, std::string_view command, std::string_view message) {
  std::string name = "bearproof";
  if (!command.empty()) name.append(" ").append(command);
  world.err.write(name + ": " + visible(message) + "\n");
  world.err.write("Try \"" + name + " --help\".\n");
  world.err.flush();
  return Exit::usage;
}

void system_error(World& world, std::string_view name, int error) {
  warn(world, std::string(name) + ": " + std::generic_category().message(error));
}

PassedOver tell_passed_over(World& world) {
  return [&world](const std::string& path, std::string_view reason) { warn(world, path + ": " + std::string(reason)); };
}

void warn(World& world, std::string_view message) {
  world.err.write("bearproof: " + visible(message) + "\n");
  world.err.flush();
}

}  // namespace bearproof::cli
