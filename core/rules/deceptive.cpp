#include "deceptive.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/text/glance.h"
#include "bearproof/text/hex.h"

namespace bearproof::rules {
namespace {

Message describe(const text::Deceit& deceit, json::Value at) {
  switch (deceit.what) {
    case text::Deception::bidi_control:
      return Message::of(words(text::name_of_code_point(deceit.code_point)),
                         " changes the order in which the text around it is shown");
    case text::Deception::invisible:
      return Message::of(words(text::name_of_code_point(deceit.code_point)), " does not show");
    case text::Deception::mixed_scripts:
      return Message::of(quote_part(deceit.text, at), " mixes letters of several scripts that look alike");
    case text::Deception::host: return Message::of(quote_part(deceit.text, at), " is not the host that it looks like");
    case text::Deception::none: break;
  }
  return {};
}

void raise(RuleCase rule, json::Value at, const text::Deceit& deceit, FindingSink& sink) {
  if (Finding* found = sink.raise(rule, Place::value(at.index()))) found->message = describe(deceit, at);
}

}  // namespace

void check_identifier(json::Value identifier, bool is_shown, FindingSink& sink) {
  if (!identifier || !identifier.is_string()) return;
  std::string scratch;
  const text::Deceit deceit = text::find_deceit(identifier.string(scratch));
  switch (deceit.what) {
    case text::Deception::bidi_control:
    case text::Deception::invisible: raise(Rule::browser_identifier_invisible, identifier, deceit, sink); break;
    case text::Deception::mixed_scripts:
      raise(is_shown ? Rule::browser_text_deceptive : Rule::browser_identifier_mixed_scripts, identifier, deceit, sink);
      break;
    default: break;
  }
}

void check_shown_text(json::Value text, text::Hosts hosts, FindingSink& sink) {
  if (!text) return;
  if (text.is_array()) {
    for (const json::Value item : text.items()) {
      if (item.is_string()) check_shown_text(item, hosts, sink);
    }
  } else if (text.is_object()) {
    for (const json::Member member : text.members()) {
      if (member.value.is_string()) check_shown_text(member.value, hosts, sink);
    }
  } else if (text.is_string()) {
    std::string scratch;
    const std::string_view shown = text.string(scratch);
    const text::Glance seen = text::glance(shown);
    if (seen.plain && !seen.may_hide_host) return;
    text::Deceit deceit;
    if (!seen.latin) deceit = text::find_deceit(shown);
    if (deceit.what == text::Deception::none) deceit = text::find_disguised_host(shown, hosts);
    if (deceit.what != text::Deception::none) raise(Rule::browser_text_deceptive, text, deceit, sink);
  }
}

}  // namespace bearproof::rules
