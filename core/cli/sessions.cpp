#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bearproof/session/session.h"
#include "bearproof/validator/nearest.h"

#include "check_settings.h"
#include "commands.h"
#include "files.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds poll_interval{200};
constexpr milliseconds settling{100};  // a file that is still being written is read when it rests
constexpr milliseconds most_settling{1000};
constexpr std::chrono::seconds clock_interval{15};  // how often time alone may change a view

/// What tells one state of a file from another.
struct Stamp {
  std::int64_t size = -1;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  std::uint64_t inode = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// @return nothing where there is no regular file
std::optional<Stamp> stamp_of(const std::string& path) {
  struct stat info{};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  return Stamp{static_cast<std::int64_t>(info.st_size), static_cast<std::int64_t>(info.st_mtim.tv_sec),
               static_cast<std::int64_t>(info.st_mtim.tv_nsec), static_cast<std::uint64_t>(info.st_ino)};
}

class Sessions {
 public:
  Sessions(const SessionsArguments& arguments, const session::Options& options, bool color, World& world)
      : arguments_(arguments), options_(options), color_(color), world_(world) {}

  Exit once() {
    session::Builder builder(options_);
    const auto failed = [&](const std::string& name, int error) {
      system_error(world_, name, error);
      failed_ = true;
    };
    for (const std::string& path : arguments_.paths) {
      if (path == "-") {
        read(builder, world_.in, 0, path, failed);
        continue;
      }
      for (const DocumentFile& found : find_documents(path, failed, tell_passed_over(world_))) {
        auto file = FileInput::open(found);
        if (file) {
          read(builder, *file, file->size_hint(), found.path, failed);
        } else {
          failed(found.path, file.error());
        }
      }
    }
    const session::View view = builder.finish();
    print(view);
    if (failed_) return Exit::system;
    return view.refuses() ? Exit::findings : Exit::ok;
  }

  Exit watch() {
    look();
    std::string shown = show({});
    auto last_clock = steady_clock::now();
    while (!is_abandoned()) {
      std::this_thread::sleep_for(poll_interval);
      const auto now = steady_clock::now();
      const bool is_time = now - last_clock >= clock_interval;
      if (!look() && !is_time) continue;
      for (const auto start = now; steady_clock::now() - start < most_settling;) {
        std::this_thread::sleep_for(settling);
        if (!look()) break;
      }
      last_clock = steady_clock::now();
      shown = show(shown);
    }
    return Exit::ok;
  }

 private:
  /// A file that is followed.
  struct Followed {
    Stamp stamp;
    std::string text;
    bool is_seen = false;
  };

  template <class Failed>
  void read(session::Builder& builder, Input& input, std::uint64_t size_hint, const std::string& name,
            const Failed& failed) const {
    if (!is_ndjson_name(name)) {
      std::string text;
      if (const int error = read_all(input, options_.limits.document, size_hint, text)) return failed(name, error);
      builder.add(name, text);
      return;
    }
    Validator::Lines lines = builder.lines(name);
    const int error = for_each_portion(input, [&](std::string_view portion) {
      lines.push(portion);
      return true;
    });
    if (error != 0) failed(name, error);
    lines.finish();
  }

  /// Reads what changed. @return whether something did
  bool look() {
    bool changed = false;
    for (auto& [name, file] : files_) file.is_seen = false;
    const PassedOver tell = tell_passed_over(world_);
    const auto passed_over = [&](const std::string& name, std::string_view reason) {
      if (told_.insert(name).second) tell(name, reason);
    };
    for (const std::string& path : arguments_.paths) {
      const auto failed = [&](const std::string& name, int error) { tell_once(name, error); };
      for (const DocumentFile& file : find_documents(path, failed, passed_over)) changed = follow(file) || changed;
    }
    for (auto file = files_.begin(); file != files_.end();) {
      if (file->second.is_seen) {
        ++file;
      } else {
        file = files_.erase(file);
        changed = true;
      }
    }
    return changed;
  }

  bool follow(const DocumentFile& found) {
    const std::string& name = found.path;
    const auto stamp = stamp_of(name);
    if (!stamp) return false;  // gone again, or no file
    Followed& file = files_[name];
    file.is_seen = true;
    if (file.stamp == *stamp) return false;
    const std::uint64_t most = is_ndjson_name(name) ? most_followed_log : options_.limits.document;
    if (const int error = read_file(found, most, file.text)) {
      tell_once(name, error);
      return false;
    }
    file.stamp = *stamp;
    told_.erase(name);
    return true;
  }

  void tell_once(const std::string& name, int error) {
    if (error == ENOENT || !told_.insert(name).second) return;
    system_error(world_, name, error);
    world_.err.flush();
  }

  /// Prints the view of what was read unless it says what was shown last. @return what it says
  std::string show(const std::string& last) {
    session::Options options = options_;
    if (options.now.empty()) options.now = world_.now();
    session::Builder builder(options);
    for (const auto& [name, file] : files_) {
      if (is_ndjson_name(name)) {
        Validator::Lines lines = builder.lines(name);
        lines.push(file.text);
        lines.finish();
      } else {
        builder.add(name, file.text);
      }
    }
    session::View view = builder.finish();
    const std::string now = std::exchange(view.now, {});
    std::string says = session::to_json(view);
    if (says == last) return says;
    view.now = now;
    if (world_.out_is_terminal && arguments_.format == "table") world_.out.write("\x1b[H\x1b[2J\x1b[3J");
    print(view);
    world_.out.flush();
    return says;
  }

  void print(const session::View& view) {
    world_.out.write(arguments_.format == "json" ? session::to_json(view) + "\n"
                                                 : session::to_text(view, color_, world_.columns));
  }

  /// Whether nobody reads standard output any more.
  bool is_abandoned() const {
    if (world_.out.failed() != 0) return true;
    pollfd out{STDOUT_FILENO, 0, 0};
    return ::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
  }

  /// Of a longer log only the beginning is followed; its last line is then told as cut short.
  static constexpr std::uint64_t most_followed_log = std::uint64_t{1} << 30;

  const SessionsArguments& arguments_;
  const session::Options& options_;
  bool color_;
  World& world_;
  bool failed_ = false;
  std::map<std::string, Followed> files_;
  std::set<std::string> told_;
};

}  // namespace

Exit sessions(const SessionsArguments& arguments, World& world) {
  if (arguments.format != "table" && arguments.format != "json") {
    constexpr std::string_view formats[] = {"table", "json"};
    return usage_error(
        world, "sessions",
        "--format: \"" + arguments.format + "\" is not table or json" + did_you_mean(arguments.format, formats));
  }
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "sessions", color.error());
  session::Options options;
  if (!arguments.now.empty()) {
    CheckOptions check;
    const bool is_clock = arguments.now == "system" && world.now != nullptr;
    if (auto problem = set_now(check, is_clock ? world.now() : arguments.now)) {
      return usage_error(world, "sessions", "--now: " + *problem);
    }
    // A clock that is followed goes on.
    if (!is_clock || !arguments.watch) options.now = check.now;
  }
  CheckOptions lifetime;
  if (auto problem = read_ttl(arguments.ttl, lifetime)) return usage_error(world, "sessions", "--ttl: " + *problem);
  options.ttl_minutes = lifetime.ttl_minutes;
  if (!arguments.watch) return Sessions(arguments, options, *color, world).once();
  if (std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end()) {
    return usage_error(world, "sessions", "--watch follows files and folders, not standard input");
  }
  return Sessions(arguments, options, *color, world).watch();
}

}  // namespace bearproof::cli
