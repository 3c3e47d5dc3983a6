// Runs a program several times on one processor and prints a line of JSON for each: seconds from start to exit,
// processor seconds of all its threads, the most memory that it held, its exit code. What it writes is thrown away.
//
//     bearproof_spawn TIMES PROGRAM [ARGUMENT…]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const int times = argc > 2 ? std::atoi(argv[1]) : 0;
  if (times < 1) {
    std::fputs("usage: bearproof_spawn TIMES PROGRAM [ARGUMENT…]\n", stderr);
    return 2;
  }
  // A program with several threads gets no more than one with a single one.
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
  sched_setaffinity(0, sizeof one, &one);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, argv[2], &actions, nullptr, argv + 2, environ) != 0) {
      std::fprintf(stderr, "cannot start %s\n", argv[2]);
      return 3;
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    std::printf("{\"seconds\":%.6f,\"processor\":%.6f,\"kilobytes\":%ld,\"exit\":%d}\n", took.count(),
                seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
                WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  return 0;
}
