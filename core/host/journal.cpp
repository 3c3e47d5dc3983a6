#include "journal.h"

#include <cerrno>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include "bearproof/json/canonical.h"
#include "bearproof/json/number.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/json_writer.h"

#include "steps.h"

namespace bearproof::host {
namespace {

constexpr int lock_wait = 3000;  ///< milliseconds
constexpr int lock_pause = 10;   ///< milliseconds
constexpr std::uint64_t longest_journal = std::uint64_t{64} << 20;

std::string text_of(json::Value value) {
  if (!value || !value.is_string()) return {};
  std::string scratch;
  return std::string(value.string(scratch));
}

/// Paths may hold bytes that are no UTF-8.
std::string path_of(json::Value value) { return from_base64(text_of(value)).value_or(""); }

void append_append(std::string& out, const Intent::Append& append) {
  report::Object object(out);
  object.text("path", base64(append.path)).text("line", append.line).number("since", append.since);
  object.end();
}

Intent::Append append_from(json::Value value) {
  Intent::Append out;
  if (!value || !value.is_object()) return out;
  out.path = path_of(value.find("path"));
  out.line = text_of(value.find("line"));
  const json::Value since = value.find("since");
  if (since && since.is_number()) {
    const auto number = json::Number(since.raw()).int64();
    if (number && *number > 0) out.since = static_cast<std::uint64_t>(*number);
  }
  return out;
}

}  // namespace

std::string to_json(const Intent& intent) {
  std::string out;
  report::Object object(out);
  object.number("version", 1).text("receipt", intent.receipt).text("now", intent.now).text("record", intent.record);
  append_append(object.key("log"), intent.log);
  append_append(object.key("event"), intent.event);
  report::write_array(object.key("files"), intent.files, [](std::string& to, const Intent::File& file) {
    report::Object item(to);
    item.text("path", base64(file.path)).text("temporary", base64(file.temporary));
    item.end();
  });
  object.end();
  return out;
}

std::optional<Intent> intent_from(std::string_view json) {
  json::Reader reader;
  const json::Document* document = reader.read(json);
  if (document == nullptr || !document->root().is_object()) return std::nullopt;
  const json::Value root = document->root();
  const json::Value version = root.find("version");
  if (!version || version.raw() != "1") return std::nullopt;
  Intent out;
  out.receipt = text_of(root.find("receipt"));
  out.now = text_of(root.find("now"));
  out.record = text_of(root.find("record"));
  out.log = append_from(root.find("log"));
  out.event = append_from(root.find("event"));
  if (const json::Value files = root.find("files")) {
    for (const json::Value file : files.items()) {
      out.files.push_back({path_of(file.find("path")), path_of(file.find("temporary"))});
    }
  }
  return out;
}

std::expected<StateFolder, std::string> StateFolder::open() {
  const std::string path = state_folder();
  if (path.empty()) return std::unexpected("there is no home folder");
  if (const int error = make_folders(path); error != 0) return std::unexpected(path + ": " + error_text(error));
  Descriptor folder = open_folder(path);
  if (!folder) return std::unexpected(path + ": " + error_text(errno));
  if (const auto problem = unsafe_folder(folder.get(), path)) return std::unexpected(path + ": " + *problem);
  return StateFolder(std::move(folder));
}

std::optional<Descriptor> StateFolder::lock() const {
  Descriptor file(openat(folder_.get(), "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return std::nullopt;
  for (int waited = 0; flock(file.get(), LOCK_EX | LOCK_NB) != 0; waited += lock_pause) {
    if ((errno != EWOULDBLOCK && errno != EINTR) || waited >= lock_wait) return std::nullopt;
    poll(nullptr, 0, lock_pause);
  }
  return file;
}

std::expected<StateFolder::Journal, std::string> StateFolder::write(const Intent& intent) const {
  static std::uint64_t count = 0;
  const std::string name = "revocation-" + std::to_string(wall_clock()) + "-" + std::to_string(getpid()) + "-" +
                           std::to_string(++count) + ".json";
  const std::string temporary = name + ".new";
  Descriptor file(openat(folder_.get(), temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return std::unexpected(error_text(errno));
  const auto fail = [&](int error) {
    unlinkat(folder_.get(), temporary.c_str(), 0);
    return std::unexpected(error_text(error));
  };
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) return fail(errno);
  if (const int error = write_all(file.get(), to_json(intent)); error != 0) return fail(error);
  if (fsync(file.get()) != 0) return fail(errno);
  step("journal-written");
  if (renameat(folder_.get(), temporary.c_str(), folder_.get(), name.c_str()) != 0) return fail(errno);
  fsync(folder_.get());
  step("journal");
  return Journal(Descriptor(fcntl(folder_.get(), F_DUPFD_CLOEXEC, 0)), std::move(file), name);
}

void StateFolder::Journal::remove() {
  if (!name_.empty()) unlinkat(folder_.get(), name_.c_str(), 0);
  name_.clear();
  file_.close();
}

std::vector<StateFolder::Left> StateFolder::left_over() const {
  std::vector<Left> out;
  const int copy = openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = copy < 0 ? nullptr : fdopendir(copy);
  if (entries == nullptr) {
    if (copy >= 0) ::close(copy);
    return out;
  }
  while (const dirent* entry = readdir(entries)) {
    const std::string name = entry->d_name;
    const bool is_new = name.ends_with(".json.new");
    if (!name.starts_with("revocation-") || !(is_new || name.ends_with(".json"))) continue;
    struct stat info{};
    Descriptor file = open_file(folder_.get(), name, info);
    if (!file || flock(file.get(), LOCK_EX | LOCK_NB) != 0) continue;  // its owner is at work
    // Its owner may have been done in between.
    struct stat there{};
    if (fstatat(folder_.get(), name.c_str(), &there, AT_SYMLINK_NOFOLLOW) != 0 || there.st_ino != info.st_ino) continue;
    std::string text;
    std::optional<Intent> intent;
    if (read_whole(file.get(), longest_journal, text) == 0) intent = intent_from(text);
    if (!intent) {
      // It is not whole, so nothing was done.
      unlinkat(folder_.get(), name.c_str(), 0);
      continue;
    }
    out.push_back(
        {std::move(*intent), Journal(Descriptor(fcntl(folder_.get(), F_DUPFD_CLOEXEC, 0)), std::move(file), name)});
  }
  closedir(entries);
  return out;
}

}  // namespace bearproof::host
