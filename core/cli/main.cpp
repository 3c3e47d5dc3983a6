#include <csignal>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include "bearproof/cli/cli.h"

#include "files.h"
#include "system_world.h"

namespace {

bool wants_no_color() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color != nullptr && *no_color != '\0') || (terminal != nullptr && std::string_view(terminal) == "dumb");
}

}  // namespace

int main(int count, char** arguments) {
  using namespace bearproof::cli;
  // A reader that goes away shows as a failed write, not as a signal.
  std::signal(SIGPIPE, SIG_IGN);
  FileInput in(STDIN_FILENO, false);
  FileOutput out(STDOUT_FILENO, false);
  FileOutput err(STDERR_FILENO, false);
  World world{in, out, err, isatty(STDOUT_FILENO) == 1, output_columns(STDOUT_FILENO), wants_no_color(), system_now};
  const Exit exit = run(count, arguments, world);
  err.flush();
  return static_cast<int>(exit);
}
