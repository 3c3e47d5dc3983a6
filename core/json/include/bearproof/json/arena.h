#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bearproof::json {

/// The working memory of one check: grows by blocks, is reused from document to document, and never hands out more than
/// its budget. Budgets count requested bytes, so running out happens at the same point in every build.
class Arena {
 public:
  /// Forgets everything handed out and sets a new budget in bytes. Blocks are kept for reuse.
  void reset(std::uint64_t budget);

  /// Uninitialised memory for `count` objects of a trivial type, or nullptr when the budget would be exceeded.
  template <class T>
  T* allocate(std::uint64_t count) {
    if (count > budget_ / sizeof(T)) return nullptr;
    return static_cast<T*>(allocate_bytes(count * sizeof(T), alignof(T)));
  }

  /// Gives back the tail of the most recent allocation: it keeps `used` of its `allocated` bytes.
  void shrink_last(std::uint64_t allocated, std::uint64_t used);

  std::uint64_t used() const { return used_; }
  std::uint64_t budget() const { return budget_; }

 private:
  void* allocate_bytes(std::uint64_t size, std::size_t alignment);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::uint64_t size;
  };
  std::vector<Block> blocks_;
  std::size_t current_ = 0;
  std::uint64_t position_ = 0;  ///< in blocks_[current_]
  std::uint64_t used_ = 0;
  std::uint64_t budget_ = 0;
};

}  // namespace bearproof::json
