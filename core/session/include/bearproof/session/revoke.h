// Turns a receipt of an automation session into the one that says that the session was revoked.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/limits.h"
#include "bearproof/json/document.h"

namespace bearproof::session {

/// A revoked receipt, and the provenance event that tells of it.
struct Revocation {
  std::string receipt;   ///< the text as it was given, but for the members that changed
  std::string event;     ///< a `bearbrowser.provenance.v1` record: canonical JSON, one line, without the line's end
  bool changed = false;  ///< false: the receipt says already that the session was revoked
};

/// Revokes the session that a browser automation receipt, of any dialect, tells of.
///
/// Edits the text in place. The state (`status`, `terminalState`) and `revokedAt` are replaced, or inserted in the
/// style of the document; every other byte stays. The result is valid by the receipt's own rules wherever the input
/// was: where the receipt says that its session starts after `now`, `revokedAt` is that start, since no rule admits an
/// earlier one, and an agent whose clock is fast must not escape. `capturedAt` stays; no rule of a dialect relates it
/// to `revokedAt` but as that start.
///
/// A receipt that is revoked already comes back as it is, and its event is the same as at the first time. The event's
/// ids are hashes of what it tells: the same revocation has the same event. A value of the receipt that has the shape
/// of a secret is redacted in the event, one longer than 1 KiB is named by its SHA-256 there.
///
/// A member that stands more than once is replaced at each place, so that a record cannot escape its revocation by
/// saying two things.
///
/// @param text  one JSON document
/// @param now   RFC 3339, the instant of the revocation
/// @return the reason where there is nothing to revoke: `now` is no instant, the text is no document, the
///         document is no browser automation receipt or states its id twice, or its session has ended. It never quotes
///         the document
std::expected<Revocation, std::string> revoke(std::string_view text, std::string_view now, const Limits& limits = {});

/// Whether a receipt of this dialect states its id more than once: then nobody can say which session it tells of.
bool states_id_twice(json::Value receipt, Dialect dialect);

}  // namespace bearproof::session
