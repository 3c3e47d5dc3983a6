#include "utf8.h"

namespace bearproof::json {

Decoded decode_utf8(const char* at, const char* end) {
  const auto byte = [at](std::uint32_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  const auto available = static_cast<std::uint64_t>(end - at);
  // The first continuation byte's range depends on the lead (Unicode table 3-7); the others are 80..BF.
  std::uint32_t size = 0;
  std::uint32_t low = 0x80;
  std::uint32_t high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {0xFFFD, 1, false};
  }
  std::uint32_t value = lead & (0x7Fu >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    if (i >= available || byte(i) < low || byte(i) > high) return {0xFFFD, i, false};
    value = (value << 6) | (byte(i) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {static_cast<char32_t>(value), size, true};
}

std::uint32_t encode_utf8(char32_t code_point, char* out) {
  const auto value = static_cast<std::uint32_t>(code_point);
  const auto put = [out](std::uint32_t i, std::uint32_t byte) {
    out[i] = static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (value < 0x80) {
    put(0, value);
    return 1;
  }
  if (value < 0x800) {
    put(0, 0xC0 | (value >> 6));
    put(1, 0x80 | (value & 0x3F));
    return 2;
  }
  if (value < 0x10000) {
    put(0, 0xE0 | (value >> 12));
    put(1, 0x80 | ((value >> 6) & 0x3F));
    put(2, 0x80 | (value & 0x3F));
    return 3;
  }
  put(0, 0xF0 | (value >> 18));
  put(1, 0x80 | ((value >> 12) & 0x3F));
  put(2, 0x80 | ((value >> 6) & 0x3F));
  put(3, 0x80 | (value & 0x3F));
  return 4;
}

void append_utf8(std::string& out, char32_t code_point) {
  char bytes[4];
  out.append(bytes, encode_utf8(code_point, bytes));
}

}  // namespace bearproof::json
