#include "stop_command.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/mman.h>
#include <sys/syscall.h>
#endif

namespace bearproof::host {
namespace {

/// A file without a name that holds a text, to be read from its start.
Descriptor file_of(std::string_view text) {
#ifdef __linux__
  Descriptor file(memfd_create("record", MFD_CLOEXEC));
#else
  std::string path = "/tmp/bearproof-record-XXXXXX";
  Descriptor file(mkstemp(path.data()));
  if (file) {
    unlink(path.c_str());
    fcntl(file.get(), F_SETFD, FD_CLOEXEC);
  }
#endif
  if (!file || write_all(file.get(), text) != 0 || lseek(file.get(), 0, SEEK_SET) != 0) return {};
  return file;
}

std::string seconds_text(double seconds) {
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%g s", seconds);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

StopCommand::StopCommand(const std::vector<std::string>& command, std::string_view record, double seconds)
    : deadline_(steady_clock() + static_cast<std::int64_t>(seconds * 1000)), seconds_(seconds) {
  const Descriptor input = file_of(record);
  if (!input) {
    failure_ = "the stop command could not be given the record: " + error_text(errno);
    return;
  }
  std::vector<std::string> environment_texts;
  for (const char* name : {"HOME", "LOGNAME", "PATH", "USER"}) {
    const std::string value = environment(name);
    if (!value.empty()) environment_texts.push_back(std::string(name) + "=" + value);
  }
  if (environment("PATH").empty()) environment_texts.push_back("PATH=/usr/local/bin:/usr/bin:/bin");
  environment_texts.push_back("LANG=C.UTF-8");
  std::vector<std::string> argument_texts = command;
  std::vector<char*> arguments;
  std::vector<char*> variables;
  arguments.reserve(argument_texts.size() + 1);
  variables.reserve(environment_texts.size() + 1);
  for (std::string& text : argument_texts) arguments.push_back(text.data());
  for (std::string& text : environment_texts) variables.push_back(text.data());
  arguments.push_back(nullptr);
  variables.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input.get(), STDIN_FILENO);
  // Standard output is the browser's.
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifdef __linux__
  posix_spawn_file_actions_addchdir_np(&actions, "/");
#endif
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  // A session of its own: what it leaves behind can be ended with it, and a signal to the host's group is not for it.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  const int error =
      posix_spawn(&process_, command.front().c_str(), &actions, &attributes, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    process_ = -1;
    failure_ = "the stop command could not be started: " + error_text(error);
    return;
  }
#ifdef __linux__
  watched_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, process_, 0)));
  if (watched_) fcntl(watched_.get(), F_SETFD, FD_CLOEXEC);
#endif
}

StopCommand::StopCommand(StopCommand&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      watched_(std::move(other.watched_)),
      deadline_(other.deadline_),
      seconds_(other.seconds_),
      failure_(std::move(other.failure_)) {}

StopCommand::~StopCommand() {
  if (process_ < 0) return;
  kill(-process_, SIGKILL);
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

std::optional<StopCommand::Result> StopCommand::poll() {
  if (process_ < 0) return Result{false, failure_};
  int status = 0;
  pid_t ended = waitpid(process_, &status, WNOHANG);
  if (ended < 0 && errno == EINTR) return std::nullopt;
  if (ended == 0) {
    if (steady_clock() < deadline_) return std::nullopt;
    kill(-process_, SIGKILL);
    kill(process_, SIGKILL);
    waitpid(process_, &status, 0);
    process_ = -1;
    failure_ = "the stop command did not end within " + seconds_text(seconds_);
    return Result{false, failure_};
  }
  process_ = -1;
  if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return Result{true, ""};
  failure_ = ended > 0 && WIFEXITED(status) ? "the stop command exited with " + std::to_string(WEXITSTATUS(status))
                                            : std::string("the stop command was ended by a signal");
  return Result{false, failure_};
}

}  // namespace bearproof::host
