#include "files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bearproof::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = std::size_t{64} << 10;
constexpr std::size_t portion_size = std::size_t{256} << 10;

bool is_document_name(std::string_view path) { return path.ends_with(".json") || is_ndjson_name(path); }

}  // namespace

std::expected<FileInput, int> FileInput::open(const std::string& path) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return std::unexpected(errno);
  FileInput file(descriptor, true);
  struct stat info{};
  if (fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode)) return std::unexpected(EISDIR);
  return file;
}

FileInput::FileInput(FileInput&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), owned_(std::exchange(other.owned_, false)) {}

FileInput::~FileInput() {
  if (owned_) close(descriptor_);
}

std::ptrdiff_t FileInput::read(char* to, std::size_t size) {
  ssize_t got = -1;
  do {
    got = ::read(descriptor_, to, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

std::uint64_t FileInput::size_hint() const {
  struct stat info{};
  if (fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode)) return 0;
  return static_cast<std::uint64_t>(info.st_size);
}

std::expected<FileOutput, int> FileOutput::create(const std::string& path) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return std::unexpected(errno);
  return FileOutput(descriptor, true);
}

FileOutput::FileOutput(FileOutput&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      owned_(std::exchange(other.owned_, false)),
      failed_(other.failed_),
      buffer_(std::exchange(other.buffer_, {})) {}

FileOutput::~FileOutput() {
  if (descriptor_ < 0) return;
  FileOutput::flush();
  if (owned_) close(descriptor_);
}

void FileOutput::write(std::string_view bytes) {
  if (failed_ != 0) return;
  buffer_ += bytes;
  if (buffer_.size() >= buffer_size) flush();
}

void FileOutput::flush() {
  std::size_t done = 0;
  while (failed_ == 0 && done < buffer_.size()) {
    const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      failed_ = errno;
    }
  }
  buffer_.clear();
}

int read_all(Input& input, std::uint64_t most, std::uint64_t size_hint, std::string& into) {
  into.clear();
  const std::uint64_t cap = most + 1;
  // One byte more than expected, so that the end shows without another round.
  std::uint64_t room = std::min(cap, std::max<std::uint64_t>(size_hint + 1, 4096));
  for (std::size_t used = 0;;) {
    into.resize(static_cast<std::size_t>(room));
    const std::ptrdiff_t got = input.read(into.data() + used, into.size() - used);
    if (got < 0) return errno;
    used += static_cast<std::size_t>(got);
    if (got == 0 || used == cap) {
      into.resize(used);
      return 0;
    }
    if (used == into.size()) room = std::min<std::uint64_t>(cap, 2 * room);
  }
}

int read_file(const std::string& path, std::uint64_t most, std::string& into) {
  auto file = FileInput::open(path);
  return file ? read_all(*file, most, file->size_hint(), into) : file.error();
}

int for_each_portion(Input& input, const std::function<bool(std::string_view)>& take) {
  std::string portion(portion_size, '\0');
  for (;;) {
    const std::ptrdiff_t got = input.read(portion.data(), portion.size());
    if (got < 0) return errno;
    if (got == 0 || !take(std::string_view(portion).substr(0, static_cast<std::size_t>(got)))) return 0;
  }
}

std::vector<std::string> find_documents(const std::string& path,
                                        const std::function<void(const std::string&, int)>& on_error) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  std::vector<fs::path> folders = {fs::path(path)};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    fs::directory_iterator entries(folder, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      std::error_code ignored;
      const fs::directory_entry& entry = *entries;
      if (!entry.is_symlink(ignored) && entry.is_directory(ignored)) {
        folders.push_back(entry.path());
      } else if (is_document_name(entry.path().native()) && !entry.is_directory(ignored)) {
        files.push_back(entry.path().native());
      }
    }
    if (error) on_error(folder.native(), error.value());
    error.clear();
  }
  // "./a.json" is "a.json" to whoever asked for the current folder.
  if (path == ".") {
    for (std::string& file : files) file.erase(0, 2);
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_ndjson_name(std::string_view path) { return path.ends_with(".ndjson") || path.ends_with(".jsonl"); }

}  // namespace bearproof::cli
