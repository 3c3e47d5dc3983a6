// The one place where the messages of findings become text: their quotations are spelled and cut, and what must not be
// shown is hidden.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/json/quotation.h"
#include "bearproof/report/redact.h"

namespace bearproof::report {

/// Puts messages into words. What a sensitive finding points at is hidden; what else looks like a secret is withheld:
/// the rule about secrets may be off, or the text no document that it was asked about (a schema, one half of a link).
class Quoter final : public json::Redaction {
 public:
  /// Of the findings of one document.
  /// @param document  whose nodes are quoted; nullptr: what was read is no document, and messages quote texts alone
  /// @param secrets   of that document; must outlive this
  Quoter(const json::Document* document, const Secrets& secrets) : document_(document) { hide(secrets); }
  /// Of findings between documents: they quote texts alone.
  Quoter() : is_between_(true) {}

  /// @param secrets  which must not be shown either; must outlive this
  void hide(const Secrets& secrets);

  std::string text(const Message& message) const;
  /// Whether a fix would show something that must not be shown: then there is none.
  bool has_secret(const Fix& fix) const;

  Outcome redact(NodeIndex node, std::string_view text, std::size_t most, std::string& instead) const override;

 private:
  bool holds(std::string_view text) const;

  const json::Document* document_ = nullptr;
  std::vector<const Secrets*> secrets_;  ///< those that are not empty
  bool is_between_ = false;
};

}  // namespace bearproof::report
