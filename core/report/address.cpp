#include "bearproof/report/address.h"

#include "bearproof/json/canonical.h"
#include "bearproof/report/visible.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"
#include "bearproof/text/utf8.h"

namespace bearproof::report {
namespace {

constexpr std::size_t longest_message = 2000;  // code points

bool may_stand_in_path(char c) {
  return text::is_letter_or_digit(c) || std::string_view("-._~/!$&'()*+,;=@").find(c) != std::string_view::npos;
}

std::string sentence(std::string_view text) {
  std::string out = visible(text::shortened(text, longest_message));
  if (!out.empty() && std::string_view(".!?").find(out.back()) == std::string_view::npos) out += '.';
  return out;
}

}  // namespace

std::string_view relative_path(std::string_view source, std::string_view folder) {
  if (!folder.empty() && source.size() > folder.size() + 1 && source.starts_with(folder) &&
      source[folder.size()] == '/') {
    source.remove_prefix(folder.size() + 1);
  }
  while (source.starts_with("./")) source.remove_prefix(2);
  return source;
}

std::string uri_of(std::string_view source, std::string_view folder) {
  const std::string_view path = relative_path(source, folder);
  // Two slashes at the start would name a host.
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (may_stand_in_path(c)) {
      out += c;
      continue;
    }
    text::append_percent_encoded(out, c);
  }
  return out;
}

std::string fingerprint(std::string_view source, const LocatedFinding& finding, std::string_view folder) {
  // No id holds a zero byte, and no path.
  std::string text(info_of(finding.rule_case).id);
  text.append(1, '\0').append(relative_path(source, folder)).append(1, '\0');
  if (finding.pointer) text += *finding.pointer;
  return json::sha256_text(text);
}

std::string told(const LocatedFinding& finding) {
  std::string out = sentence(finding.message);
  if (!finding.help.empty()) out.append(" ").append(sentence(finding.help));
  return out;
}

}  // namespace bearproof::report
