#include "bearproof/json/canonical.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/decimal.h"
#include "bearproof/json/number.h"
#include "bearproof/text/hex.h"

#include "escapes.h"

namespace bearproof::json {

void append_string(std::string& out, std::string_view utf8) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(utf8.substr(plain, i - plain));
    plain = i + 1;
    constexpr std::string_view named = "\"\\\b\t\n\f\r";
    const std::size_t name = named.find(utf8[i]);
    if (name == std::string_view::npos) {
      text::append_unicode_escape(out, c);
    } else {
      out += '\\';
      out += "\"\\btnfr"[name];
    }
  }
  out.append(utf8.substr(plain));
  out += '"';
}

void append_double(std::string& out, double value) {
  if (value == 0) {
    out += '0';
    return;
  }
  const auto [digits, point] = shortest_decimal(std::fabs(value));
  const int count = static_cast<int>(digits.size());
  if (value < 0) out += '-';
  if (point > 0 && point <= 21) {
    if (count <= point) {
      out += digits;
      out.append(static_cast<std::size_t>(point - count), '0');
    } else {
      out.append(digits, 0, static_cast<std::size_t>(point));
      out += '.';
      out.append(digits, static_cast<std::size_t>(point));
    }
  } else if (point > -6 && point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else {
    out += digits[0];
    if (count > 1) {
      out += '.';
      out.append(digits, 1);
    }
    out += 'e';
    out += point > 0 ? '+' : '-';
    out += std::to_string(point > 0 ? point - 1 : 1 - point);
  }
}

namespace {

/// Order of UTF-16 code units, told from UTF-8: only a code point above U+FFFF against one from U+E000 to U+FFFF is
/// ordered otherwise than by bytes.
bool less_utf16(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < common && a[i] == b[i]) ++i;
  if (i == common) return a.size() < b.size();
  const auto byte_a = static_cast<unsigned char>(a[i]);
  const auto byte_b = static_cast<unsigned char>(b[i]);
  const bool astral_a = byte_a >= 0xF0;
  const bool astral_b = byte_b >= 0xF0;
  if (astral_a != astral_b && byte_a >= 0xEE && byte_b >= 0xEE) return astral_a;
  return byte_a < byte_b;
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  bool write(Value value) {
    switch (value.type()) {
      case Type::null:
      case Type::boolean: out_ += value.raw(); return true;
      case Type::number: return number(value);
      case Type::string: append_string(out_, value.string(scratch_)); return true;
      case Type::array: {
        char before = '[';
        for (const Value item : value.items()) {
          out_ += before;
          before = ',';
          if (!write(item)) return false;
        }
        if (before == '[') out_ += '[';
        out_ += ']';
        return true;
      }
      case Type::object: return object(value);
    }
    return false;
  }

  TextFault fault;

 private:
  struct Entry {
    std::string name;
    Value value;
  };

  bool object(Value object) {
    std::vector<Entry> entries;
    entries.reserve(object.size());
    for (const Member member : object.members()) {
      entries.push_back({std::string(member.key.string(scratch_)), member.value});
    }
    stable_sort(entries, [](const Entry& a, const Entry& b) { return less_utf16(a.name, b.name); });
    char before = '{';
    for (const Entry& entry : entries) {
      out_ += before;
      before = ',';
      append_string(out_, entry.name);
      out_ += ':';
      if (!write(entry.value)) return false;
    }
    if (before == '{') out_ += '{';
    out_ += '}';
    return true;
  }

  bool number(Value value) {
    const Number exact(value.raw());
    const double nearest = nearest_double(value.raw());
    const std::size_t start = out_.size();
    if (std::isfinite(nearest)) append_double(out_, nearest);
    const std::string_view digits = std::string_view(out_).substr(start);
    if (!digits.empty() && Number(digits) == exact) return true;
    const Value::Span span = value.span();
    fault.rule = Rule::canon_number_inexact;
    fault.begin = span.begin;
    fault.end = span.end;
    if (digits.empty()) {
      fault.message = "the number is too large for a double";
    } else {
      fault.message = "a double cannot hold this number exactly: it would become " + std::string(digits);
    }
    return false;
  }

  std::string& out_;
  std::string scratch_;
};

}  // namespace

std::expected<std::string, TextFault> canonical(const Document& document) {
  if (document.has_duplicates) {
    const std::vector<DuplicateKey> pairs = duplicate_keys(document);
    const Value::Span span = Value(&document, pairs.front().again).span();
    return std::unexpected(
        TextFault{Rule::parse_key_duplicate, span.begin, span.end, "this key occurs twice in one object"});
  }
  std::string out;
  Writer writer(out);
  if (!writer.write(document.root())) return std::unexpected(std::move(writer.fault));
  return out;
}

}  // namespace bearproof::json
