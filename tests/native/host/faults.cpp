// The program, ended by SIGKILL at the step of a revocation that BEARPROOF_FAULT names.
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include "bearproof/host/host.h"

int bearproof_main(int count, char** arguments);

int main(int count, char** arguments) {
  bearproof::host::set_step_hook([](std::string_view name) {
    const char* fault = std::getenv("BEARPROOF_FAULT");
    if (fault != nullptr && name == fault) kill(getpid(), SIGKILL);
  });
  return bearproof_main(count, arguments);
}
