// What a receipt shows on the session card, and what it says of its session's state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/json/document.h"
#include "bearproof/report/redact.h"
#include "bearproof/session/session.h"

namespace bearproof::session {

/// The members of receipts that matter here, in every dialect.
enum class Member : std::uint8_t {
  id,
  receipt_id,
  session_ref,
  owner_ref,
  policy_decision_ref,
  user_visible,
  revocable,
  transport,
  permission_scope,
  origin,
  status,
  terminal_state,
  captured_at,
  started_at,
  revoked_at,
  terminated_at,
  display_name,
  tab_scope,
  controlled_scope,
  evidence_refs,
  none,
};
inline constexpr std::size_t member_count = static_cast<std::size_t>(Member::none);
std::string_view name_of(Member member);

/// What a dialect calls what it states; `Member::none` where it has no such member.
struct DialectMembers {
  Member receipt_id;
  Member display_name;
  Member tab_scope;
  Member status;
  Member start;  ///< when the session started
};
const DialectMembers& members_of(Dialect dialect);

/// Whether a session goes on, and how it ended where it does not.
struct State {
  Phase phase = Phase::unstated;
  std::string_view outcome;  ///< of an ended session
  bool orphaned = false;
};

/// A receipt's members. Of a name that stands twice nobody knows which value holds: neither is read.
class Receipt {
 public:
  /// @param root     an object
  /// @param secrets  what must not be shown; nullptr: nothing was found
  Receipt(json::Value root, Dialect dialect, const report::Secrets* secrets);

  Dialect dialect() const { return dialect_; }
  /// The value of a member that stands there once; false for one that is absent, null or given twice.
  json::Value operator[](Member member) const;
  bool is_twice(Member member) const { return member != Member::none && counts_[index(member)] > 1; }
  /// A member that is a string with something in it, or ""; unredacted.
  std::string text(Member member) const;
  /// The same as it may be shown: shortened; "" too where it holds a secret.
  std::string shown(Member member) const;
  bool is_true(Member member) const;
  /// A member's text where it is an instant (RFC 3339), else "".
  std::string instant(Member member) const;

  State state() const;
  /// Whether the receipt's name is there, and no part of the session's identity is given twice.
  bool is_identified() const;

  /// A value as it may be shown. @return whether it had to be hidden
  bool show(json::Value value, std::string& into) const;

 private:
  static std::size_t index(Member member) { return static_cast<std::size_t>(member); }

  const json::Document* document_;
  Dialect dialect_;
  const report::Secrets* secrets_;
  std::array<NodeIndex, member_count> values_{};
  std::array<std::uint8_t, member_count> counts_{};
};

/// Fills in what the card shows: fields, permissions, the members named on their own.
/// @param is_faulted  whether an error stands at or inside a pointer
void fill_card(const Receipt& receipt, const std::function<bool(std::string_view)>& is_faulted, Session& out);

/// What a record says, to be compared with the next: by name, each as one text.
inline constexpr std::size_t compared_count = field_count + 4;
using Snapshot = std::array<std::string, compared_count>;
Snapshot snapshot_of(const Receipt& receipt);
/// The names of what differs, in the order of the card.
std::vector<std::string_view> changes_between(const Snapshot& before, const Snapshot& after);

/// Whether `pointer` is `place` or lies inside it.
bool is_at(std::string_view pointer, std::string_view place);

/// "/ownerRef"
std::string pointer_to(Member member);

}  // namespace bearproof::session
