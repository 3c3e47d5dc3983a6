#include "values.h"

#include <bit>

#include "bearproof/json/bytes.h"
#include "bearproof/json/number.h"

namespace bearproof::schema {
namespace {

std::uint64_t mix(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93u;
  hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93u;
  return hash ^ (hash >> 32);
}

std::uint64_t hash_bytes(std::string_view text) {
  std::uint64_t hash = 0x13198A2E03707344u ^ text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) hash = mix(hash ^ json::detail::load8(at));
  std::uint64_t rest = 0;
  for (; left > 0; ++at, --left) rest = (rest << 8) | static_cast<unsigned char>(*at);
  return mix(hash + rest);
}

}  // namespace

std::uint64_t hash_value(json::Value value, std::string& scratch) {
  switch (value.type()) {
    case json::Type::null: return 0xA4093822299F31D0u;
    case json::Type::boolean: return value.is_true() ? 0x082EFA98EC4E6C89u : 0x452821E638D01377u;
    case json::Type::number: return mix(json::Number(value.raw()).hash() + 1);
    case json::Type::string: return hash_bytes(value.string(scratch));
    case json::Type::array: {
      std::uint64_t hash = 0xBE5466CF34E90C6Cu;
      for (const json::Value item : value.items()) hash = mix(std::rotl(hash, 7) ^ hash_value(item, scratch));
      return hash;
    }
    case json::Type::object: {
      // Members in any order: their hashes are added.
      std::uint64_t hash = 0xC0AC29B7C97C50DDu;
      for (const json::Member member : value.members()) {
        const std::uint64_t key = hash_bytes(member.key.string(scratch));
        hash += mix(std::rotl(key, 17) + hash_value(member.value, scratch));
      }
      return mix(hash);
    }
  }
  return 0;
}

bool DistinctItems::distinct(json::Value array, std::int64_t& steps) {
  const std::uint32_t count = array.size();
  if (count < 2) return true;
  if (count <= 6) {
    // Few enough to compare each with each; most differ in their first bytes.
    json::Value items[6];
    std::uint32_t filled = 0;
    for (const json::Value item : array.items()) {
      for (std::uint32_t i = 0; i < filled; ++i) {
        steps -= 1 + (item.next() - item.index()) / 16;
        if (steps < 0) return false;
        if (json::equal_values(items[i], item)) {
          first = items[i].index();
          again = item.index();
          return false;
        }
      }
      items[filled++] = item;
    }
    return true;
  }
  const std::size_t size = std::bit_ceil(std::size_t{count} * 2);
  slots_.assign(size, Slot{0, 0});
  for (const json::Value item : array.items()) {
    const std::uint64_t hash = hash_value(item, scratch_);
    steps -= item.next() - item.index();
    std::size_t at = static_cast<std::size_t>(hash) & (size - 1);
    for (; slots_[at].node != 0; at = (at + 1) & (size - 1)) {
      if (--steps < 0) return false;
      if (slots_[at].hash != hash) continue;
      steps -= (item.next() - item.index()) / 16;
      const json::Value other(&item.document(), slots_[at].node);
      if (json::equal_values(other, item)) {
        first = slots_[at].node;
        again = item.index();
        return false;
      }
    }
    slots_[at] = {hash, item.index()};
  }
  return steps >= 0;
}

}  // namespace bearproof::schema
