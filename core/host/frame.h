// Native messaging's frames: a length in the machine's own byte order as a 32-bit integer, then so many bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace bearproof::host {

/// Bytes of one message to the host, at most.
inline constexpr std::size_t longest_incoming = std::size_t{1} << 20;
/// Bytes of one message of the host, at most.
inline constexpr std::size_t longest_outgoing = std::size_t{512} << 10;
/// A length beyond this is taken for something that is no frame at all.
inline constexpr std::size_t longest_credible = std::size_t{64} << 20;

struct Frame {
  std::uint64_t length = 0;
  std::string bytes;      ///< the message, where it is not too long
  bool too_long = false;  ///< longer than longest_incoming: its bytes are passed over
};

/// Takes frames out of bytes that come in any portions. Keeps at most one message.
class FrameReader {
 public:
  /// Takes bytes in. @return how many were used: less than all where a frame is complete, which `next` gives
  std::size_t feed(std::string_view bytes);
  /// The frame that is complete, once.
  std::optional<Frame> next();
  /// A length that no message has: nothing that follows can be read.
  bool broken() const { return broken_; }
  /// Whether the input may end here.
  bool at_boundary() const { return header_.empty() && !frame_; }

 private:
  std::string header_;
  std::optional<Frame> frame_;  ///< being read, or complete
  std::uint64_t passed_ = 0;    ///< bytes of it that are there
  bool complete_ = false;
  bool broken_ = false;
};

/// The frame of a message.
std::string frame_of(std::string_view message);

}  // namespace bearproof::host
