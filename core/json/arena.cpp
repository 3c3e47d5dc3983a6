#include "bearproof/json/arena.h"

#include <algorithm>

namespace bearproof::json {

namespace {
constexpr std::uint64_t block_size = 64 * 1024;
}

void Arena::reset(std::uint64_t budget) {
  current_ = 0;
  position_ = 0;
  used_ = 0;
  budget_ = budget;
}

void* Arena::allocate_bytes(std::uint64_t size, std::size_t alignment) {
  if (size > budget_ - used_) return nullptr;
  const std::uint64_t mask = alignment - 1;
  while (current_ < blocks_.size()) {
    const std::uint64_t start = (position_ + mask) & ~mask;
    if (start <= blocks_[current_].size && size <= blocks_[current_].size - start) {
      position_ = start + size;
      used_ += size;
      return blocks_[current_].bytes.get() + start;
    }
    ++current_;
    position_ = 0;
  }
  // Each new block is as large as all before it, so that a large document needs few of them.
  std::uint64_t held = 0;
  for (const Block& block : blocks_) held += block.size;
  const std::uint64_t wanted = std::max({size, block_size, std::min(held, budget_)});
  Block block{std::make_unique_for_overwrite<std::byte[]>(static_cast<std::size_t>(wanted)), wanted};
  blocks_.push_back(std::move(block));
  current_ = blocks_.size() - 1;
  position_ = size;
  used_ += size;
  return blocks_[current_].bytes.get();
}

void Arena::shrink_last(std::uint64_t allocated, std::uint64_t used) {
  position_ -= allocated - used;
  used_ -= allocated - used;
}

}  // namespace bearproof::json
