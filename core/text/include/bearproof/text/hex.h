// Numbers and bytes in hexadecimal digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bearproof::text {

/// Appends a number in capitals, with zeros before it up to `digits`: "00E9".
void append_hex(std::string& out, std::uint32_t value, unsigned digits);

/// Appends a UTF-16 code unit as JSON escapes it: "\u00e9".
void append_unicode_escape(std::string& out, std::uint32_t unit);

/// Appends two small digits for each byte, as digests are written.
void append_hex_bytes(std::string& out, std::span<const std::uint8_t> bytes);

/// Appends a byte as a URI writes one that may not stand there: "%2F".
void append_percent_encoded(std::string& out, char byte);

/// The byte that a percent escape at a place of a text stands for; -1 where there is none.
int percent_decoded(std::string_view text, std::size_t at);

/// "U+202E"
std::string name_of_code_point(std::uint32_t code_point);

}  // namespace bearproof::text
