#include "bearproof/schema/format.h"

#include <iterator>

#include "bearproof/regex/regex.h"

#include "format_rules.h"

namespace bearproof::schema {

namespace {

bool is_regex(std::string_view text) { return !regex::check_syntax(text); }

struct Entry {
  std::string_view name;
  bool (*matches)(std::string_view);
};

// In the order of Format.
constexpr Entry entries[] = {
    {"date-time", format_rules::date_time},
    {"date", format_rules::date},
    {"time", format_rules::time},
    {"duration", format_rules::duration},
    {"email", format_rules::email},
    {"idn-email", format_rules::idn_email},
    {"hostname", format_rules::hostname},
    {"idn-hostname", format_rules::idn_hostname},
    {"ipv4", format_rules::ipv4},
    {"ipv6", format_rules::ipv6},
    {"uri", format_rules::uri},
    {"uri-reference", format_rules::uri_reference},
    {"iri", format_rules::iri},
    {"iri-reference", format_rules::iri_reference},
    {"uuid", format_rules::uuid},
    {"uri-template", format_rules::uri_template},
    {"json-pointer", format_rules::json_pointer},
    {"relative-json-pointer", format_rules::relative_json_pointer},
    {"regex", is_regex},
};
static_assert(std::size(entries) == static_cast<std::size_t>(Format::regex) + 1);

const Entry& entry(Format format) { return entries[static_cast<std::size_t>(format)]; }

}  // namespace

std::optional<Format> format_from(std::string_view name) {
  for (std::size_t i = 0; i < std::size(entries); ++i) {
    if (entries[i].name == name) return static_cast<Format>(i);
  }
  return std::nullopt;
}

std::string_view format_name(Format format) { return entry(format).name; }

bool matches_format(Format format, std::string_view utf8_value) {
  // The one that nearly every document has, without the detour through the table.
  if (format == Format::date_time) return format_rules::date_time(utf8_value);
  return entry(format).matches(utf8_value);
}

}  // namespace bearproof::schema
