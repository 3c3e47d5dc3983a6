#include "bearproof/finding/message.h"

namespace bearproof {

Message& Message::operator<<(const char* literal) {
  bytes_ += literal;
  return *this;
}

Message& Message::operator<<(Words own) {
  bytes_ += own.text;
  return *this;
}

Message& Message::operator<<(char own) {
  bytes_ += own;
  return *this;
}

Message& Message::operator<<(const Quotation& quotation) {
  const auto begin = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += quotation.text.substr(0, Quotation::bytes_kept(quotation.most));
  quotations_.push_back(
      {begin, static_cast<std::uint32_t>(bytes_.size()), quotation.node, quotation.most, quotation.form});
  return *this;
}

Message& Message::operator<<(const Message& other) {
  const auto shift = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += other.bytes_;
  for (Span span : other.quotations_) {
    span.begin += shift;
    span.end += shift;
    quotations_.push_back(span);
  }
  return *this;
}

Message& Message::append(std::int64_t number) {
  bytes_ += std::to_string(number);
  return *this;
}

Message& Message::append(std::uint64_t number) {
  bytes_ += std::to_string(number);
  return *this;
}

void Message::clear() {
  bytes_.clear();
  quotations_.clear();
}

}  // namespace bearproof
