// The program by which the machine's owner has a transport ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "files.h"

namespace bearproof::host {

/// One run of the stop command: its arguments and nothing else, without a shell, with an environment of its own, the
/// record on its standard input, for a limited time.
class StopCommand {
 public:
  StopCommand(const std::vector<std::string>& command, std::string_view record, double seconds);
  StopCommand(StopCommand&& other) noexcept;
  StopCommand& operator=(StopCommand&&) = delete;
  /// Ends it where it has not ended.
  ~StopCommand();

  struct Result {
    bool ok = false;
    std::string detail;
  };
  /// How it ended; nothing while it runs. Ends it when its time is over.
  std::optional<Result> poll();
  /// Readable when it has ended, where the system can tell; else -1.
  int descriptor() const { return watched_.get(); }

 private:
  pid_t process_ = -1;
  Descriptor watched_;
  std::int64_t deadline_ = 0;
  double seconds_ = 0;
  std::string failure_;
};

}  // namespace bearproof::host
