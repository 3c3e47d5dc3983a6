#include "bearproof/text/urn.h"

#include "bearproof/text/glance.h"

namespace bearproof::text {
namespace {

constexpr std::string_view scheme = "urn:";

bool starts_urn(std::string_view text) {
  return text.size() > scheme.size() && (text[0] | 0x20) == 'u' && (text[1] | 0x20) == 'r' && (text[2] | 0x20) == 'n' &&
         text[3] == ':';
}

/// Where the next URN starts behind the first byte; npos where there is none.
std::size_t next_urn(std::string_view text) {
  for (std::size_t colon = text.find(':', scheme.size()); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    if (starts_urn(text.substr(colon + 1))) return colon + 1;
  }
  return std::string_view::npos;
}

}  // namespace

std::size_t nested_urn(std::string_view urn) {
  if (!starts_urn(urn) || !may_be_nested(urn)) return 0;
  std::size_t at = 0;
  for (std::size_t next = next_urn(urn); next != std::string_view::npos; next = next_urn(urn.substr(at))) at += next;
  return at;
}

std::string_view without_repeated_prefix(std::string_view urn) {
  if (!starts_urn(urn) || !may_be_nested(urn)) return urn;
  for (std::size_t next = next_urn(urn); next != std::string_view::npos; next = next_urn(urn)) {
    if (!urn.substr(next).starts_with(urn.substr(0, next))) break;
    urn.remove_prefix(next);
  }
  return urn;
}

}  // namespace bearproof::text
