// The grammars behind format.h, by family. Each function judges a whole string.
#pragma once

#include <string_view>

namespace bearproof::schema::format_rules {

// RFC 3339
bool date_time(std::string_view text);
bool date(std::string_view text);
bool time(std::string_view text);
bool duration(std::string_view text);

// RFC 2673, 4291, 1123, 5321, 6531
bool ipv4(std::string_view text);
bool ipv6(std::string_view text);
bool hostname(std::string_view text);
bool idn_hostname(std::string_view text);
bool email(std::string_view text);
bool idn_email(std::string_view text);

// RFC 3986, 3987, 6570
bool uri(std::string_view text);
bool uri_reference(std::string_view text);
bool iri(std::string_view text);
bool iri_reference(std::string_view text);
bool uri_template(std::string_view text);

// RFC 4122, 6901
bool uuid(std::string_view text);
bool json_pointer(std::string_view text);
bool relative_json_pointer(std::string_view text);

}  // namespace bearproof::schema::format_rules
