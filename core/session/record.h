// One receipt document of the session view: what it states, and what was found in it.
#pragma once

#include <memory>
#include <string_view>

#include "bearproof/collection/facts.h"
#include "bearproof/report/redact.h"
#include "bearproof/session/session.h"

#include "card.h"
#include "reason.h"

namespace bearproof::session {

struct Record {
  collection::DocumentIndex document = 0;
  Dialect dialect = Dialect::none;
  State state;
  bool is_identified = false;
  bool states_id_twice = false;
  Reasons own;             ///< found in the document
  Reasons between;         ///< found between documents
  Reasons about_identity;  ///< of those, what concerns who owns which session
  std::unique_ptr<report::Secrets> secrets;

  /// Of this record alone, whatever others say of its session.
  Standing standing() const;
};

/// Reads a receipt as it was checked. `document` and what is found between documents are the caller's to fill in.
Record read_record(Checked& checked);

/// Whether a pointer leads to, or into, something that a session needs in order to be admitted.
/// @param identity_only  of these, only what names the session, its owner or its receipt
bool stands_at_need(std::string_view pointer, Dialect dialect, bool identity_only);

}  // namespace bearproof::session
