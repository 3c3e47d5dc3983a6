// The stop command for BearBrowser's wrapper on Linux: its child carries the receipt's and the session's id in its
// environment.
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "bearproof/host/host.h"
#include "bearproof/json/reader.h"
#include "bearproof/text/ascii.h"

#include "files.h"
#include "follower.h"

namespace bearproof::host {
namespace {

/// What a session's processes carry.
struct Marks {
  std::vector<std::string> receipt;    ///< values of BEARBROWSER_RECEIPT_ID and _RUN_ID
  std::vector<std::string> session;    ///< values of BEARBROWSER_SESSION_ID and _RUN_ID
  std::vector<std::string> arguments;  ///< an argument that is one of these, whole
};

bool is_one_of(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether an id is distinct enough for an argument that equals it to be no accident: a receipt is free to call its
/// session
/// `-c` or `firefox`.
bool is_distinct(std::string_view id) {
  constexpr std::size_t shortest = 6;
  const auto is_word = [](char c) { return text::is_letter_or_digit(c) || c == '-' || c == '_'; };
  return id.size() >= shortest && id.front() != '-' && std::all_of(id.begin(), id.end(), is_word) &&
         std::any_of(id.begin(), id.end(), text::is_digit);
}

void add_id(const std::string& id, std::vector<std::string>& values, std::vector<std::string>& arguments) {
  if (id.empty() || id.find('\0') != std::string::npos) return;
  values.push_back(id);
  const std::string tail = id.substr(id.rfind(':') + 1);
  if (id.starts_with("urn:") && !tail.empty()) arguments.push_back(id);
  if (!tail.empty() && tail != id) values.push_back(tail);
  if (is_distinct(tail)) arguments.push_back(tail);
}

#ifdef __linux__

constexpr std::int64_t patience = 1500;       ///< milliseconds between TERM and KILL
constexpr std::int64_t last_patience = 1000;  ///< milliseconds after KILL
constexpr int pause_time = 20;                ///< milliseconds

struct Process {
  pid_t id = 0;
  pid_t parent = 0;
  char state = 0;
  std::uint64_t start = 0;  ///< clock ticks since the system started: with the number it names one process
};

bool read_proc(const std::string& path, std::string& into) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return false;
  into.clear();
  constexpr std::size_t most = std::size_t{8} << 20;
  char bytes[65536];
  for (;;) {
    const ssize_t got = read(file.get(), bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0 || into.size() > most) return true;
    into.append(bytes, static_cast<std::size_t>(got));
  }
}

std::string folder_of_process(pid_t id) { return "/proc/" + std::to_string(id); }

std::optional<Process> look_at(pid_t id) {
  std::string text;
  if (!read_proc(folder_of_process(id) + "/stat", text)) return std::nullopt;
  // The name in brackets may hold anything; what follows the last bracket are fields.
  const std::size_t end = text.rfind(')');
  if (end == std::string::npos) return std::nullopt;
  std::vector<std::string> fields;
  std::string field;
  for (const char c : text.substr(end + 1) + " ") {
    if (c == ' ' || c == '\n') {
      if (!field.empty()) fields.push_back(std::exchange(field, {}));
    } else {
      field += c;
    }
  }
  constexpr std::size_t state_field = 0;
  constexpr std::size_t parent_field = 1;
  constexpr std::size_t start_field = 19;
  if (fields.size() <= start_field || fields[state_field].empty()) return std::nullopt;
  return Process{id, static_cast<pid_t>(std::atol(fields[parent_field].c_str())), fields[state_field].front(),
                 std::strtoull(fields[start_field].c_str(), nullptr, 10)};
}

bool has_ended(const Process& process) {
  const auto now = look_at(process.id);
  return !now || now->start != process.start || now->state == 'Z' || now->state == 'X';
}

std::vector<std::string> split_at_zeros(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// Programs that are browsers, by the names of their executables.
bool is_browser_name(std::string_view name) {
  for (const std::string_view known :
       {"firefox",          "firefox-esr",     "firefox-bin",   "librewolf", "librewolf-bin",
        "bearbrowser",      "bearbrowser-bin", "waterfox",      "zen",       "chromium",
        "chromium-browser", "chrome",          "google-chrome", "msedge",    "brave",
        "vivaldi-bin",      "opera",           "epiphany",      "falkon",    "safari"}) {
    if (name == known) return true;
  }
  return false;
}

/// Whether a process is a browser that a person uses: its executable is one, and it was not started to be driven.
bool is_persons_browser(pid_t id, const std::vector<std::string>& arguments) {
  char path[4096];
  const ssize_t size = readlink((folder_of_process(id) + "/exe").c_str(), path, sizeof path);
  const std::string executable = size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
  const std::string called = arguments.empty() ? std::string() : arguments.front();
  if (!is_browser_name(name_of(executable)) && !is_browser_name(name_of(called))) return false;
  for (const std::string& argument : arguments) {
    for (const std::string_view driven : {"--headless", "--remote-debugging-pipe", "--remote-debugging-port",
                                          "--enable-automation", "-marionette", "--marionette", "-juggler-pipe"}) {
      if (argument == driven || argument.starts_with(std::string(driven) + "=")) return false;
    }
  }
  return true;
}

bool carries(const Process& process, const Marks& marks) {
  const std::string folder = folder_of_process(process.id);
  std::string text;
  if (!read_proc(folder + "/cmdline", text)) return false;
  const std::vector<std::string> arguments = split_at_zeros(text);
  bool found = std::any_of(arguments.begin(), arguments.end(),
                           [&](const std::string& argument) { return is_one_of(marks.arguments, argument); });
  if (!found && read_proc(folder + "/environ", text)) {
    for (const std::string& variable : split_at_zeros(text)) {
      const std::size_t at = variable.find('=');
      if (at == std::string::npos) continue;
      const std::string_view name = std::string_view(variable).substr(0, at);
      const std::string_view value = std::string_view(variable).substr(at + 1);
      const bool of_receipt = name == "BEARBROWSER_RECEIPT_ID" || name == "BEARBROWSER_RUN_ID";
      const bool of_session = name == "BEARBROWSER_SESSION_ID" || name == "BEARBROWSER_RUN_ID";
      found =
          found || (of_receipt && is_one_of(marks.receipt, value)) || (of_session && is_one_of(marks.session, value));
    }
  }
  return found && !is_persons_browser(process.id, arguments);
}

/// This process and those that started it.
std::set<pid_t> own_line() {
  std::set<pid_t> out;
  for (pid_t id = getpid(); id > 0 && out.insert(id).second;) {
    const auto process = look_at(id);
    if (!process) break;
    id = process->parent;
  }
  return out;
}

/// A process that is to end, held so that its number cannot come to mean another one.
struct Target {
  Process process;
  Descriptor handle;

  void signal(int number) const {
    if (handle && syscall(SYS_pidfd_send_signal, handle.get(), number, nullptr, 0) == 0) return;
    if (!handle && !host::has_ended(process)) kill(process.id, number);
  }
};

/// The processes of this user that carry a mark and are not known yet.
/// @return false where processes cannot be looked at
bool find(const Marks& marks, const std::set<pid_t>& spared, std::vector<Target>& targets) {
  DIR* entries = opendir("/proc");
  if (entries == nullptr) return false;
  while (const dirent* entry = readdir(entries)) {
    const char* name = entry->d_name;
    if (!text::is_digit(*name)) continue;
    const auto id = static_cast<pid_t>(std::atol(name));
    if (id <= 1 || spared.contains(id)) continue;
    struct stat info{};
    if (stat(folder_of_process(id).c_str(), &info) != 0 || info.st_uid != geteuid()) continue;
    Target target;
    target.handle = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, id, 0)));
    // What is read from here on is of the process that the handle holds, or that has ended.
    const auto process = look_at(id);
    if (!process || process->state == 'Z' || !carries(*process, marks)) continue;
    const bool is_known = std::any_of(targets.begin(), targets.end(), [&](const Target& known) {
      return known.process.id == id && known.process.start == process->start;
    });
    if (is_known) continue;
    target.process = *process;
    targets.push_back(std::move(target));
  }
  closedir(entries);
  return true;
}

