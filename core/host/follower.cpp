#include "follower.h"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "bearproof/json/canonical.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/utf8.h"

namespace bearproof::host {
namespace {

constexpr std::int64_t look_every = 200;         ///< milliseconds between two looks at whether the folders are the same
constexpr std::int64_t poll_every = 250;         ///< milliseconds between two readings of a folder that is not watched
constexpr std::int64_t scan_every = 10'000;      ///< milliseconds between two readings of folders that are watched
constexpr std::int64_t sweep_every = 3'600'000;  ///< milliseconds between two looks for sessions that ended long ago
constexpr std::int64_t torn_again = 50;          ///< milliseconds after which a torn file is read again
constexpr std::int64_t quiet = 5000;             ///< milliseconds between two tellings of something large
constexpr std::int64_t settled = 500;  ///< milliseconds without a change after which a large file counts as whole

/// Bytes of a part. A control character takes six bytes in JSON: a part of nothing else still fits a message.
constexpr std::size_t part_size = std::size_t{64} << 10;
/// Bytes of entries from which on a `documents` message is sent: with another entry of the worst kind it still fits.
constexpr std::size_t full_message = std::size_t{96} << 10;
/// Documents beyond this are not read to see whether they are whole and what they are: memory is bounded.
constexpr std::uint64_t readable = std::uint64_t{1} << 20;
/// Bytes before the end of a log that tell whether it is still the same.
constexpr std::size_t mark_size = 256;

bool is_log_name(std::string_view name) { return name.ends_with(".jsonl") || name.ends_with(".ndjson"); }
bool is_document_name(std::string_view name) { return name.ends_with(".json") || is_log_name(name); }

std::array<std::uint8_t, 16> fingerprint_of(std::string_view bytes) {
  json::Sha256 hash;
  hash.update(bytes);
  const auto digest = hash.finish();
  std::array<std::uint8_t, 16> out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

/// What stands before a place of a log and at its start.
std::optional<std::array<std::uint8_t, 16>> mark_before(int file, std::uint64_t end) {
  std::string bytes;
  std::string start;
  const std::uint64_t size = std::min<std::uint64_t>(end, mark_size);
  if (!read_at(file, end - size, static_cast<std::size_t>(size), bytes)) return std::nullopt;
  if (!read_at(file, 0, static_cast<std::size_t>(size), start)) return std::nullopt;
  if (bytes.size() != size || start.size() != size) return std::nullopt;
  return fingerprint_of(bytes + start);
}

/// Where the last whole line of a log ends, from `begin` on.
std::optional<std::uint64_t> end_of_lines(int file, std::uint64_t begin, std::uint64_t size) {
  std::string block;
  for (std::uint64_t end = size; end > begin;) {
    const std::uint64_t start = end - std::min<std::uint64_t>(end - begin, part_size);
    if (!read_at(file, start, static_cast<std::size_t>(end - start), block)) return std::nullopt;
    const std::size_t at = block.rfind('\n');
    if (at != std::string::npos) return start + at + 1;
    end = start;
  }
  return begin;
}

/// Where the part of a text that begins at about `offset` really begins: never within a code point.
std::uint64_t part_boundary(int file, std::uint64_t offset, std::uint64_t begin, std::uint64_t end) {
  if (offset <= begin || offset >= end) return std::clamp(offset, begin, end);
  std::string around;
  const std::uint64_t back = std::min<std::uint64_t>(offset - begin, 3);
  if (!read_at(file, offset - back, static_cast<std::size_t>(back) + 1, around)) return offset;
  if (around.size() != back + 1) return offset;
  for (std::uint64_t i = 0; i <= back; ++i) {
    const auto byte = static_cast<unsigned char>(around[static_cast<std::size_t>(back - i)]);
    if ((byte & 0xC0U) != 0x80U) return offset - i;
  }
  return offset;
}

bool has_ended(json::Value root) {
  for (const std::string_view name : {"status", "terminalState"}) {
    const json::Value state = root.find(name);
    for (const std::string_view word : {"ended", "completed", "failed", "denied", "revoked"}) {
      if (state && state.equals(word)) return true;
    }
  }
  const json::Value revoked = root.find("revokedAt");
  return revoked && revoked.is_string() && !root.find("status") && !root.find("terminalState");
}

}  // namespace

std::optional<std::string> receipt_id(json::Value root) {
  if (!root.is_object()) return std::nullopt;
  const json::Value version = root.find("schemaVersion");
  const json::Value type = root.find("type");
  const bool bearbrowser = version && version.equals("bearbrowser.browser_automation_receipt.v1");
  if (!bearbrowser && !(type && type.equals("BrowserAutomationReceipt"))) return std::nullopt;
  const json::Value id = root.find(bearbrowser ? "receiptId" : "id");
  if (!id || !id.is_string()) return std::string();
  std::string scratch;
  return std::string(id.string(scratch));
}

Follower::Follower(const Configuration& configuration, Say say, bool use_inotify)
    : say_(std::move(say)), watcher_(use_inotify), uses_inotify_(watcher_.descriptor() >= 0) {
  for (const Configuration::Folder& folder : configuration.folders) {
    // A folder that is named twice is one folder.
    const bool again =
        std::any_of(folders_.begin(), folders_.end(), [&](const Folder& known) { return known.path == folder.path; });
    if (again) continue;
    configured_.push_back(folder);
    folders_.emplace_back().path = folder.path;
  }
  update();
}

std::vector<FolderInfo> Follower::folders() const {
  std::vector<FolderInfo> out;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    out.push_back({source_of(configured_[i].path), configured_[i].label, static_cast<bool>(folders_[i].open)});
  }
  return out;
}

std::string Follower::path_of(const FilePlace& place) const {
  const std::string& folder = folders_[place.folder].path;
  return (folder == "/" ? folder : folder + "/") + place.name;
}

std::string Follower::source_of(const std::string& path) {
  constexpr std::string_view mark = "\xEF\xBF\xBD";  // U+FFFD
  if (is_utf8(path) && path.find(mark) == std::string::npos) return path;
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const text::Decoded here = text::decode(path, at);
    const std::string_view bytes = std::string_view(path).substr(at, here.length);
    at += here.length;
    if (here.well_formed && bytes != mark) {
      out += bytes;
      continue;
    }
    // The mark itself is spelled so, too: no two paths are told alike.
    for (const char byte : bytes) {
      const auto value = static_cast<std::uint8_t>(byte);
      text::append_hex_bytes(out += mark, {&value, 1});
    }
  }
  return out;
}

