// The two shapes that every JSON text of this component is made of. Output goes straight into one string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/json/canonical.h"
#include "bearproof/text/utf8.h"

namespace bearproof::report {

/// Writes one object: `Object(out).text("rule", id).number("line", 3).end()`. Keys stand in the order of the calls.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }

  /// Writes a key; the value is the caller's to append.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_.append(1, '"').append(name).append("\":");
    return out_;
  }
  Object& text(std::string_view name, std::string_view value) {
    json::append_string(key(name), text::well_formed(value));
    return *this;
  }
  Object& number(std::string_view name, std::uint64_t value) {
    key(name) += std::to_string(value);
    return *this;
  }
  Object& boolean(std::string_view name, bool value) {
    key(name) += value ? "true" : "false";
    return *this;
  }
  /// Where the value of the last key goes on: for a value written in parts.
  std::string& key_open() { return out_; }
  void end() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

/// Writes an array; `write(out, item)` appends each item.
template <class Items, class Write>
void write_array(std::string& out, const Items& items, Write write) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    write(out, item);
  }
  out += ']';
}

}  // namespace bearproof::report
