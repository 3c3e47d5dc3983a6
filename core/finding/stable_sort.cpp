#include "bearproof/finding/stable_sort.h"

#include <algorithm>
#include <numeric>

namespace bearproof::detail {

std::vector<std::uint32_t> sorted_indices(std::size_t count, ComesBefore before, const void* items) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::vector<std::uint32_t> merged(count);
  // Bottom up: runs of one, two, four … items are merged pairwise.
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t begin = 0; begin < count; begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, count);
      const std::size_t end = std::min(middle + width, count);
      std::size_t left = begin;
      std::size_t right = middle;
      for (std::size_t out = begin; out < end; ++out) {
        const bool take_right = left == middle || (right < end && before(items, order[right], order[left]));
        merged[out] = order[take_right ? right++ : left++];
      }
    }
    order.swap(merged);
  }
  return order;
}

}  // namespace bearproof::detail