void Follower::problem(File& file, const FilePlace& place, std::string_view reason) {
  if (file.has_problem) return;
  file.has_problem = true;
  problems_.push_back(source_of(path_of(place)) + ": " + std::string(reason));
}

std::optional<std::string> Follower::next_problem() {
  if (problems_.empty()) return std::nullopt;
  std::string out = std::move(problems_.front());
  problems_.pop_front();
  say_(out);
  return out;
}

// ---- folders ----

void Follower::update() {
  const std::int64_t now = steady_clock();
  watcher_.read([&](const Watcher::Event& event) {
    if (event.watch < 0) {
      next_scan_ = 0;
      return;
    }
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      if (folders_[i].watch != event.watch) continue;
      if (event.name.empty()) {
        next_look_ = 0;
      } else {
        notice(i, event.name);
      }
    }
  });
  if (now >= next_look_) {
    look_at_folders();
    next_look_ = now + look_every;
  }
  if (now >= next_scan_) {
    bool all_watched = true;
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      if (!folders_[i].open) continue;
      scan(i);
      all_watched = all_watched && folders_[i].watch >= 0;
    }
    next_scan_ = now + (all_watched && uses_inotify_ ? scan_every : poll_every);
  }
  if (now >= next_sweep_) {
    leave_old_ones();
    next_sweep_ = now + sweep_every;
  }
  while (!later_.empty() && later_.begin()->first <= now) {
    const FilePlace place = later_.begin()->second;
    later_.erase(later_.begin());
    if (is_known(place)) enqueue(place.folder, place.name, folders_[place.folder].files[place.name]);
  }
}

