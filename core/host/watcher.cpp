#include "watcher.h"

#include <array>
#include <cstring>

#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>
#endif

namespace bearproof::host {

#ifdef __linux__

Watcher::Watcher(bool enabled) {
  if (enabled) inotify_ = Descriptor(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
}

int Watcher::watch(int folder) {
  if (!inotify_) return -1;
  // By its descriptor: the path may lead elsewhere by now.
  const std::string path = "/proc/self/fd/" + std::to_string(folder);
  return inotify_add_watch(inotify_.get(), path.c_str(),
                           IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM |
                               IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
}

void Watcher::unwatch(int watch) {
  if (inotify_ && watch >= 0) inotify_rm_watch(inotify_.get(), watch);
}

void Watcher::read(const std::function<void(const Event&)>& take) {
  if (!inotify_) return;
  alignas(inotify_event) std::array<char, std::size_t{64} << 10> buffer;
  for (;;) {
    const ssize_t got = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (got <= 0) return;
    for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      at += sizeof event + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        take({-1, ""});
      } else {
        take({event.wd, event.len == 0 ? "" : std::string(name)});
      }
    }
  }
}

#else

Watcher::Watcher(bool) {}
int Watcher::watch(int) { return -1; }
void Watcher::unwatch(int) {}
void Watcher::read(const std::function<void(const Event&)>&) {}

#endif

}  // namespace bearproof::host
