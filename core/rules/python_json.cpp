#include "python_json.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/decimal.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/utf8.h"

namespace bearproof::rules {
namespace {

void append_text(std::string& out, std::string_view utf8) {
  out += '"';
  for (std::size_t i = 0; i < utf8.size();) {
    const auto first = static_cast<unsigned char>(utf8[i]);
    if (first < 0x80) {
      constexpr std::string_view named = "\"\\\n\r\t\f\b";
      const std::size_t name = named.find(utf8[i]);
      if (name != std::string_view::npos) {
        out += '\\';
        out += "\"\\nrtfb"[name];
      } else if (first >= 0x20 && first < 0x7f) {
        out += utf8[i];
      } else {
        text::append_unicode_escape(out, first);
      }
      ++i;
      continue;
    }
    const std::uint32_t point = text::next_code_point(utf8, i);
    if (point < 0x10000) {
      text::append_unicode_escape(out, point);
    } else {
      text::append_unicode_escape(out, 0xd800 + ((point - 0x10000) >> 10));
      text::append_unicode_escape(out, 0xdc00 + ((point - 0x10000) & 0x3ffu));
    }
  }
  out += '"';
}

/// repr(float): the fewest digits that give the number back; an exponent below 1e-4 and from 1e16 on.
void append_float(std::string& out, std::string_view written) {
  const double value = json::nearest_double(written);
  if (!std::isfinite(value)) {
    out += value < 0 ? "-Infinity" : "Infinity";
    return;
  }
  if (written.starts_with('-')) out += '-';
  if (value == 0) {
    out += "0.0";
    return;
  }
  const auto [digits, point] = json::shortest_decimal(std::fabs(value));
  const int count = static_cast<int>(digits.size());
  if (point > -4 && point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else if (point > 0 && point <= 16) {
    out += digits.substr(0, static_cast<std::size_t>(point));
    if (count > point) {
      out += '.';
      out += digits.substr(static_cast<std::size_t>(point));
    } else {
      out.append(static_cast<std::size_t>(point - count), '0');
      out += ".0";
    }
  } else {
    out += digits[0];
    if (count > 1) out += '.';
    out.append(digits, 1);
    const int exponent = std::abs(point - 1);
    out += point > 0 ? "e+" : "e-";
    if (exponent < 10) out += '0';
    out += std::to_string(exponent);
  }
}

}  // namespace

void append_python_json(std::string& out, json::Value value) {
  std::string scratch;
  if (value.is_string()) {
    append_text(out, value.string(scratch));
  } else if (value.is_number()) {
    if (value.node().tag() == json::Node::decimal) {
      append_float(out, value.raw());
    } else {
      out += value.raw() == "-0" ? "0" : value.raw();
    }
  } else if (value.is_array()) {
    out += '[';
    bool is_first = true;
    for (const json::Value item : value.items()) {
      if (!std::exchange(is_first, false)) out += ',';
      append_python_json(out, item);
    }
    out += ']';
  } else if (value.is_object()) {
    // Code points are in the order of their UTF-8.
    std::vector<std::pair<std::string, json::Value>> members;
    members.reserve(value.size());
    for (const json::Member member : value.members()) members.emplace_back(member.key.string(scratch), member.value);
    stable_sort(members, [](const auto& a, const auto& b) { return a.first < b.first; });
    out += '{';
    bool is_first = true;
    for (const auto& [key, inner] : members) {
      if (!std::exchange(is_first, false)) out += ',';
      append_text(out, key);
      out += ':';
      append_python_json(out, inner);
    }
    out += '}';
  } else {
    out += value.raw();
  }
}

}  // namespace bearproof::rules