std::int64_t Follower::next_time() const {
  std::int64_t next = std::min({next_look_, next_scan_, next_sweep_});
  if (!later_.empty()) next = std::min(next, later_.begin()->first);
  return next;
}

void Follower::look_at_folders() {
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    Folder& folder = folders_[i];
    struct stat info{};
    const bool is_there = stat(folder.path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
    const bool is_same = is_there && folder.open && folder.identity.device == state_of(info).device &&
                         folder.identity.inode == state_of(info).inode;
    if (is_same) continue;
    if (folder.open) close_folder(i);
    if (!is_there) continue;
    folder.open = open_folder(folder.path);
    if (!folder.open || fstat(folder.open.get(), &info) != 0) {
      folder.open.close();
      if (!folder.has_problem) problems_.push_back(source_of(folder.path) + ": cannot be opened");
      folder.has_problem = true;
      continue;
    }
    folder.has_problem = false;
    folder.identity = state_of(info);
    folder.watch = watcher_.watch(folder.open.get());
    scan(i);
  }
}

void Follower::close_folder(std::size_t index) {
  Folder& folder = folders_[index];
  watcher_.unwatch(folder.watch);
  folder.watch = -1;
  folder.open.close();
  for (auto& [name, file] : folder.files) enqueue(index, name, file);
}

void Follower::scan(std::size_t index) {
  Folder& folder = folders_[index];
  const int copy = openat(folder.open.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = copy < 0 ? nullptr : fdopendir(copy);
  if (entries == nullptr) {
    if (copy >= 0) ::close(copy);
    return;
  }
  while (const dirent* entry = readdir(entries)) {
    if (is_document_name(entry->d_name)) notice(index, entry->d_name);
  }
  closedir(entries);
  for (auto& [name, file] : folder.files) {
    struct stat info{};
    if (!file.is_queued && fstatat(folder.open.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
      enqueue(index, name, file);
    }
  }
}

/// Something happened to an entry, or it was seen: queues it where it differs from what is known.
void Follower::notice(std::size_t index, const std::string& name) {
  if (!is_document_name(name)) return;
  Folder& folder = folders_[index];
  auto found = folder.files.find(name);
  if (found != folder.files.end() && found->second.is_queued) return;
  struct stat info{};
  const bool is_there = folder.open && fstatat(folder.open.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                        !S_ISDIR(info.st_mode);
  if (found == folder.files.end()) {
    if (!is_there) return;
    if (folder.files.size() >= most_files) {
      if (!folder.has_problem) {
        problems_.push_back(source_of(folder.path) + ": only the first " + std::to_string(most_files) +
                            " files are followed");
      }
      folder.has_problem = true;
      return;
    }
    found = folder.files.emplace(name, File{}).first;
    found->second.is_log = is_log_name(name);
  } else if (is_there && found->second.state == state_of(info) && found->second.torn_since == 0) {
    return;
  }
  enqueue(index, name, found->second);
}

void Follower::enqueue(std::size_t index, const std::string& name, File& file) {
  if (file.is_queued) return;
  file.is_queued = true;
  queue_.push_back({index, name});
}

bool Follower::is_known(const FilePlace& place) const {
  return place.folder < folders_.size() && folders_[place.folder].files.contains(place.name);
}

void Follower::leave_old_ones() {
  const std::int64_t oldest = wall_clock() - window;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    for (auto& [name, file] : folders_[i].files) {
      if (file.is_told && file.has_ended && !file.is_log && file.state.modified < oldest) enqueue(i, name, file);
    }
  }
}

std::vector<FilePlace> Follower::files_with(std::string_view receipt) const {
  const std::size_t hash = std::hash<std::string_view>{}(receipt);
  std::vector<FilePlace> out;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    for (const auto& [name, file] : folders_[i].files) {
      // One that is about to be read may say something else by then.
      const bool may =
          !file.is_log && (file.receipt == hash || file.is_unread || file.is_queued || file.torn_since != 0);
      if (may) out.push_back({i, name});
    }
  }
  return out;
}

std::vector<FilePlace> Follower::logs() const {
  std::vector<FilePlace> out;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    for (const auto& [name, file] : folders_[i].files) {
      if (file.is_log) out.push_back({i, name});
    }
  }
  return out;
}

