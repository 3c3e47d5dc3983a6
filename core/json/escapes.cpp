#include "escapes.h"

#include <algorithm>

#include "bearproof/json/document.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/utf8.h"

#include "find.h"

namespace bearproof::json {

namespace {

char simple_escape(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;  // '"', '\\' and '/'
  }
}

}  // namespace

std::uint32_t hex4(const char* at) {
  using text::hex_value;
  return hex_value(at[0]) << 12 | hex_value(at[1]) << 8 | hex_value(at[2]) << 4 | hex_value(at[3]);
}

std::string_view DecodedRuns::next() {
  if (at_ == end_) return {};
  if (*at_ != '\\') {
    const char* const start = at_;
    at_ = find_byte<'\\'>(at_, end_);
    return {start, static_cast<std::size_t>(at_ - start)};
  }
  if (at_[1] != 'u') {
    encoded_[0] = simple_escape(at_[1]);
    at_ += 2;
    return {encoded_, 1};
  }
  std::uint32_t code_point = hex4(at_ + 2);
  at_ += 6;
  if (text::is_high_surrogate(code_point)) {
    const std::uint32_t low = hex4(at_ + 2);
    code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
    at_ += 6;
  }
  return {encoded_, text::encode_utf8(code_point, encoded_)};
}

int compare_decoded(std::string_view raw_a, std::string_view raw_b) {
  DecodedRuns runs_a(raw_a);
  DecodedRuns runs_b(raw_b);
  std::string_view a = runs_a.next();
  std::string_view b = runs_b.next();
  while (!a.empty() && !b.empty()) {
    const std::size_t common = std::min(a.size(), b.size());
    std::size_t i = 0;
    while (i + 8 <= common && detail::load8(a.data() + i) == detail::load8(b.data() + i)) i += 8;
    for (; i < common; ++i) {
      if (a[i] != b[i]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[i]) ? -1 : 1;
    }
    a.remove_prefix(common);
    b.remove_prefix(common);
    if (a.empty()) a = runs_a.next();
    if (b.empty()) b = runs_b.next();
  }
  if (a.empty() && b.empty()) return 0;
  return a.empty() ? -1 : 1;
}

std::string_view Value::unescape(std::string& scratch) const {
  scratch.clear();
  DecodedRuns runs(raw());
  for (std::string_view run = runs.next(); !run.empty(); run = runs.next()) scratch.append(run);
  return scratch;
}

bool Value::equals_escaped(std::string_view utf8) const {
  DecodedRuns runs(raw());
  for (std::string_view run = runs.next(); !run.empty(); run = runs.next()) {
    if (!starts_with(utf8, run)) return false;
    utf8.remove_prefix(run.size());
  }
  return utf8.empty();
}

}  // namespace bearproof::json
