// The order of sessions in a view, and its counts.
#pragma once

#include <vector>

#include "bearproof/session/session.h"

namespace bearproof::session {

/// Sessions that go on by standing, worst first, then by their start, newest first; then ended ones by their end.
void put_in_order(std::vector<Session>& sessions);

/// Counts the sessions of a view, and decides on undeclared automation.
/// @param remote_control  the browser is under remote control
void summarise(View& view, bool remote_control);

}  // namespace bearproof::session
