#include "view.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/schema/instant.h"

namespace bearproof::session {
namespace {

int by_instant(const std::string& a, const std::string& b) {
  const auto left = schema::Instant::parse(a);
  const auto right = schema::Instant::parse(b);
  if (!left || !right) return (left ? 1 : 0) - (right ? 1 : 0);
  return *left < *right ? -1 : (*right < *left ? 1 : 0);
}

const std::string& start_of(const Session& session) {
  return session.started_at.empty() ? session.captured_at : session.started_at;
}
const std::string& end_of(const Session& session) {
  return session.revoked_at.empty() ? start_of(session) : session.revoked_at;
}

bool comes_before(const Session& a, const Session& b) {
  const bool a_ended = a.phase == Phase::ended;
  if (a_ended != (b.phase == Phase::ended)) return !a_ended;
  if (!a_ended && a.standing != b.standing) return a.standing > b.standing;
  const int times = a_ended ? by_instant(end_of(a), end_of(b)) : by_instant(start_of(a), start_of(b));
  if (times != 0) return times > 0;
  return a.receipt != b.receipt ? a.receipt < b.receipt : a.key < b.key;
}

}  // namespace

void put_in_order(std::vector<Session>& sessions) { stable_sort(sessions, comes_before); }

void summarise(View& view, bool remote_control) {
  bool is_accounted_for = false;
  for (const Session& session : view.sessions) {
    if (session.phase == Phase::ended) {
      ++view.summary.ended;
      continue;
    }
    ++(session.phase == Phase::active ? view.summary.active : view.summary.unstated);
    switch (session.standing) {
      case Standing::not_admitted: ++view.summary.not_admitted; break;
      case Standing::needs_attention: ++view.summary.needs_attention; break;
      case Standing::consistent: ++view.summary.consistent; break;
    }
    is_accounted_for = is_accounted_for || session.transport == "cdp" || session.transport == "webdriver";
  }
  view.undeclared_automation = remote_control && !is_accounted_for;
}

bool View::refuses() const {
  return undeclared_automation || summary.unreadable != 0 ||
         std::any_of(sessions.begin(), sessions.end(),
                     [](const Session& session) { return session.standing == Standing::not_admitted; }) ||
         std::any_of(others.begin(), others.end(), [](const Other& other) { return other.not_admitted; });
}

std::string_view name_of(Standing standing) {
  constexpr std::string_view names[] = {"consistent", "needs-attention", "not-admitted"};
  return names[static_cast<std::size_t>(standing)];
}

std::string_view name_of(Phase phase) {
  constexpr std::string_view names[] = {"active", "unstated", "ended"};
  return names[static_cast<std::size_t>(phase)];
}

}  // namespace bearproof::session
