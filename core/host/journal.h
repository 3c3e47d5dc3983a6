// What a revocation is about to write, kept until it has been written and the transport was dealt with: a host that
// died in between is made up for by the next one.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "files.h"

namespace bearproof::host {

/// Everything that it takes to go on with a revocation, whatever of it was done.
struct Intent {
  std::string receipt;  ///< its id
  std::string now;      ///< RFC 3339, of the revocation
  std::string record;   ///< the receipt as it was before
  struct Append {
    std::string path;  ///< "": nothing to append
    std::string line;
    std::uint64_t since = 0;  ///< size of the log before
  };
  Append log;
  Append event;
  struct File {
    std::string path;
    std::string temporary;
  };
  std::vector<File> files;
};

std::string to_json(const Intent& intent);
std::optional<Intent> intent_from(std::string_view json);

/// The folder in which hosts of one user agree with each other.
class StateFolder {
 public:
  /// Opens `$XDG_STATE_HOME/bearproof`, made where it is missing.
  /// @return why that cannot be used: somebody else may write to it, or an error
  static std::expected<StateFolder, std::string> open();

  /// Waits until no other host of this user records a revocation. @return the lock, held as long as it is; none after 3
  /// s
  std::optional<Descriptor> lock() const;

  /// An intent on disk. Its owner holds it open; one that nobody holds is left over from a host that died.
  class Journal {
   public:
    Journal(Descriptor folder, Descriptor file, std::string name)
        : folder_(std::move(folder)), file_(std::move(file)), name_(std::move(name)) {}
    /// What it says was done.
    void remove();

   private:
    Descriptor folder_;
    Descriptor file_;
    std::string name_;
  };

  /// Writes an intent so that it lasts. @return why that cannot be done
  std::expected<Journal, std::string> write(const Intent& intent) const;

  struct Left {
    Intent intent;
    Journal journal;
  };
  /// The intents of hosts that died. To be called with the lock held.
  std::vector<Left> left_over() const;

 private:
  explicit StateFolder(Descriptor folder) : folder_(std::move(folder)) {}
  Descriptor folder_;
};

}  // namespace bearproof::host