int end_all(const Marks& marks, const Say& say) {
  const std::set<pid_t> spared = own_line();
  std::vector<Target> targets;
  std::size_t asked = 0;
  const auto all_ended = [&] {
    return std::all_of(targets.begin(), targets.end(), [](const Target& one) { return host::has_ended(one.process); });
  };
  // Processes that are started meanwhile are of the session, too.
  const std::int64_t begin = steady_clock();
  bool is_killing = false;
  for (;;) {
    if (!find(marks, spared, targets)) {
      say("/proc cannot be read");
      return 3;
    }
    if (targets.empty()) {
      say("no process of this session was found");
      return 1;
    }
    const std::int64_t passed = steady_clock() - begin;
    if (!is_killing && passed >= patience) {
      is_killing = true;
      asked = 0;
    }
    for (; asked < targets.size(); ++asked) targets[asked].signal(is_killing ? SIGKILL : SIGTERM);
    if (all_ended()) {
      const std::size_t known = targets.size();
      find(marks, spared, targets);
      if (targets.size() == known) break;
      continue;
    }
    if (passed >= patience + last_patience) {
      say("not all processes of this session have ended");
      return 1;
    }
    poll(nullptr, 0, pause_time);
  }
  say("ended " + std::to_string(targets.size()) + (targets.size() == 1 ? " process" : " processes"));
  return 0;
}

#endif

std::string text_of(json::Value value) {
  if (!value || !value.is_string()) return {};
  std::string scratch;
  return std::string(value.string(scratch));
}

}  // namespace

int stop_session(std::string_view record, const Say& say) {
  json::Reader reader;
  const json::Document* document = reader.read(record);
  const auto receipt = document == nullptr ? std::nullopt : receipt_id(document->root());
  if (!receipt) {
    say("standard input is no receipt of a browser automation session");
    return 2;
  }
  Marks marks;
  /// @return false where the member stands twice: which of the two counts nobody can say
  const auto add_member = [&](std::string_view name, std::vector<std::string>& values) {
    json::Value only;
    for (const json::Member member : document->root().members()) {
      if (!member.key.equals(name)) continue;
      if (only) return false;
      only = member.value;
    }
    add_id(text_of(only), values, marks.arguments);
    return true;
  };
  if (!add_member(document->root().find("receiptId") ? "receiptId" : "id", marks.receipt)) {
    say("the receipt states its id twice");
    return 2;
  }
  // The receipt's own mark is enough where its session is in doubt.
  add_member("sessionRef", marks.session);
  if (marks.receipt.empty() && marks.session.empty()) {
    say("the receipt names neither itself nor a session");
    return 2;
  }
#ifdef __linux__
  return end_all(marks, say);
#else
  say("processes can only be looked at on Linux");
  return 3;
#endif
}

}  // namespace bearproof::host
