#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bearproof/host/host.h"
#include "bearproof/report/visible.h"

#include "configuration.h"
#include "files.h"
#include "follower.h"
#include "frame.h"
#include "messages.h"
#include "revoker.h"

namespace bearproof::host {
namespace {

constexpr std::int64_t silence = 60'000;     ///< milliseconds without a message of the client after which the host ends
constexpr std::int64_t parent_every = 1000;  ///< milliseconds between two looks at whether the parent is still there
constexpr std::int64_t stop_every = 20;      ///< milliseconds between two looks at a stop command
/// Bytes that wait to be written from which on no document is read: what the client does not take stays on disk.
constexpr std::size_t enough_waiting = std::size_t{256} << 10;

/// Answers beyond this many bytes are no longer queued for a client that asks and does not read.
constexpr std::size_t too_much_waiting = std::size_t{4} << 20;

class Connection {
 public:
  Connection(const ServeOptions& options, const Configuration& configuration)
      : options_(options),
        configuration_(configuration),
        follower_(configuration, options.say),
        revoker_(configuration, options.say),
        parent_(getppid()) {}

  int run() {
    nonblocking(options_.in);
    nonblocking(options_.out);
    revoker_.repair();
    heard_ = steady_clock();
    std::int64_t next_parent = heard_ + parent_every;
    for (;;) {
      const std::int64_t now = steady_clock();
      if (now - heard_ >= silence) return end("no message for 60 s");
      if (now >= next_parent) {
        if (getppid() != parent_) return end("the parent is gone");
        next_parent = now + parent_every;
      }
      if (now >= follower_.next_time()) follower_.update();
      revoker_.update();
      fill();
      if (!flush()) return end("nobody reads");

      std::vector<pollfd> polled;
      // A client that does not read its answers is not asked for more.
      const bool reads = waiting_ < too_much_waiting;
      polled.push_back({reads ? options_.in : -1, POLLIN, 0});
      polled.push_back({output_.empty() ? -1 : options_.out, POLLOUT, 0});
      polled.push_back({follower_.descriptor(), POLLIN, 0});
      for (const int descriptor : revoker_.descriptors()) polled.push_back({descriptor, POLLIN, 0});
      std::int64_t wait = std::min({follower_.next_time(), next_parent, heard_ + silence}) - steady_clock();
      if (revoker_.is_busy()) wait = std::min(wait, stop_every);
      if (wants_to_tell()) wait = 0;
      const int ready = poll(polled.data(), polled.size(), static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60'000)));
      if (ready < 0 && errno != EINTR) {
        options_.say("poll: " + error_text(errno));
        return 3;
      }
      if (ready <= 0) continue;
      if ((polled[2].revents & POLLIN) != 0) follower_.update();
      if ((polled[1].revents & (POLLERR | POLLNVAL)) != 0) return end("nobody reads");
      if (polled[0].revents != 0) {
        if (const auto code = receive()) return *code;
      }
    }
  }

 private:
  static void nonblocking(int descriptor) {
    const int flags = fcntl(descriptor, F_GETFL);
    if (flags >= 0) fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
  }

  /// Ends the connection; a revocation that is under way comes to its end first.
  int end(std::string_view why, int code = 0) {
    if (!why.empty()) options_.say("ended: " + std::string(why));
    const std::int64_t latest = steady_clock() + static_cast<std::int64_t>(configuration_.stop_seconds * 1000) + 1000;
    while (revoker_.is_busy() && steady_clock() < latest) {
      revoker_.update();
      if (revoker_.is_busy()) poll(nullptr, 0, static_cast<int>(stop_every));
    }
    // What is known by now may still be read.
    flush();
    return code;
  }

  bool wants_to_tell() const { return is_welcomed_ && waiting_ < enough_waiting && follower_.has_news(); }

  void send(const std::string& message) {
    if (!messages_.is_valid_outgoing(message)) {
      // A fault of this program: an answer that its own schema does not allow is not sent.
      options_.say("a message was not sent: it is not what host-message.schema.json describes");
      return;
    }
    output_.push_back(frame_of(message));
    waiting_ += output_.back().size();
  }

  void fill() {
    if (!is_welcomed_) return;
    while (auto problem = follower_.next_problem()) send(error_message(*problem));
    while (waiting_ < enough_waiting) {
      auto message = follower_.next_message();
      if (!message) return;
      send(*message);
    }
  }

  /// Writes what the client takes. @return false where nobody reads any more
  bool flush() {
    while (!output_.empty()) {
      const std::string& front = output_.front();
      const ssize_t written = write(options_.out, front.data() + written_, front.size() - written_);
      if (written < 0) {
        if (errno == EINTR) continue;
        return errno == EAGAIN || errno == EWOULDBLOCK;
      }
      written_ += static_cast<std::size_t>(written);
      if (written_ < front.size()) continue;
      waiting_ -= front.size();
      written_ = 0;
      output_.pop_front();
    }
    return true;
  }

  /// Reads what is there. @return an exit code where the connection ends
  std::optional<int> receive() {
    static char bytes[std::size_t{64} << 10];
    ssize_t got = read(options_.in, bytes, sizeof bytes);
    if (got < 0) {
      if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
      return end("the input: " + error_text(errno));
    }
    if (got == 0) {
      if (!reader_.at_boundary()) options_.say("the input ends within a message");
      return end("end of input");
    }
    std::string_view rest(bytes, static_cast<std::size_t>(got));
    while (!rest.empty()) {
      rest.remove_prefix(reader_.feed(rest));
      if (reader_.broken()) {
        send(error_message("the input is no sequence of messages: a length beyond 64 MiB"));
        return end("a length beyond 64 MiB", 1);
      }
      if (auto frame = reader_.next()) {
        if (const auto code = take(*frame)) return code;
      }
    }
    return std::nullopt;
  }

  std::optional<int> take(const Frame& frame) {
    heard_ = steady_clock();
    if (frame.too_long) {
      send(error_message("the message is longer than 1 MiB"));
      return std::nullopt;
    }
    const auto message = messages_.read(frame.bytes);
    if (!message) {
      send(error_message(message.error().reason, message.error().id));
      return std::nullopt;
    }
    if (std::holds_alternative<Ping>(*message)) {
      send(pong_message());
      return std::nullopt;
    }
    if (const auto* hello = std::get_if<Hello>(&*message)) {
      if (!hello->version_known) {
        send(error_message("this host speaks version 1 of the messages"));
        return end("a client of another version");
      }
      follower_.update();
      follower_.restart();
      is_welcomed_ = true;
      send(welcome_message(options_.program, follower_.folders(), !configuration_.stop.empty(),
                           configuration_.stop_seconds));
      return std::nullopt;
    }
    const RevokeRequest& request = std::get<RevokeRequest>(*message);
    if (!is_welcomed_) {
      send(error_message("hello comes first", request.id));
      return std::nullopt;
    }
    follower_.update();
    revoker_.revoke(request, follower_, [this](std::string_view answer) {
      send(std::string(answer));
      flush();
    });
    return std::nullopt;
  }

  const ServeOptions& options_;
  const Configuration& configuration_;
  Messages messages_;
  Follower follower_;
  Revoker revoker_;
  FrameReader reader_;
  pid_t parent_;
  std::int64_t heard_ = 0;
  bool is_welcomed_ = false;
  std::deque<std::string> output_;
  std::size_t written_ = 0;  ///< bytes of the first frame
  std::size_t waiting_ = 0;  ///< bytes of all frames
};

}  // namespace

int serve(const ServeOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto configuration = read_configuration(options.config);
  if (!configuration) {
    options.say(configuration.error());
    // The person who looks at the panel should not have to look for a log.
    write_all(options.out, frame_of(error_message(configuration.error())));
    return 2;
  }
  return Connection(options, *configuration).run();
}

}  // namespace bearproof::host
