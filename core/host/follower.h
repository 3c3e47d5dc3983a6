// Follows folders: which documents are in them, what changed, what was appended to logs. Keeps none of their contents:
// they are read again when there is room to send them, so that memory does not grow with what happens.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "bearproof/host/host.h"
#include "bearproof/json/reader.h"

#include "configuration.h"
#include "files.h"
#include "messages.h"
#include "watcher.h"

namespace bearproof::host {

/// Where a followed file is.
struct FilePlace {
  std::size_t folder = 0;  ///< index into the configuration's folders
  std::string name;
  friend auto operator<=>(const FilePlace&, const FilePlace&) = default;
};

/// Whether a document is a browser automation receipt, of any dialect; its receipt's id then, "" where it states none.
std::optional<std::string> receipt_id(json::Value root);

class Follower {
 public:
  /// @param use_inotify  false: changes are looked for by reading the folders
  Follower(const Configuration& configuration, Say say, bool use_inotify = true);

  /// The folders, and whether each is there.
  std::vector<FolderInfo> folders() const;

  /// Becomes readable when something changed; -1 where that has to be looked for.
  int descriptor() const { return watcher_.descriptor(); }
  /// Takes in what happened. To be called when `descriptor` is readable, and at `next_time`.
  void update();
  /// When to call `update` next, whatever `descriptor` says: by steady_clock.
  std::int64_t next_time() const;

  /// Starts over: all documents are to be told anew.
  void restart();
  /// Whether there is something to tell.
  bool has_news() const;
  /// The next message, of type `documents` until all were told, then `change`. Nothing when there is no news (any
  /// more).
  std::optional<std::string> next_message();
  /// Something that could not be followed, for people; each is told once.
  std::optional<std::string> next_problem();

  /// The files that may hold a receipt with this id as their only document, as far as they were read. Ask them.
  std::vector<FilePlace> files_with(std::string_view receipt) const;
  /// The logs.
  std::vector<FilePlace> logs() const;
  /// An open folder; -1 where it is missing.
  int folder(std::size_t index) const { return folders_[index].open.get(); }
  std::string path_of(const FilePlace& place) const;
  /// How a path is told: as it is, with U+FFFD and hexadecimal digits for bytes that are no UTF-8.
  static std::string source_of(const std::string& path);

  /// A receipt's file whose session has ended and that nobody changed for so long is no longer told, in nanoseconds.
  static constexpr std::int64_t window = std::int64_t{7} * 24 * 3600 * 1'000'000'000;
  /// Milliseconds for which a text that is no document is taken for one that is being written.
  static constexpr std::int64_t torn_time = 2000;
  /// Bytes of the longest document whose content is told; of a log, of all its lines.
  static constexpr std::uint64_t longest_document = std::uint64_t{64} << 20;
  /// Files of one folder that are followed, at most.
  static constexpr std::size_t most_files = 100'000;

 private:
  using Fingerprint = std::array<std::uint8_t, 16>;

  struct File {
    bool is_log = false;
    bool is_queued = false;
    bool is_told = false;      ///< the client knows it
    bool is_left_out = false;  ///< it ended long ago
    bool is_unread = true;     ///< nobody knows which receipt is in it
    bool has_ended = false;
    bool has_problem = false;      ///< which was told
    FileState state;               ///< when it was last looked at
    Fingerprint told{};            ///< of the content that was told; of a log, of what stands before `end`
    std::size_t receipt = 0;       ///< hash of the receipt's id
    std::int64_t torn_since = 0;   ///< by steady_clock; 0: it is whole
    std::uint64_t end = 0;         ///< of a log: behind the last line that was told
    std::uint64_t lines = 0;       ///< of a log: so many were told
    std::uint64_t oversized = 0;   ///< of a log: its size when it was told to be oversized; 0: it is not
    std::int64_t quiet_until = 0;  ///< of something large: not told whole again before, by steady_clock
  };
  struct Folder {
    std::string path;
    Descriptor open;
    int watch = -1;
    FileState identity;  ///< of the folder: device and inode count
    std::map<std::string, File> files;
    bool has_problem = false;
  };
  /// A document that is told in parts.
  struct Telling {
    FilePlace place;
    Descriptor file;
    std::string source;
    bool is_log = false;
    bool reset = false;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint32_t part = 0;
    std::uint32_t parts = 0;
    std::uint64_t lines = 0;  ///< of a log: newlines so far
    bool is_cut = false;      ///< it became shorter while it was told
  };

  void look_at_folders();
  void close_folder(std::size_t index);
  void scan(std::size_t index);
  void notice(std::size_t index, const std::string& name);
  void enqueue(std::size_t index, const std::string& name, File& file);
  void leave_old_ones();

  /// Tells one file as far as that needs one message. @param into  entries of a `documents` message, or nullptr: a
  /// change
  void tell(const FilePlace& place, std::string* into);
  void tell_document(const FilePlace& place, File& file, Descriptor opened, const FileState& state, std::string* into);
  void tell_log(const FilePlace& place, File& file, Descriptor opened, const FileState& state, std::string* into);
  /// Tells of a file that could not be opened. @param info  what opening found out, if anything @param error  its errno
  void tell_unopened(const FilePlace& place, File& file, struct stat info, int error, std::string* into);
  /// Takes back what was told of a file, if anything was.
  void withdraw(const FilePlace& place, File& file, std::string* into);
  /// Takes it back and forgets the file, which is not there any more.
  void tell_gone(const FilePlace& place, File& file, std::string* into);
  void emit(const Entry& entry, std::string* into);
  void go_on(std::string* into);
  void finish_telling();
  /// Whether a text of this file is to be told now; otherwise it will be looked at again.
  bool is_ready(const FilePlace& place, File& file, const FileState& state, bool is_whole);
  bool is_known(const FilePlace& place) const;
  /// Whether something large was told whole just now: then it waits, so that who rewrites it all the time holds up
  /// nobody.
  bool has_to_wait(const FilePlace& place, const File& file, std::uint64_t size);
  void problem(File& file, const FilePlace& place, std::string_view reason);

  Say say_;
  Watcher watcher_;
  bool uses_inotify_;
  std::vector<Configuration::Folder> configured_;
  std::vector<Folder> folders_;
  std::deque<FilePlace> queue_;
  std::set<std::pair<std::int64_t, FilePlace>> later_;  ///< files to look at again, by steady_clock
  std::deque<std::string> problems_;
  std::deque<std::string> messages_;
  std::optional<Telling> telling_;
  json::Reader reader_;
  bool is_started_ = false;
  bool is_complete_ = false;
  std::size_t initial_ = 0;  ///< files of the queue's start that `documents` still waits for
  std::uint64_t sequence_ = 0;
  std::int64_t next_look_ = 0;
  std::int64_t next_scan_ = 0;
  std::int64_t next_sweep_ = 0;
};

}  // namespace bearproof::host
