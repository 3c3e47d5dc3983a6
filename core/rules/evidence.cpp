// Evidence: the digest of an artifact that stands beside it.
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/text/ascii.h"

#include "families.h"
#include "fields.h"
#include "python_json.h"

namespace bearproof::rules {

void check_evidence(const Context& context, FindingSink& sink) {
  const json::Value artifact = at(context.root, "artifact");
  const json::Value digest = at(context.root, "artifact_digest");
  if (!artifact || !digest || !digest.is_string()) return;
  // Of a document with a key twice there is no one form; that is another rule's finding.
  if (context.root.document().has_duplicates) return;
  std::string scratch;
  const std::string_view claimed = digest.string(scratch);

  std::string form;
  append_python_json(form, artifact);
  const std::string python = json::sha256_text(form);
  const json::Value::Span span = artifact.span();
  json::Reader reader;
  const json::Document* alone = reader.read(context.root.document().text.substr(
      static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)));
  std::string rfc8785;
  if (alone != nullptr) {
    if (const auto canonical = json::canonical(*alone)) rfc8785 = json::sha256_text(*canonical);
  }
  const bool is_python = text::equal_ignoring_case(claimed, python);
  const bool is_rfc8785 = text::equal_ignoring_case(claimed, rfc8785);
  const Place place = Place::value(digest.index());
  if (is_python && is_rfc8785) return;
  if (is_python || is_rfc8785) {
    if (Finding* found = sink.raise(Rule::evidence_digest_form, place)) {
      found->message = is_python ? "the digest is that of Python's json.dumps; RFC 8785 would give "
                                 : "the digest is that of RFC 8785; Python's json.dumps would give ";
      constexpr std::string_view none = "none: a double cannot hold its numbers";
      found->message << words(is_rfc8785 ? std::string_view(python) : rfc8785.empty() ? none : rfc8785);
    }
    return;
  }
  if (Finding* found = sink.raise(Rule::evidence_digest, place)) {
    found->message << "artifact_digest does not match the artifact: Python's json.dumps gives " << words(python);
    if (!rfc8785.empty() && rfc8785 != python) found->message << ", RFC 8785 " << words(rfc8785);
  }
}

}  // namespace bearproof::rules
