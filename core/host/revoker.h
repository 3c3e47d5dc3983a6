// Revocations: recorded under a lock, made up for after a crash, and handed to the stop command.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "bearproof/host/host.h"

#include "configuration.h"
#include "follower.h"
#include "journal.h"
#include "messages.h"
#include "stop_command.h"

namespace bearproof::host {

class Revoker {
 public:
  Revoker(const Configuration& configuration, Say say) : configuration_(configuration), say_(std::move(say)) {}

  /// Goes on with what hosts that died had begun: writes what is missing, and runs the stop command again.
  void repair();

  /// Records a revocation and starts the stop command.
  /// @param tell  gets each message about it: `effect` as each is known, in the end `revoked`; within this call or
  /// `update`
  void revoke(const RevokeRequest& request, const Follower& follower, Say tell);

  /// Looks after stop commands that run.
  void update();
  bool is_busy() const { return !running_.empty(); }
  /// Descriptors that become readable when a stop command has ended, where the system can tell.
  std::vector<int> descriptors() const;

 private:
  /// A revocation that is recorded and whose transport is being ended.
  struct Running {
    std::uint64_t id = 0;
    bool changed = false;
    std::vector<Effect> effects;
    Say tell;
    StopCommand command;
    std::optional<StateFolder::Journal> journal;
  };

  void stop(std::uint64_t id, bool changed, std::vector<Effect> effects, std::string_view record,
            std::optional<StateFolder::Journal> journal, Say tell);
  static void finish(std::uint64_t id, bool changed, std::vector<Effect> effects, Effect transport, const Say& tell);

  const Configuration& configuration_;
  Say say_;
  std::list<Running> running_;
};

}  // namespace bearproof::host