// ---- telling ----

void Follower::restart() {
  telling_.reset();
  messages_.clear();
  queue_.clear();
  later_.clear();
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    std::erase_if(folders_[i].files, [&](const auto& item) { return !folders_[i].open && !item.second.is_told; });
    for (auto& [name, file] : folders_[i].files) {
      file.is_told = false;
      file.is_queued = false;
      file.torn_since = 0;
      file.end = 0;
      file.lines = 0;
      file.oversized = 0;
      enqueue(i, name, file);
    }
  }
  initial_ = queue_.size();
  sequence_ = 0;
  is_complete_ = false;
  is_started_ = true;
}

bool Follower::has_news() const {
  return is_started_ && (!messages_.empty() || telling_ || !queue_.empty() || !is_complete_);
}

std::optional<std::string> Follower::next_message() {
  while (is_started_) {
    if (!messages_.empty()) {
      std::string message = std::move(messages_.front());
      messages_.pop_front();
      return message;
    }
    if (!is_complete_) {
      std::string entries;
      while (entries.size() < full_message && (telling_ || initial_ > 0)) {
        if (telling_) {
          go_on(&entries);
          continue;
        }
        --initial_;
        const FilePlace place = std::move(queue_.front());
        queue_.pop_front();
        tell(place, &entries);
      }
      is_complete_ = !telling_ && initial_ == 0;
      return documents_message(++sequence_, is_complete_, entries);
    }
    if (telling_) {
      go_on(nullptr);
    } else if (!queue_.empty()) {
      const FilePlace place = std::move(queue_.front());
      queue_.pop_front();
      tell(place, nullptr);
    } else {
      break;
    }
  }
  return std::nullopt;
}

void Follower::emit(const Entry& entry, std::string* into) {
  if (into == nullptr) {
    messages_.push_back(change_message(++sequence_, entry));
    return;
  }
  if (entry.body == Entry::Body::gone) return;
  if (!into->empty()) *into += ',';
  append_entry(*into, entry);
}

void Follower::withdraw(const FilePlace& place, File& file, std::string* into) {
  if (!file.is_told) return;
  const std::string source = source_of(path_of(place));
  Entry entry;
  entry.source = source;
  entry.body = Entry::Body::gone;
  emit(entry, into);
  file.is_told = false;
}

void Follower::tell_gone(const FilePlace& place, File& file, std::string* into) {
  withdraw(place, file, into);
  folders_[place.folder].files.erase(place.name);
}

void Follower::tell(const FilePlace& place, std::string* into) {
  if (!is_known(place)) return;
  Folder& folder = folders_[place.folder];
  File& file = folder.files[place.name];
  file.is_queued = false;
  if (!folder.open) return tell_gone(place, file, into);
  struct stat info{};
  Descriptor opened = open_file(folder.open.get(), place.name, info);
  if (!opened) return tell_unopened(place, file, info, errno, into);
  const FileState state = state_of(info);
  if (file.is_log) {
    tell_log(place, file, std::move(opened), state, into);
  } else {
    tell_document(place, file, std::move(opened), state, into);
  }
}

