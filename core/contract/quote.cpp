#include "bearproof/contract/quote.h"

#include "bearproof/json/canonical.h"

namespace bearproof::contract {

std::string quoted(std::string_view utf8, std::size_t max) {
  std::size_t cut = utf8.size();
  if (cut > max) {
    cut = max;
    while (cut > 0 && (static_cast<unsigned char>(utf8[cut]) & 0xc0u) == 0x80u) --cut;
  }
  std::string text;
  json::append_string(text, utf8.substr(0, cut));
  if (cut < utf8.size()) text.insert(text.size() - 1, "…");
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
