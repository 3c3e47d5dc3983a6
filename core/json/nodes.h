#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "bearproof/json/document.h"

namespace bearproof::json {

/// A growable array of nodes that is reused from document to document and never value-initialised.
class NodeBuffer {
 public:
  void clear() { size_ = 0; }
  std::uint32_t size() const { return size_; }
  Node* data() { return nodes_.get(); }
  Node& operator[](std::uint32_t index) { return nodes_[index]; }

  void push(Node node) {
    if (size_ == capacity_) reserve(size_ + 1);
    nodes_[size_++] = node;
  }

  /// Room for this many nodes in all.
  void reserve(std::uint32_t wanted) {
    if (wanted <= capacity_) return;
    const std::uint32_t capacity = std::max({wanted, capacity_ + capacity_ / 2, std::uint32_t{256}});
    auto grown = std::make_unique_for_overwrite<Node[]>(capacity);
    if (size_ != 0) std::memcpy(grown.get(), nodes_.get(), size_ * sizeof(Node));
    nodes_ = std::move(grown);
    capacity_ = capacity;
  }
  void set_size(std::uint32_t size) { size_ = size; }

 private:
  std::unique_ptr<Node[]> nodes_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace bearproof::json
