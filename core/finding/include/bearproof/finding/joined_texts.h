// Texts one behind the other in one literal, each with its end: "a\0b\0". As a table of views they would cost a Wasm
// module a pointer and a length each, which hardly compress.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace bearproof {

/// Takes such texts one by one. The reader counts them: there is no mark at the end.
class JoinedTexts {
 public:
  explicit JoinedTexts(const char* first) : at_(first) {}

  std::string_view next() {
    const std::string_view text(at_);
    at_ += text.size() + 1;
    return text;
  }

 private:
  const char* at_;
};

/// All of them.
template <std::size_t count>
std::array<std::string_view, count> split(JoinedTexts texts) {
  std::array<std::string_view, count> views;
  for (std::string_view& view : views) view = texts.next();
  return views;
}

}  // namespace bearproof
