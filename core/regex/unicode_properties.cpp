#include "unicode_properties.h"

#include "bearproof/regex/regex.h"

#include "utf8.h"

namespace bearproof::regex {
bool add_property(std::string_view, std::string_view, CharSet&) { return false; }
bool is_id_start(std::uint32_t c) { return is_word(c) && !(c >= '0' && c <= '9'); }
bool is_id_continue(std::uint32_t c) { return is_word(c); }
std::string_view unicode_version() { return "17.0.0"; }
}  // namespace bearproof::regex
