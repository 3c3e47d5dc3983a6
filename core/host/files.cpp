#include "files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <system_error>

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include "bearproof/text/utf8.h"

namespace bearproof::host {
namespace {

#ifdef __APPLE__
timespec modified_of(const struct stat& info) { return info.st_mtimespec; }
timespec changed_of(const struct stat& info) { return info.st_ctimespec; }
#else
timespec modified_of(const struct stat& info) { return info.st_mtim; }
timespec changed_of(const struct stat& info) { return info.st_ctim; }
#endif

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

template <class Call>
auto again_when_interrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

FileState state_of(const struct stat& info) {
  return {static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino),
          static_cast<std::uint64_t>(info.st_size), nanoseconds(modified_of(info)), nanoseconds(changed_of(info))};
}

std::int64_t wall_clock() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

std::int64_t steady_clock() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return nanoseconds(time) / 1'000'000;
}

std::string instant_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

Descriptor open_folder(const std::string& path) {
  struct stat info{};
  if (lstat(path.c_str(), &info) != 0) return {};
  if (S_ISLNK(info.st_mode) && info.st_uid != geteuid() && info.st_uid != 0) {
    errno = ELOOP;
    return {};
  }
  const int links = S_ISLNK(info.st_mode) ? 0 : O_NOFOLLOW;
  return Descriptor(
      again_when_interrupted([&] { return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | links); }));
}

Descriptor open_file(int folder, const std::string& name, struct stat& info) {
  // What a FIFO would wait for never comes; what is opened is looked at before it is read.
  Descriptor file(again_when_interrupted(
      [&] { return openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
  if (!file) return {};
  if (fstat(file.get(), &info) != 0) return {};
  if (!S_ISREG(info.st_mode)) {
    errno = EINVAL;
    return {};
  }
  return file;
}

std::optional<std::string> unsafe_folder(int folder, const std::string& path) {
  struct stat info{};
  if (fstat(folder, &info) != 0) return error_text(errno);
  if (info.st_uid != geteuid()) return "the folder belongs to somebody else";
  if ((info.st_mode & S_IWOTH) != 0) return "everybody may write to the folder";
  for (std::string above = folder_of(path);; above = folder_of(above)) {
    if (stat(above.c_str(), &info) != 0) return error_text(errno);
    // Where the sticky bit is set, nobody else can put another folder in the place of this user's.
    if ((info.st_mode & S_IWOTH) != 0 && (info.st_mode & S_ISVTX) == 0) {
      return "everybody may write to a folder above it";
    }
    if (above == "/") return std::nullopt;
  }
}

std::optional<std::string> unsafe_file(const std::string& path) {
  struct stat info{};
  if (lstat(path.c_str(), &info) != 0) return error_text(errno);
  if (S_ISLNK(info.st_mode)) return "it is a link";
  if (!S_ISREG(info.st_mode)) return "it is no regular file";
  if (info.st_uid != geteuid() && info.st_uid != 0) return "it belongs to somebody else";
  if ((info.st_mode & (S_IWOTH | S_IWGRP)) != 0) return "somebody else may write to it";
  for (std::string above = folder_of(path);; above = folder_of(above)) {
    if (stat(above.c_str(), &info) != 0) return error_text(errno);
    if (info.st_uid != geteuid() && info.st_uid != 0) return "a folder above it belongs to somebody else";
    if ((info.st_mode & S_IWOTH) != 0 && (info.st_mode & S_ISVTX) == 0) {
      return "everybody may write to a folder above it";
    }
    if (above == "/") return std::nullopt;
  }
}

bool read_at(int file, std::uint64_t offset, std::size_t size, std::string& into) {
  into.resize(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = again_when_interrupted(
        [&] { return pread(file, into.data() + done, size - done, static_cast<off_t>(offset + done)); });
    if (got < 0) return false;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  into.resize(done);
  return true;
}

int read_whole(int file, std::uint64_t most, std::string& into) {
  struct stat info{};
  if (fstat(file, &info) != 0) return errno;
  // A byte more than there should be, so that one that grows meanwhile is noticed.
  std::uint64_t room = std::min(static_cast<std::uint64_t>(info.st_size), most) + 1;
  for (;;) {
    if (!read_at(file, 0, static_cast<std::size_t>(room), into)) return errno;
    if (into.size() < room) return 0;
    if (room > most) return EFBIG;
    room = std::min(2 * room, most + 1);
  }
}

int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = again_when_interrupted([&] { return write(file, bytes.data(), bytes.size()); });
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int make_folders(const std::string& path) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string part = path.substr(0, at);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return errno;
    if (at == std::string::npos) return 0;
  }
}

std::string folder_of(const std::string& path) {
  const std::size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return "/";
  const std::size_t at = path.rfind('/', end);
  if (at == std::string::npos) return ".";
  return at == 0 ? "/" : path.substr(0, at);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

namespace {

/// The home folder that /etc/passwd names for this user. getpwuid would ask the name service too, for which a
/// statically linked program would have to load libraries of the very C library that it was built with.
std::string home_by_account() {
  std::string home;
  std::FILE* accounts = std::fopen("/etc/passwd", "re");
  if (accounts == nullptr) return home;
  while (const passwd* account = fgetpwent(accounts)) {
    if (account->pw_uid != geteuid()) continue;
    home = account->pw_dir;
    break;
  }
  std::fclose(accounts);
  return home;
}

}  // namespace

std::string home_folder() {
  std::string home = environment("HOME");
  if (!home.starts_with('/')) home = home_by_account();
  while (home.size() > 1 && home.ends_with('/')) home.pop_back();
  return home.starts_with('/') ? home : std::string();
}

namespace {

/// A folder of the XDG base directory specification: relative values count as unset.
std::string base_folder(const char* variable, std::string_view below_home) {
  if (const std::string set = environment(variable); set.starts_with('/')) return set;
  const std::string home = home_folder();
  return home.empty() ? home : home + std::string(below_home);
}

}  // namespace

std::string state_folder() {
  const std::string base = base_folder("XDG_STATE_HOME", "/.local/state");
  return base.empty() ? base : base + "/bearproof";
}

std::string configuration_path() {
  const std::string base = base_folder("XDG_CONFIG_HOME", "/.config");
  return base.empty() ? base : base + "/bearproof/host.json";
}

std::string error_text(int error) { return std::generic_category().message(error); }

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const text::Decoded here = text::decode(bytes, at);
    if (!here.well_formed) return false;
    at += here.length;
  }
  return true;
}

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < left ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) out += i <= left ? base64_digits[group >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char digit : text) {
    const std::size_t value = base64_digits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(static_cast<unsigned char>(bits >> count & 255U));
    }
  }
  return out;
}

}  // namespace bearproof::host
