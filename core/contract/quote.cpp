#include "bearproof/contract/quote.h"

#include "bearproof/json/quotation.h"

namespace bearproof::contract {

std::string quoted(std::string_view utf8, std::uint16_t max) {
  return json::text_of(Message::of(quote(utf8, max)), nullptr);
}

std::string quoted(json::Value value, std::uint16_t max) {
  return json::text_of(Message::of(quote(value, max)), &value.document());
}

}  // namespace bearproof::contract
