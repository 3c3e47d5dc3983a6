// Whether a session is admitted, and why not.
#pragma once

#include <string>
#include <vector>

#include "bearproof/session/session.h"

#include "history.h"
#include "record.h"

namespace bearproof::session {

/// Fills in standing, outcome, reasons and notes of a session whose place, dialect, phase and records are set. Takes
/// the reasons of its newest record and of its history.
/// @param links_left_out  cross-document findings were left out: nobody knows whether one concerns this session
/// @return pointers into the newest record, and into other places, at which errors stand
std::vector<std::string> judge(Record& newest, History& history, bool links_left_out, Session& session);

}  // namespace bearproof::session