void Follower::tell_unopened(const FilePlace& place, File& file, struct stat info, int error, std::string* into) {
  const auto look = [&] {
    return fstatat(folders_[place.folder].open.get(), place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
  };
  switch (error) {
    case ENOENT: break;
    case ELOOP: problem(file, place, "it is a link, which is not followed"); break;
    case EINVAL:
    case ENXIO:
      if (!S_ISDIR(info.st_mode)) problem(file, place, "it is no regular file, and not read");
      break;
    default: {
      // It is there, and says nothing: that is told, so that nobody hides a session by taking the right to read it.
      problem(file, place, error_text(error));
      const std::string source = source_of(path_of(place));
      Entry entry;
      entry.source = source;
      entry.lines = file.is_log;
      entry.reset = file.is_log && into == nullptr;
      emit(entry, into);
      file.is_told = true;
      file.told = fingerprint_of("");
      file.end = 0;
      if (look()) file.state = state_of(info);
      return;
    }
  }
  if (!look()) return tell_gone(place, file, into);
  // What stands in the place of a document is kept in mind, so that it is told of once.
  withdraw(place, file, into);
  file.state = state_of(info);
}

bool Follower::is_ready(const FilePlace& place, File& file, const FileState& state, bool is_whole) {
  const std::int64_t now = steady_clock();
  if (is_whole) {
    file.torn_since = 0;
    return true;
  }
  // It has been so for long enough already.
  const std::int64_t age = (wall_clock() - std::max(state.modified, state.changed)) / 1'000'000;
  if (age >= torn_time && file.torn_since == 0) return true;
  if (file.torn_since == 0) file.torn_since = now;
  if (now - file.torn_since >= torn_time) {
    file.torn_since = 0;
    return true;
  }
  later_.insert({std::min(now + torn_again, file.torn_since + torn_time), place});
  return false;
}

bool Follower::has_to_wait(const FilePlace& place, const File& file, std::uint64_t size) {
  if (size <= readable || !file.is_told || steady_clock() >= file.quiet_until) return false;
  later_.insert({file.quiet_until, place});
  return true;
}

void Follower::tell_document(const FilePlace& place, File& file, Descriptor opened, const FileState& state,
                             std::string* into) {
  const std::string source = source_of(path_of(place));
  file.state = state;
  Entry entry;
  entry.source = source;
  if (state.size > longest_document) {
    file.torn_since = 0;
    file.is_unread = true;
    entry.body = Entry::Body::oversized;
    entry.oversized = state.size;
    emit(entry, into);
    file.is_told = true;
    file.told = fingerprint_of(std::to_string(state.size));
    return;
  }
  std::string text;
  if (state.size > readable) {
    if (has_to_wait(place, file, state.size)) return;
    const std::int64_t age = (wall_clock() - state.modified) / 1'000'000;
    if (!is_ready(place, file, state, age >= settled)) return;
    file.is_unread = true;
    file.has_ended = false;
  } else {
    if (!read_at(opened.get(), 0, static_cast<std::size_t>(state.size), text)) return;
    const json::Document* document = reader_.read(text);
    if (!is_ready(place, file, state, document != nullptr)) return;
    const auto id = document == nullptr ? std::nullopt : receipt_id(document->root());
    file.is_unread = document == nullptr;
    file.receipt = id ? std::hash<std::string_view>{}(*id) : 0;
    file.has_ended = id && has_ended(document->root());
    if (file.has_ended && state.modified < wall_clock() - window) {
      file.is_left_out = true;
      return withdraw(place, file, into);
    }
    const Fingerprint fingerprint = fingerprint_of(text);
    if (file.is_told && file.told == fingerprint) return;
    file.told = fingerprint;
  }
  file.is_left_out = false;
  if (text.size() == state.size && text.size() <= part_size) {
    entry.bytes = text;
    emit(entry, into);
    file.is_told = true;
    return;
  }
  Telling telling;
  telling.place = place;
  telling.file = std::move(opened);
  telling.source = source;
  telling.end = state.size;
  telling.parts = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, (state.size + part_size - 1) / part_size));
  telling_ = std::move(telling);
  go_on(into);
}

