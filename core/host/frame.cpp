#include "frame.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace bearproof::host {
namespace {
using Length = std::uint32_t;
}

std::size_t FrameReader::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (!complete_ && !broken_) {
    if (!frame_) {
      const std::size_t take = std::min(sizeof(Length) - header_.size(), bytes.size() - used);
      header_.append(bytes.substr(used, take));
      used += take;
      if (header_.size() < sizeof(Length)) break;
      Length length = 0;
      std::memcpy(&length, header_.data(), sizeof length);
      header_.clear();
      if (length > longest_credible) {
        broken_ = true;
        break;
      }
      frame_.emplace();
      frame_->length = length;
      frame_->too_long = length > longest_incoming;
      passed_ = 0;
    }
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(frame_->length - passed_, bytes.size() - used));
    if (!frame_->too_long) frame_->bytes.append(bytes.substr(used, take));
    used += take;
    passed_ += take;
    if (passed_ < frame_->length) break;
    complete_ = true;
  }
  return used;
}

std::optional<Frame> FrameReader::next() {
  if (!complete_) return std::nullopt;
  complete_ = false;
  return std::exchange(frame_, std::nullopt);
}

std::string frame_of(std::string_view message) {
  const auto length = static_cast<Length>(message.size());
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  return out.append(message);
}

}  // namespace bearproof::host
