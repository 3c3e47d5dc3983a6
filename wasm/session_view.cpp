#include "session_view.h"

namespace bearproof::wasm {

std::optional<std::string> SessionView::begin(std::string_view options) {
  builder_.reset();
  session::Options parsed;
  std::optional<std::string> refused = session::parse_options(options, parsed);
  if (!refused) builder_.emplace(parsed);
  return refused;
}

void SessionView::add(std::string_view source, std::string_view text, bool is_lines) {
  if (!builder_) return;
  if (!is_lines) {
    builder_->add(source, text);
    return;
  }
  Validator::Lines lines = builder_->lines(std::string(source));
  lines.push(text);
  lines.finish();
}

void SessionView::add_oversized(std::string_view source, std::uint64_t size) {
  if (builder_) builder_->add_oversized(source, size);
}

void SessionView::add_failed(std::string_view source) {
  if (builder_) builder_->add_failed(source);
}

std::string SessionView::finish() {
  std::string out;
  if (builder_) out = session::to_json(builder_->finish());
  builder_.reset();
  return out;
}

}  // namespace bearproof::wasm