void Follower::tell_log(const FilePlace& place, File& file, Descriptor opened, const FileState& state,
                        std::string* into) {
  const bool is_same = file.is_told && file.state.inode == state.inode && file.state.device == state.device &&
                       state.size >= file.end && file.oversized == 0 &&
                       mark_before(opened.get(), file.end) == file.told;
  const std::uint64_t begin = is_same ? file.end : 0;
  const auto end = end_of_lines(opened.get(), begin, state.size);
  const std::string source = source_of(path_of(place));
  Entry entry;
  entry.source = source;
  entry.lines = true;
  file.state = state;
  if (!end) return;
  if (*end > longest_document) {
    // Told again when it has grown a good deal.
    if (file.is_told && file.oversized != 0 && *end >= file.oversized && *end - file.oversized < readable) return;
    entry.body = Entry::Body::oversized;
    entry.oversized = *end;
    emit(entry, into);
    file.is_told = true;
    file.oversized = *end;
    return;
  }
  if (is_same && *end == begin) return;
  if (!is_same && has_to_wait(place, file, *end)) return;
  file.oversized = 0;
  Telling telling;
  telling.place = place;
  telling.file = std::move(opened);
  telling.source = source;
  telling.is_log = true;
  telling.reset = file.is_told && !is_same;
  telling.begin = begin;
  telling.end = *end;
  telling.parts = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, (*end - begin + part_size - 1) / part_size));
  if (!is_same) file.lines = 0;
  telling_ = std::move(telling);
  go_on(into);
}

/// Tells the next part.
void Follower::go_on(std::string* into) {
  Telling& telling = *telling_;
  const auto boundary = [&](std::uint32_t part) {
    return part == telling.parts ? telling.end
                                 : part_boundary(telling.file.get(), telling.begin + std::uint64_t{part} * part_size,
                                                 telling.begin, telling.end);
  };
  const std::uint64_t from = boundary(telling.part);
  const std::uint64_t to = boundary(telling.part + 1);
  std::string bytes;
  if (to < from || !read_at(telling.file.get(), from, static_cast<std::size_t>(to - from), bytes) ||
      bytes.size() != to - from) {
    telling.is_cut = true;
  }
  telling.lines += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  ++telling.part;
  Entry entry;
  entry.source = telling.source;
  entry.bytes = bytes;
  entry.lines = telling.is_log;
  if (telling.parts > 1) {
    entry.part = telling.part;
    entry.parts = telling.parts;
  }
  if (telling.is_log && into == nullptr) {
    const File& file = folders_[telling.place.folder].files[telling.place.name];
    entry.line = file.lines + 1;
    entry.offset = telling.begin;
    entry.reset = telling.reset;
  }
  emit(entry, into);
  if (telling.part == telling.parts) finish_telling();
}

void Follower::finish_telling() {
  const Telling telling = std::move(*telling_);
  telling_.reset();
  if (!is_known(telling.place)) return;
  File& file = folders_[telling.place.folder].files[telling.place.name];
  file.is_told = true;
  if (telling.end - telling.begin > readable) file.quiet_until = steady_clock() + quiet;
  if (telling.is_log) {
    file.end = telling.end;
    file.lines += telling.lines;
    const auto mark = telling.is_cut ? std::nullopt : mark_before(telling.file.get(), telling.end);
    file.told = mark.value_or(Fingerprint{});
    // Lines may have come meanwhile; a mark that no log has makes the next look start over.
    enqueue(telling.place.folder, telling.place.name, file);
  } else if (telling.is_cut) {
    file.told = {};
    enqueue(telling.place.folder, telling.place.name, file);
  }
}

}  // namespace bearproof::host
