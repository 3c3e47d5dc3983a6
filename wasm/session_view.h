#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bearproof/session/session.h"

namespace bearproof::wasm {

/// One session view at a time: begin, then add, add_oversized or add_failed for each document, then finish.
class SessionView {
 public:
  /// @param options  JSON text, as session::parse_options reads it
  /// @return why they are refused
  std::optional<std::string> begin(std::string_view options);
  /// @param is_lines  the text is NDJSON
  void add(std::string_view source, std::string_view text, bool is_lines);
  /// @param size  in bytes
  void add_oversized(std::string_view source, std::uint64_t size);
  void add_failed(std::string_view source);
  /// The view: canonical JSON; "" where none was begun.
  std::string finish();

 private:
  std::optional<session::Builder> builder_;
};

}  // namespace bearproof::wasm
