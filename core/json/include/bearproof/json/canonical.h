// Canonical JSON (RFC 8785), the writer that every JSON output goes through, and SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"
#include "bearproof/json/reader.h"

namespace bearproof::json {

/// Canonical form of a document: members sorted by UTF-16 code units, numbers as ECMAScript writes them.
/// @return the text, or the fault `canon.number.inexact` (a number that no double holds exactly: digits would change)
/// or
///         `parse.key.duplicate`
std::expected<std::string, TextFault> canonical(const Document& document);

/// Appends a JSON string literal, quotes included, escaped as RFC 8785 does.
void append_string(std::string& out, std::string_view utf8);

/// A double as ECMAScript's Number::toString writes it (RFC 8785 section 3.2.2.3). @pre finite
void append_double(std::string& out, double value);

class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  std::array<std::uint8_t, 32> finish();

 private:
  void block(const std::uint8_t* bytes);
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> buffer_{};
  std::uint64_t length_ = 0;
};

/// "sha256:" and 64 small hexadecimal digits: a digest, or the digest of a text.
std::string sha256_text(const std::array<std::uint8_t, 32>& digest);
std::string sha256_text(std::string_view bytes);

}  // namespace bearproof::json
