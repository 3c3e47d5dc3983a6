#include "bearproof/contract/quote.h"

#include "bearproof/json/canonical.h"
#include "bearproof/text/utf8.h"

namespace bearproof::contract {

std::string quoted(std::string_view utf8, std::size_t max) {
  const std::string_view shown = text::beginning(utf8, max);
  std::string text;
  json::append_string(text, shown);
  if (shown.size() < utf8.size()) text.insert(text.size() - 1, "…");
  return text;
}

std::string quoted(json::Value value, std::size_t max) {
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  if (value.is_string()) {
    std::string scratch;
    return quoted(value.string(scratch), max);
  }
  const std::string_view raw = value.raw();
  return raw.size() <= max ? std::string(raw) : std::string(raw.substr(0, max)) + "…";
}

}  // namespace bearproof::contract
