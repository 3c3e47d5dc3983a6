#include "bearproof/session/revoke.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/position.h"
#include "bearproof/json/reader.h"
#include "bearproof/rules/rules.h"
#include "bearproof/schema/instant.h"

namespace bearproof::session {
namespace {

using json::Value;

constexpr std::size_t longest_name = 1024;  ///< bytes of a value that the event repeats
constexpr std::string_view revoked = "revoked";
constexpr std::string_view revoked_at = "revokedAt";

/// What a dialect calls the members that a revocation is about.
struct Names {
  std::string_view id;
  std::string_view state;  ///< "": the dialect has none
  std::string_view start;  ///< the member that `revokedAt` must not precede; "": no rule asks for that
};

std::optional<Names> names_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::browser_receipt_seed: return Names{"id", "", ""};
    case Dialect::browser_receipt_sourceos_v2: return Names{"id", "terminalState", "startedAt"};
    case Dialect::browser_receipt_bearbrowser_v1: return Names{"receiptId", "status", "capturedAt"};
    default: return std::nullopt;
  }
}

/// States in which a session is over otherwise than by a revocation.
constexpr std::array<std::string_view, 4> ended_states = {"ended", "completed", "failed", "denied"};

bool is_instant(Value value) {
  std::string scratch;
  return value && value.is_string() && schema::Instant::parse(value.string(scratch));
}

/// The text of a string; nothing for anything else.
std::optional<std::string> text_of(Value value) {
  if (!value || !value.is_string()) return std::nullopt;
  std::string scratch;
  return std::string(value.string(scratch));
}

std::string literal(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

/// Whether a receipt has a member, and every member of that name holds for `is`.
template <class Is>
bool each_is(Value receipt, std::string_view name, Is is) {
  bool found = false;
  for (const json::Member member : receipt.members()) {
    if (!member.key.equals(name)) continue;
    if (!is(member.value)) return false;
    found = true;
  }
  return found;
}

/// Where a value begins and ends in its document's text, which is in memory.
std::pair<std::size_t, std::size_t> span_of(Value value) {
  const Value::Span span = value.span();
  return {static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end)};
}

/// The text of an object whose members are replaced and inserted.
class Edit {
 public:
  explicit Edit(Value object) : text_(object.document().text) {
    std::string scratch;
    for (const json::Member member : object.members()) {
      const auto [key_begin, key_end] = span_of(member.key);
      const auto [value_begin, value_end] = span_of(member.value);
      members_.push_back({std::string(member.key.string(scratch)), key_begin, key_end, value_begin, value_end});
    }
    open_ = span_of(object).first + 1;
  }

  /// Sets a member to a value. One that is not there comes where the order of the names puts it if they are sorted, as
  /// BearBrowser's scripts write them; else behind `after`, or at the end.
  /// @param value  JSON text
  /// A member that is there more than once is set at each place: whichever a reader takes, it reads the same.
  void set(std::string_view name, std::string_view value, std::string_view after) {
    const std::size_t before = changes_.size();
    for (const Member& member : members_) {
      if (member.name == name) changes_.push_back({member.value_begin, member.value_end, std::string(value)});
    }
    if (changes_.size() != before) return;
    const std::size_t at = place_of(name, after);
    const Member& neighbour = members_[at == 0 ? 0 : at - 1];
    const std::string member =
        literal(name).append(text_.substr(neighbour.key_end, neighbour.value_begin - neighbour.key_end)).append(value);
    if (at == 0) {
      changes_.push_back({neighbour.key_begin, neighbour.key_begin, member + "," + std::string(space_before(at))});
    } else {
      changes_.push_back({neighbour.value_end, neighbour.value_end, "," + std::string(space_before(at)) + member});
    }
  }

  std::string result() const {
    std::string out;
    std::vector<const Change*> order;
    for (const Change& change : changes_) order.push_back(&change);
    stable_sort(order, [](const Change* a, const Change* b) { return a->begin < b->begin; });
    std::size_t done = 0;
    for (const Change* change : order) {
      out.append(text_.substr(done, change->begin - done)).append(change->with);
      done = change->end;
    }
    return out.append(text_.substr(done));
  }

 private:
  struct Member {
    std::string name;
    std::size_t key_begin;
    std::size_t key_end;
    std::size_t value_begin;
    std::size_t value_end;
  };
  struct Change {
    std::size_t begin;
    std::size_t end;
    std::string with;
  };

  std::size_t place_of(std::string_view name, std::string_view after) const {
    bool sorted = members_.size() > 1;
    for (std::size_t i = 1; i < members_.size(); ++i) sorted = sorted && members_[i - 1].name < members_[i].name;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (sorted && members_[i].name > name) return i;
      if (!sorted && members_[i].name == after) return i + 1;
    }
    return members_.size();
  }

  /// The space with which a new member stands apart from the comma before it, as its neighbours do.
  std::string_view space_before(std::size_t at) const {
    const std::size_t count = members_.size();
    if (count == 1) return text_.substr(open_, members_[0].key_begin - open_);
    const std::size_t next = at == 0 ? 1 : (at == count ? count - 1 : at);
    const std::size_t from = members_[next - 1].value_end;
    const std::string_view between = text_.substr(from, members_[next].key_begin - from);
    return between.substr(between.find(',') + 1);
  }

  std::string_view text_;
  std::size_t open_ = 0;
  std::vector<Member> members_;
  std::vector<Change> changes_;
};

/// A value as an event may repeat it.
std::string told(const std::string& value, bool& holds_secret) {
  if (rules::holds_secret(value)) {
    holds_secret = true;
    return "<REDACTED>";
  }
  return value.size() <= longest_name ? value : json::sha256_text(value);
}

