// Tells that something happened in a folder: inotify where the system has it, nothing elsewhere.
#pragma once

#include <functional>
#include <string>

#include "files.h"

namespace bearproof::host {

class Watcher {
 public:
  /// @param enabled  false: nothing is watched, as on a system without inotify
  explicit Watcher(bool enabled = true);

  /// Becomes readable when something happened; -1 where nothing can be watched.
  int descriptor() const { return inotify_.get(); }

  /// Watches an open folder. @return a number for it, or -1: its changes have to be looked for
  int watch(int folder);
  void unwatch(int watch);

  struct Event {
    int watch = -1;    ///< -1: events were lost, in any folder
    std::string name;  ///< of the entry; "": the folder itself
  };
  /// Takes the events that are there, without waiting.
  void read(const std::function<void(const Event&)>& take);

 private:
  Descriptor inotify_;
};

}  // namespace bearproof::host
