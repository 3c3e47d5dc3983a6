#include "system_world.h"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <system_error>

#include <sys/ioctl.h>
#include <unistd.h>

#ifdef __APPLE__
#include <cstdint>

#include <mach-o/dyld.h>
#endif

namespace bearproof::cli {

std::string system_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text, length};
}

unsigned output_columns(int descriptor) {
  if (const char* text = std::getenv("COLUMNS"); text != nullptr) {
    unsigned columns = 0;
    const char* end = text + std::strlen(text);
    const auto [rest, error] = std::from_chars(text, end, columns);
    if (error == std::errc() && rest == end && columns != 0) return columns;
  }
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string program_path() {
  char path[4096];
#ifdef __APPLE__
  std::uint32_t size = sizeof path;
  return _NSGetExecutablePath(path, &size) == 0 ? std::string(path) : std::string();
#else
  const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 && static_cast<std::size_t>(size) < sizeof path ? std::string(path, static_cast<std::size_t>(size))
                                                                  : std::string();
#endif
}

}  // namespace bearproof::cli
