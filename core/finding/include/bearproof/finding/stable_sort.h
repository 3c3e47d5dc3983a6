// One merge sort for everything that is not on the path of a good document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace bearproof {
namespace detail {

/// Whether item `a` comes before item `b`.
using ComesBefore = bool (*)(const void* items, std::uint32_t a, std::uint32_t b);

/// 0, 1, … count - 1 in the order that `before` asks for; equal items keep theirs.
std::vector<std::uint32_t> sorted_indices(std::size_t count, ComesBefore before, const void* items);

}  // namespace detail

/// Sorts in place; equal items keep their order. std::sort and std::stable_sort are compiled anew for each type of item
/// (two kilobytes each), which a module that is downloaded cannot afford eighteen times. Here only the comparison and
/// the moves are; the price is a call for each comparison.
/// @param items  fewer than 2^32
template <class T, class Before>
void stable_sort(std::span<T> items, Before before) {
  struct Items {
    T* first;
    Before* before;
  };
  const Items context{items.data(), &before};
  std::vector<std::uint32_t> order = detail::sorted_indices(
      items.size(),
      [](const void* all, std::uint32_t a, std::uint32_t b) -> bool {
        const Items& these = *static_cast<const Items*>(all);
        return (*these.before)(these.first[a], these.first[b]);
      },
      &context);
  // order[i] is where item i comes from: follow each cycle of moves once.
  for (std::uint32_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    T held = std::move(items[start]);
    std::uint32_t hole = start;
    for (std::uint32_t from = order[hole]; from != start; from = order[hole]) {
      items[hole] = std::move(items[from]);
      order[hole] = hole;
      hole = from;
    }
    items[hole] = std::move(held);
    order[hole] = hole;
  }
}

template <class T, class Before = std::less<>>
void stable_sort(std::vector<T>& items, Before before = {}) {
  stable_sort(std::span<T>(items), before);
}

}  // namespace bearproof
