// The records of one receipt, as they lie in files and logs.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files.h"
#include "follower.h"

namespace bearproof::host {

struct Record {
  std::string path;
  bool is_line = false;  ///< the last line of a log that states the receipt's id; else a file of its own
  std::string text;      ///< of a log, the line without its end
};

/// Longest file that is read for a record. A receipt is a few hundred bytes long.
inline constexpr std::uint64_t longest_record = std::uint64_t{4} << 20;

/// The last line of a log that is a receipt with this id.
std::optional<std::string> last_line_of(int log, std::string_view receipt);

/// The receipt's records in what is followed, and in `log`, which may lie elsewhere or be "". Files come first.
std::vector<Record> records_of(const Follower& follower, std::string_view receipt, const std::string& log);

/// The id of a text that is a browser automation receipt; nothing for anything else.
std::optional<std::string> receipt_id_of(std::string_view text);

/// A JSON text without the space between its tokens and without a byte order mark: as a line of a log.
std::string one_line(std::string_view text);

/// Appends a line to a log, unless it stands in it already behind `since`: one append of the whole line, then fsync. A
/// line of somebody else that has no end yet is waited for. The log, and folders above it, are made where they are
/// missing.
/// @param since      size of the log before the first attempt
/// @param is_repair  a beginning of the line that a crash left at `since` is completed
/// @return what stood in the way: the log or its folder can be written to by somebody else, it is a link, or an error
std::optional<std::string> append_once(const std::string& path, std::string_view line, std::uint64_t since,
                                       bool is_repair = false);

/// The size of a log, 0 where there is none.
std::uint64_t size_of(const std::string& path);

/// Whether a log holds a line, behind `since`.
bool holds_line(const std::string& path, std::string_view line, std::uint64_t since = 0);

/// Why a receipt's file is not to be rewritten: it is somebody else's, or somebody else may write to it or its folder.
std::optional<std::string> unsafe_record(const std::string& path);

/// What became of a receipt's file.
struct Rewritten {
  enum class Outcome : std::uint8_t {
    done,     ///< it says that the session was revoked
    settled,  ///< it is gone, or another receipt by now
    failed,   ///< it does not say so
  };
  Outcome outcome = Outcome::done;
  std::string detail;  ///< why it was not done
};

/// Rewrites a receipt's file as revoked: a temporary file beside it, fsync, rename. Where the file changes meanwhile it
/// is read again. One that is revoked already stays as it is.
/// @param temporary  name of the temporary file; one that a crash left is removed
Rewritten revoke_file(const std::string& path, std::string_view receipt, std::string_view now,
                      const std::string& temporary);

}  // namespace bearproof::host
