// What the records of one receipt say together.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bearproof/json/reader.h"
#include "bearproof/session/session.h"

#include "documents.h"
#include "reason.h"
#include "record.h"

namespace bearproof::session {

struct History {
  std::vector<HistoryRecord>
      records;                     ///< oldest first; adjacent ones that say the same are one, at the last one's place
  std::uint64_t left_out = 0;      ///< of the oldest: most_records are listed
  bool was_revoked = false;        ///< a record before the newest says revoked
  bool is_refused_before = false;  ///< a record before the newest was not admitted
  std::string revoked_at;          ///< of the newest record that says revoked
  Reasons identity;                ///< of records before the newest: who owns which session
  Reasons repeated;                ///< found between documents at copies of the newest record
};

/// @param order  records of one receipt, oldest first, at least one; of those before the newest the reasons are taken
History history_of(std::span<Record* const> order, Documents& documents, json::Reader& reader);

}  // namespace bearproof::session
