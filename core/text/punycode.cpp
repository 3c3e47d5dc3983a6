#include "bearproof/text/punycode.h"

#include <algorithm>

namespace bearproof::text {

namespace {

// RFC 3492, section 5.
constexpr std::uint32_t base = 36;
constexpr std::uint32_t tmin = 1;
constexpr std::uint32_t tmax = 26;
constexpr std::uint32_t skew = 38;
constexpr std::uint32_t damp = 700;
constexpr std::uint32_t initial_bias = 72;
constexpr std::uint32_t initial_n = 128;

std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / damp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (base - tmin) * tmax / 2; k += base) delta /= base - tmin;
  return k + (base - tmin + 1) * delta / (delta + skew);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
  if (k <= bias + tmin) return tmin;
  return std::min(k - bias, tmax);
}

std::uint32_t digit_value(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 26;
  return base;
}

char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

}  // namespace

bool decode_punycode(std::string_view digits, std::vector<std::uint32_t>& code_points) {
  constexpr std::uint64_t overflow = 0x7FFFFFFF;
  code_points.clear();
  const std::size_t delimiter = digits.rfind('-');
  if (delimiter != std::string_view::npos) {
    for (const char c : digits.substr(0, delimiter)) {
      code_points.push_back(static_cast<std::uint32_t>(static_cast<unsigned char>(c)));
    }
    digits.remove_prefix(delimiter + 1);
  }
  std::uint64_t n = initial_n;
  std::uint64_t i = 0;
  std::uint32_t bias = initial_bias;
  for (std::size_t at = 0; at < digits.size();) {
    const std::uint64_t before = i;
    std::uint64_t weight = 1;
    for (std::uint32_t k = base;; k += base) {
      if (at == digits.size()) return false;
      const std::uint32_t value = digit_value(digits[at++]);
      if (value >= base) return false;
      i += value * weight;
      if (i > overflow) return false;
      const std::uint32_t t = threshold(k, bias);
      if (value < t) break;
      weight *= base - t;
      if (weight > overflow) return false;
    }
    const auto length = static_cast<std::uint32_t>(code_points.size()) + 1;
    bias = adapt(static_cast<std::uint32_t>(i - before), length, before == 0);
    n += i / length;
    i %= length;
    if (n > 0x10FFFF || (n >= 0xD800 && n < 0xE000)) return false;
    code_points.insert(code_points.begin() + static_cast<std::ptrdiff_t>(i), static_cast<std::uint32_t>(n));
    ++i;
  }
  return true;
}

std::string encode_punycode(const std::vector<std::uint32_t>& code_points) {
  std::string out;
  for (const std::uint32_t c : code_points) {
    if (c < initial_n) out.push_back(static_cast<char>(c));
  }
  const auto basic = static_cast<std::uint32_t>(out.size());
  std::uint32_t handled = basic;
  if (basic > 0) out.push_back('-');
  std::uint32_t n = initial_n;
  std::uint32_t bias = initial_bias;
  std::uint32_t delta = 0;
  while (handled < code_points.size()) {
    std::uint32_t next = 0xFFFFFFFF;
    for (const std::uint32_t c : code_points) {
      if (c >= n) next = std::min(next, c);
    }
    delta += (next - n) * (handled + 1);
    n = next;
    for (const std::uint32_t c : code_points) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = base;; k += base) {
        const std::uint32_t t = threshold(k, bias);
        if (q < t) break;
        out.push_back(digit(t + (q - t) % (base - t)));
        q = (q - t) / (base - t);
      }
      out.push_back(digit(q));
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

}  // namespace bearproof::text
