#include "bearproof/host/host.h"

#include <string>

#include <unistd.h>

#include "bearproof/report/report.h"

#include "commands.h"
#include "files.h"
#include "messages.h"
#include "system_world.h"

namespace bearproof::cli {
namespace {

/// Bytes of a receipt on standard input, at most.
constexpr std::uint64_t longest_receipt = std::uint64_t{4} << 20;

}  // namespace

Exit host(const HostArguments& arguments, World& world) {
  const bool manages = arguments.install || arguments.uninstall || arguments.doctor;
  if (!manages && (!arguments.browsers.empty() || !arguments.manifest_dir.empty())) {
    return usage_error(world, "host", "--browser and --manifest-dir belong to --install, --uninstall and --doctor");
  }
  const auto say = [&](std::string_view message) { warn(world, "host: " + std::string(message)); };
  if (!manages) {
    bearproof::host::ServeOptions options;
    options.config = arguments.config;
    options.in = STDIN_FILENO;
    options.out = STDOUT_FILENO;
    options.program = "bearproof " + std::string(report::version());
    options.say = say;
    return static_cast<Exit>(bearproof::host::serve(options));
  }
  bearproof::host::InstallOptions options;
  options.browsers = arguments.browsers;
  options.manifest_dir = arguments.manifest_dir;
  options.config = arguments.config;
  options.program = program_path();
  options.print = [&](std::string_view line) { world.out.write(std::string(line) + "\n"); };
  options.warn = say;
  if (arguments.install) return static_cast<Exit>(bearproof::host::install(options));
  if (arguments.uninstall) return static_cast<Exit>(bearproof::host::uninstall(options));
  return static_cast<Exit>(bearproof::host::doctor(options));
}

Exit stop_session(World& world) {
  std::string record;
  if (const int error = read_all(world.in, longest_receipt, 0, record); error != 0) {
    system_error(world, "standard input", error);
    return Exit::system;
  }
  return static_cast<Exit>(bearproof::host::stop_session(
      record, [&](std::string_view message) { warn(world, "stop-session: " + std::string(message)); }));
}

}  // namespace bearproof::cli
