// The formats of JSON Schema 2020-12 (Validation, section 7.3), each by the RFC that it names.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bearproof::schema {

enum class Format : std::uint8_t {
  date_time,              ///< RFC 3339, date-time
  date,                   ///< RFC 3339, full-date
  time,                   ///< RFC 3339, full-time
  duration,               ///< RFC 3339, appendix A
  email,                  ///< RFC 5321, Mailbox
  idn_email,              ///< RFC 6531
  hostname,               ///< RFC 1123; A-labels by RFC 5890 to 5892
  idn_hostname,           ///< RFC 5890, U-labels too
  ipv4,                   ///< RFC 2673, dotted quad
  ipv6,                   ///< RFC 4291, without zone
  uri,                    ///< RFC 3986, absolute or not but with a scheme
  uri_reference,          ///< RFC 3986
  iri,                    ///< RFC 3987
  iri_reference,          ///< RFC 3987
  uuid,                   ///< RFC 4122
  uri_template,           ///< RFC 6570, any level
  json_pointer,           ///< RFC 6901, string representation
  relative_json_pointer,  ///< draft-bhutton-relative-json-pointer
  regex,                  ///< ECMA-262, grammar with the `u` flag
};

/// The format of that name ("date-time"); nothing for a name that the specification does not define.
std::optional<Format> format_from(std::string_view name);

/// The name as a schema writes it.
std::string_view format_name(Format format);

/// Whether a string has the format. Allocates nothing but for idn_* and regex.
/// @param utf8_value  well-formed UTF-8, of any length
bool matches_format(Format format, std::string_view utf8_value);

}  // namespace bearproof::schema
