#include "files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
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

/// Whether a path lies in a folder. Both are resolved: without links and dots.
bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Why what a folder holds under the name of a document is not read; "" where it is read, or opening it will tell.
std::string_view reason_to_pass_over(const fs::directory_entry& entry, const fs::path& folder) {
  std::error_code error;
  // What is no link tells its type without being asked again: a folder may hold a hundred thousand files.
  if (entry.is_symlink(error)) {
    if (!entry.exists(error)) return {};
    const fs::path target = fs::canonical(entry.path(), error);
    if (!error && !is_below(target, folder)) return "the link leads out of the folder, and is not followed";
  }
  return entry.is_regular_file(error) || error ? std::string_view() : "it is no regular file, and not read";
}

}  // namespace

std::expected<FileInput, int> FileInput::open(const DocumentFile& file) {
  // What was a regular file when it was found may have been replaced by a pipe: opening that must not wait.
  const int flags = O_RDONLY | O_CLOEXEC | (file.is_found ? O_NONBLOCK : 0);
  int descriptor = -1;
  do {
    descriptor = ::open(file.path.c_str(), flags);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return std::unexpected(errno);
  FileInput input(descriptor, true);
  struct stat info{};
  if (fstat(descriptor, &info) != 0) return std::unexpected(errno);
  if (S_ISDIR(info.st_mode)) return std::unexpected(EISDIR);
  if (file.is_found && !S_ISREG(info.st_mode)) return std::unexpected(EINVAL);
  return input;
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

void HeldText::append(std::string_view bytes) {
  rest_ += bytes;
  if (rest_.size() < portion_size || is_full_) return;
  if (!file_) file_.reset(std::tmpfile());
  const std::size_t written = file_ ? std::fwrite(rest_.data(), 1, rest_.size(), file_.get()) : 0;
  is_full_ = written < rest_.size();
  in_file_ += written;
  rest_.erase(0, written);
}

void HeldText::copy_to(Output& out) {
  if (file_) std::rewind(file_.get());
  std::string portion;
  for (std::uint64_t left = in_file_; left > 0; left -= portion.size()) {
    portion.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, portion_size)));
    if (std::fread(portion.data(), 1, portion.size(), file_.get()) != portion.size()) {
      throw std::system_error(errno, std::generic_category(), "a temporary file");
    }
    out.write(portion);
  }
  out.write(rest_);
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

int read_file(const DocumentFile& file, std::uint64_t most, std::string& into) {
  auto input = FileInput::open(file);
  return input ? read_all(*input, most, input->size_hint(), into) : input.error();
}

int for_each_portion(Input& input, const std::function<bool(std::string_view)>& take) {
  std::string portion(portion_size, '\0');
  for (;;) {
    const std::ptrdiff_t got = input.read(portion.data(), portion.size());
    if (got < 0) return errno;
    if (got == 0 || !take(std::string_view(portion).substr(0, static_cast<std::size_t>(got)))) return 0;
  }
}

std::vector<DocumentFile> find_documents(const std::string& path,
                                         const std::function<void(const std::string&, int)>& on_error,
                                         const PassedOver& passed_over) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {{path, false}};
  const fs::path root = fs::canonical(path, error);
  std::vector<DocumentFile> files;
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
        const std::string_view reason = reason_to_pass_over(entry, root);
        if (reason.empty()) {
          files.push_back({entry.path().native(), true});
        } else {
          passed_over(entry.path().native(), reason);
        }
      }
    }
    if (error) on_error(folder.native(), error.value());
    error.clear();
  }
  // "./a.json" is "a.json" to whoever asked for the current folder.
  if (path == ".") {
    for (DocumentFile& file : files) file.path.erase(0, 2);
  }
  std::ranges::sort(files, {}, &DocumentFile::path);
  return files;
}

bool is_ndjson_name(std::string_view path) { return path.ends_with(".ndjson") || path.ends_with(".jsonl"); }

}  // namespace bearproof::cli