/// Hexadecimal digits of a hash over what a revocation is about.
std::string digits(std::string_view purpose, const std::vector<std::optional<std::string>>& about) {
  std::string text = literal(purpose);
  for (const auto& part : about) text.append(1, ',').append(part ? literal(*part) : "null");
  return json::sha256_text(text).substr(std::string_view("sha256:").size());
}

/// @param instant  `revokedAt` as the receipt has it; the event's timestamp
std::string event_of(Value receipt, Dialect dialect, const Names& names, const std::string& instant) {
  const auto id = text_of(receipt.find(names.id));
  const auto session = text_of(receipt.find("sessionRef"));
  const auto owner = text_of(receipt.find("ownerRef"));
  const std::vector<std::optional<std::string>> about = {std::string(info_of(dialect).dialect), id, session, owner,
                                                         instant};
  bool holds_secret = false;
  // Members in the order of canonical JSON.
  std::string payload;
  const auto add = [&](std::string_view name, const std::optional<std::string>& value) {
    if (!value) return;
    payload.append(payload.empty() ? "" : ",").append(literal(name)).append(1, ':');
    payload += literal(told(*value, holds_secret));
  };
  add("ownerRef", owner);
  add("receiptId", id);
  add(revoked_at, instant);
  add("sessionRef", session);
  payload += payload.empty() ? "" : ",";
  payload += "\"status\":\"revoked\"";
  bool session_holds_secret = false;
  std::string event = R"({"actor":{"id":"local-user","type":"human"},"eventId":"evt-)";
  event += digits("event", about).substr(0, 32);
  event += R"(","eventType":"automation.action_denied","payload":{)" + payload;
  event += R"(},"policy":{"decision":"deny","decisionId":"manual-)" + digits("decision", about).substr(0, 16);
  event += R"(","mode":"manual","reason":"the user revoked the session"},"product":"BearBrowser","profile":"unknown",)";
  event += R"("redaction":{"payloadClass":)";
  event += holds_secret ? R"("secret-blocked")" : R"("metadata")";
  event += R"(,"secretValuesLogged":false,"secretValuesPresent":)";
  event += holds_secret ? "true" : "false";
  event += R"(},"schemaVersion":"bearbrowser.provenance.v1",)";
  if (session && !session->empty()) event += "\"sessionId\":" + literal(told(*session, session_holds_secret)) + ",";
  event += R"("surface":"policy","timestamp":)" + literal(instant) + "}";
  return event;
}

/// Why a text is no document, without a byte of it.
std::string not_a_document(std::string_view text, const json::TextFault& fault) {
  const json::Position at = json::Locator(text).at(fault.begin);
  return "the text is no JSON document: " + std::string(info_of(fault.rule).title) + " (" +
         std::string(info_of(fault.rule).id) + ", line " + std::to_string(at.line) + ", column " +
         std::to_string(at.column) + ")";
}

}  // namespace

bool states_id_twice(Value receipt, Dialect dialect) {
  const auto names = names_of(dialect);
  std::size_t count = 0;
  for (const json::Member member : receipt.members()) {
    if (names && member.key.equals(names->id)) ++count;
  }
  return count > 1;
}

std::expected<Revocation, std::string> revoke(std::string_view text, std::string_view now, const Limits& limits) {
  const auto instant = schema::Instant::parse(now);
  if (!instant) {
    return std::unexpected("the instant of the revocation is not an RFC 3339 date-time such as 2026-01-31T12:00:00Z");
  }
  json::Reader reader(limits);
  const json::Document* document = reader.read(text);
  if (document == nullptr) return std::unexpected(not_a_document(text, reader.fault()));
  const Value root = document->root();
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  FindingSink sink(severities.data(), Severity::error, false, 0);
  const Dialect dialect = contract::recognise(root, sink);
  const auto names = names_of(dialect);
  if (!names) {
    const std::string what = dialect == Dialect::none ? "of no known kind" : "a " + std::string(info_of(dialect).kind);
    return std::unexpected("the document is " + what + ", not a receipt of a browser automation session");
  }
  if (states_id_twice(root, dialect)) return std::unexpected("the receipt states its id twice");

  // Where a member stands twice, readers choose differently: the session is over only if all of them read that it is.
  const Value state = names->state.empty() ? Value() : root.find(names->state);
  const bool has_ended = !names->state.empty() && each_is(root, names->state, [](Value value) {
    return std::any_of(ended_states.begin(), ended_states.end(),
                       [&](std::string_view ended) { return value.equals(ended); });
  });
  if (has_ended) {
    std::string scratch;
    return std::unexpected("the session has ended: " + std::string(names->state) + " is " +
                           std::string(state.string(scratch)));
  }
  // Where no member tells the state, the time of a revocation does.
  const bool is_revoked =
      state ? each_is(root, names->state, [](Value value) { return value.equals(revoked); })
            : (dialect != Dialect::browser_receipt_bearbrowser_v1 && each_is(root, revoked_at, is_instant));
  if (is_revoked) {
    const Value time = root.find(revoked_at);
    const std::string when = is_instant(time) ? *text_of(time) : std::string(now);
    return Revocation{std::string(text), event_of(root, dialect, *names, when), false};
  }

  std::string when(now);
  if (const auto start = names->start.empty() ? std::nullopt : text_of(root.find(names->start))) {
    if (const auto begin = schema::Instant::parse(*start); begin && *instant < *begin) when = *start;
  }
  // In this order: where both come to stand in one place of a sorted receipt, it stays sorted.
  Edit edit(root);
  edit.set(revoked_at, literal(when), names->state);
  if (!names->state.empty()) edit.set(names->state, literal(revoked), names->id);
  return Revocation{edit.result(), event_of(root, dialect, *names, when), true};
}

}  // namespace bearproof::session
