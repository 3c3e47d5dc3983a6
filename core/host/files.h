// Files as a program must touch them whose folders others may write to: relative to an open folder, without following
// links, regular files only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/stat.h>
#include <sys/types.h>

namespace bearproof::host {

/// A descriptor that is closed at its end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  explicit operator bool() const { return number_ >= 0; }
  int get() const { return number_; }
  void close() { Descriptor(std::exchange(number_, -1)); }

 private:
  int number_ = -1;
};

/// What tells one state of a file from another.
struct FileState {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  std::int64_t changed = 0;   ///< likewise
  friend bool operator==(const FileState&, const FileState&) = default;
};
FileState state_of(const struct stat& info);

/// The system's clock, in nanoseconds since 1970.
std::int64_t wall_clock();
/// A clock that only goes forward, in milliseconds.
std::int64_t steady_clock();
/// The system's clock as RFC 3339, in UTC to the second.
std::string instant_now();

/// Opens a folder. A link in place of the folder itself is followed only if it belongs to this user or to root.
/// @return none with errno set
Descriptor open_folder(const std::string& path);

/// Opens a file of a folder for reading: never a link, never anything but a regular file, and never waits.
/// @return none with errno set; ELOOP for a link, EINVAL for what is no regular file
Descriptor open_file(int folder, const std::string& name, struct stat& info);

/// Why nothing may be written into a folder: it, or what leads to it, can be written to by somebody else. Nothing where
/// it may. @param path  of the folder, absolute; for the folders above it
std::optional<std::string> unsafe_folder(int folder, const std::string& path);

/// Why a file is not to be trusted: it, or its folder, can be written to by somebody else, or it is a link or no
/// regular file. Nothing where it can be.
std::optional<std::string> unsafe_file(const std::string& path);

/// Reads from a place until `size` bytes are there or the file ends. @return false with errno set
bool read_at(int file, std::uint64_t offset, std::size_t size, std::string& into);

/// Reads a whole file of at most `most` bytes. @return an errno; EFBIG beyond
int read_whole(int file, std::uint64_t most, std::string& into);

/// Writes all of it. @return an errno, or 0
int write_all(int file, std::string_view bytes);

/// Makes a folder and those above it that are missing, with mode 0700. @return an errno, or 0
int make_folders(const std::string& path);

/// "/a/b" of "/a/b/c"; "/" of "/a".
std::string folder_of(const std::string& path);
/// "c" of "/a/b/c".
std::string name_of(const std::string& path);

/// The value of an environment variable, "" where it is not set.
std::string environment(const char* name);
/// The user's home folder: HOME, or what the system's user table says. "" where neither is absolute.
std::string home_folder();
/// `$XDG_STATE_HOME/bearproof`, where the host keeps its lock and its journals. "" without a home.
std::string state_folder();
/// `$XDG_CONFIG_HOME/bearproof/host.json`. "" without a home.
std::string configuration_path();

/// An error's text, without the program's state.
std::string error_text(int error);

bool is_utf8(std::string_view bytes);
std::string base64(std::string_view bytes);
/// @return nothing unless the text is base64
std::optional<std::string> from_base64(std::string_view text);

}  // namespace bearproof::host
