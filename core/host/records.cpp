#include "records.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "bearproof/json/reader.h"
#include "bearproof/session/revoke.h"

#include "steps.h"

namespace bearproof::host {
namespace {

constexpr std::size_t block_size = std::size_t{256} << 10;
constexpr int line_end_tries = 10;                            ///< looks for the end of somebody else's line,
constexpr int line_end_pause = 20;                            ///< milliseconds apart
constexpr std::uint64_t searched = std::uint64_t{256} << 20;  ///< bytes of a log's end that are searched
constexpr std::int64_t torn_patience = 400;  ///< milliseconds for all receipts that are being written, together
constexpr int torn_tries = 15;               ///< looks for the rest of a receipt that is being written,
constexpr int torn_pause = 20;               ///< milliseconds apart
constexpr int rewrites = 5;                  ///< of a file that changes while it is rewritten

void pause(int milliseconds) { poll(nullptr, 0, milliseconds); }

/// Reads a log line by line. @return false where it cannot be read
template <class Take>
bool each_line(int log, std::uint64_t begin, std::uint64_t longest, Take take) {
  std::string block;
  std::string line;
  bool is_skipped = false;  // a line that is too long to be a record
  for (std::uint64_t at = begin;;) {
    if (!read_at(log, at, block_size, block)) return false;
    if (block.empty()) return true;
    at += block.size();
    std::string_view rest = block;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view piece = rest.substr(0, end);
      if (line.size() + piece.size() > longest) is_skipped = true;
      if (is_skipped) {
        line.clear();
      } else {
        line += piece;
      }
      if (end == std::string_view::npos) break;
      if (!is_skipped && line.ends_with('\r')) line.pop_back();
      if (!is_skipped && !take(std::string_view(line))) return true;
      line.clear();
      is_skipped = false;
      rest.remove_prefix(end + 1);
    }
  }
}

std::optional<std::string> unsafe_state(const struct stat& info) {
  if (info.st_uid != geteuid()) return "it belongs to somebody else";
  if ((info.st_mode & S_IWOTH) != 0) return "everybody may write to it";
  return std::nullopt;
}

struct Log {
  Descriptor folder;
  Descriptor file;
  std::uint64_t size = 0;
};

/// Opens a log for appending, having looked at who else may write to it.
std::expected<Log, std::string> open_log(const std::string& path) {
  const std::string folder = folder_of(path);
  Log log;
  log.folder = open_folder(folder);
  if (!log.folder && errno == ENOENT) {
    if (const int error = make_folders(folder); error != 0) return std::unexpected(error_text(error));
    log.folder = open_folder(folder);
  }
  if (!log.folder) return std::unexpected(error_text(errno));
  if (const auto problem = unsafe_folder(log.folder.get(), folder)) return std::unexpected(*problem);
  const std::string name = name_of(path);
  log.file = Descriptor(openat(log.folder.get(), name.c_str(),
                               O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
  if (!log.file) return std::unexpected(errno == ELOOP ? std::string("it is a link") : error_text(errno));
  struct stat info{};
  if (fstat(log.file.get(), &info) != 0) return std::unexpected(error_text(errno));
  if (!S_ISREG(info.st_mode)) return std::unexpected("it is no regular file");
  if (auto problem = unsafe_state(info)) return std::unexpected(std::move(*problem));
  log.size = static_cast<std::uint64_t>(info.st_size);
  return log;
}

bool ends_a_line(int file) {
  struct stat info{};
  if (fstat(file, &info) != 0 || info.st_size == 0) return true;
  std::string last;
  return !read_at(file, static_cast<std::uint64_t>(info.st_size) - 1, 1, last) || last == "\n";
}

bool holds(int file, std::string_view line, std::uint64_t since) {
  bool found = false;
  each_line(file, since, line.size(), [&](std::string_view one) {
    found = one == line;
    return !found;
  });
  return found;
}

}  // namespace

std::optional<std::string> receipt_id_of(std::string_view text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  return document == nullptr ? std::nullopt : receipt_id(document->root());
}

std::optional<std::string> last_line_of(int log, std::string_view receipt) {
  std::optional<std::string> last;
  json::Reader reader;
  struct stat info{};
  const std::uint64_t size = fstat(log, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
  each_line(log, size > searched ? size - searched : 0, longest_record, [&](std::string_view line) {
    // An id may be spelled with escapes; nearly none is.
    if (line.find(receipt) == std::string_view::npos && line.find('\\') == std::string_view::npos) return true;
    const json::Document* document = reader.read(line);
    if (document != nullptr && receipt_id(document->root()) == receipt) last = line;
    return true;
  });
  return last;
}

std::vector<Record> records_of(const Follower& follower, std::string_view receipt, const std::string& log) {
  std::vector<Record> out;
  json::Reader reader;
  std::string text;
  const std::int64_t latest = steady_clock() + torn_patience;
  for (const FilePlace& place : follower.files_with(receipt)) {
    for (;;) {
      struct stat info{};
      const Descriptor file = open_file(follower.folder(place.folder), place.name, info);
      if (!file || read_whole(file.get(), longest_record, text) != 0) break;
      const json::Document* document = reader.read(text);
      if (document != nullptr) {
        if (receipt_id(document->root()) == receipt) out.push_back({follower.path_of(place), false, text});
        break;
      }
      // Of those that cannot be read only one that names the receipt is worth waiting for.
      const bool is_new = wall_clock() - state_of(info).modified < Follower::torn_time * 1'000'000;
      if (!is_new || steady_clock() >= latest || (text.find(receipt) == std::string::npos && !text.empty())) break;
      pause(torn_pause);
    }
  }
  bool has_log = log.empty();
  for (const FilePlace& place : follower.logs()) {
    struct stat info{};
    const Descriptor file = open_file(follower.folder(place.folder), place.name, info);
    if (!file) continue;
    const std::string path = follower.path_of(place);
    has_log = has_log || path == log;
    if (auto line = last_line_of(file.get(), receipt)) out.push_back({path, true, std::move(*line)});
  }
  if (!has_log) {
    struct stat info{};
    const Descriptor folder = open_folder(folder_of(log));
    const Descriptor file = folder ? open_file(folder.get(), name_of(log), info) : Descriptor();
    if (file) {
      if (auto line = last_line_of(file.get(), receipt)) out.push_back({log, true, std::move(*line)});
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string out;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!in_string && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
    if (c == '"') {
      in_string = !in_string;
    } else if (in_string && c == '\\') {
      out += text[++at];
    }
  }
  return out;
}

std::uint64_t size_of(const std::string& path) {
  struct stat info{};
  return lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
}

bool holds_line(const std::string& path, std::string_view line, std::uint64_t since) {
  struct stat info{};
  const Descriptor folder = open_folder(folder_of(path));
  const Descriptor file = folder ? open_file(folder.get(), name_of(path), info) : Descriptor();
  return file && holds(file.get(), line, since);
}

std::optional<std::string> append_once(const std::string& path, std::string_view line, std::uint64_t since,
                                       bool is_repair) {
  auto log = open_log(path);
  if (!log) return log.error();
  const int file = log->file.get();
  if (since > log->size) since = 0;  // it was rotated or truncated since
  const std::string whole = std::string(line) + "\n";
  std::string there;
  if (!read_at(file, since, whole.size() + 2, there)) return error_text(errno);
  std::string_view mine = there;
  if (mine.starts_with('\n')) mine.remove_prefix(1);
  std::string rest = whole;
  if (is_repair && !mine.empty() && mine.size() < whole.size() && whole.starts_with(mine) &&
      since + there.size() == log->size) {
    rest.erase(0, mine.size());  // a crash cut it off
  } else {
    if (holds(file, line, since)) return std::nullopt;
    for (int tries = 0; tries < line_end_tries && !ends_a_line(file); ++tries) pause(line_end_pause);
    if (!ends_a_line(file)) rest.insert(0, "\n");
  }
  if (const int error = write_all(file, rest); error != 0) return error_text(error);
  if (fsync(file) != 0) return error_text(errno);
  // Where the log is new, its name has to last, too.
  if (log->size == 0) fsync(log->folder.get());
  return std::nullopt;
}

std::optional<std::string> unsafe_record(const std::string& path) {
  const Descriptor folder = open_folder(folder_of(path));
  if (!folder) return error_text(errno);
  if (auto problem = unsafe_folder(folder.get(), folder_of(path))) return problem;
  struct stat info{};
  const Descriptor file = open_file(folder.get(), name_of(path), info);
  if (!file) return error_text(errno);
  return unsafe_state(info);
}

Rewritten revoke_file(const std::string& path, std::string_view receipt, std::string_view now,
                      const std::string& temporary) {
  using enum Rewritten::Outcome;
  const std::string name = name_of(path);
  const Descriptor folder = open_folder(folder_of(path));
  if (!folder) return {failed, error_text(errno)};
  if (const auto problem = unsafe_folder(folder.get(), folder_of(path))) return {failed, *problem};
  std::string text;
  for (int tries = 0; tries < rewrites; ++tries) {
    unlinkat(folder.get(), temporary.c_str(), 0);
    struct stat before{};
    std::optional<std::string> id;
    for (int again = 0; again < torn_tries; ++again) {
      const Descriptor file = open_file(folder.get(), name, before);
      if (!file && errno == ENOENT) return {settled, "it is gone"};
      if (!file) return {failed, error_text(errno)};
      if (const auto problem = unsafe_state(before)) return {failed, *problem};
      if (const int error = read_whole(file.get(), longest_record, text); error != 0) {
        return {failed, error_text(error)};
      }
      id = receipt_id_of(text);
      if (id) break;
      pause(torn_pause);
    }
    if (!id) return {failed, "it is no whole receipt"};
    if (*id != receipt) return {settled, "it is another receipt by now"};
    const auto revocation = session::revoke(text, now);
    if (!revocation) return {failed, revocation.error()};
    if (!revocation->changed) return {};
    const Descriptor written(
        openat(folder.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!written) return {failed, error_text(errno)};
    step("temporary-made");
    const auto fail = [&](int error) -> Rewritten {
      unlinkat(folder.get(), temporary.c_str(), 0);
      return {failed, error_text(error)};
    };
    if (fchmod(written.get(), before.st_mode & 07777U) != 0) return fail(errno);
    if (const int error = write_all(written.get(), revocation->receipt); error != 0) return fail(error);
    if (fsync(written.get()) != 0) return fail(errno);
    step("temporary-written");
    struct stat after{};
    const bool is_same =
        fstatat(folder.get(), name.c_str(), &after, AT_SYMLINK_NOFOLLOW) == 0 && state_of(before) == state_of(after);
    if (!is_same) continue;
    if (renameat(folder.get(), temporary.c_str(), folder.get(), name.c_str()) != 0) return fail(errno);
    step("renamed");
    fsync(folder.get());
    return {};
  }
  unlinkat(folder.get(), temporary.c_str(), 0);
  return {failed, "it is being written all the time"};
}

}  // namespace bearproof::host
