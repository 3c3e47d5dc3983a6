#include "card.h"

#include <algorithm>
#include <utility>

#include "bearproof/contract/key_map.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/pointer.h"
#include "bearproof/rules/rules.h"
#include "bearproof/schema/instant.h"
#include "bearproof/text/utf8.h"

namespace bearproof::session {
namespace {

using json::Value;

constexpr contract::KeyMap<member_count> keys(std::array<std::string_view, member_count>{
    "id",        "receiptId",       "sessionRef",  "ownerRef", "policyDecisionRef", "userVisible", "revocable",
    "transport", "permissionScope", "origin",      "status",   "terminalState",     "capturedAt",  "startedAt",
    "revokedAt", "terminatedAt",    "displayName", "tabScope", "controlledScope",   "evidenceRefs"});

constexpr std::array<std::string_view, field_count> names = {
    "receiptId", "owner", "displayName", "transport", "tabScope", "permissionScope", "origin", "status", "capturedAt"};

constexpr std::array<std::string_view, field_count> labels = {"Evidence receipt ID",
                                                              "Owner / Agent",
                                                              "Session label",
                                                              "Active transport",
                                                              "Controlled tab(s) / window(s)",
                                                              "Granted permissions",
                                                              "Origin (local / remote / workspace)",
                                                              "Session status",
                                                              "Session started"};

/// What a sourceos-v2 receipt calls the parts of what is controlled, and what each part is.
struct ScopePart {
  std::string_view member;
  std::string_view noun;
};
constexpr ScopePart scope_parts[] = {
    {"urlOrigin", "origin"}, {"tabRef", "tab"}, {"windowRef", "window"}, {"workspaceRef", "workspace"}};

constexpr std::string_view ended_states[] = {"revoked", "ended", "completed", "failed", "denied"};

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

bool is_instant(std::string_view text) { return schema::Instant::parse(text).has_value(); }

/// Adds a value to a field. What is no string is shown as it is written; that is a fault.
void add_value(const Receipt& receipt, Value value, Field& field) {
  if (!value.is_string()) field.state = Field::State::faulted;
  if (value.is_array() || value.is_object()) return;
  if (field.values.size() == most_values) {
    ++field.left_out;
    return;
  }
  if (receipt.show(value, field.values.emplace_back())) field.state = Field::State::faulted;
}

void add_parts(const Receipt& receipt, Value scope, Field& field) {
  std::string scratch;
  for (const ScopePart& part : scope_parts) {
    Value value;
    int times = 0;
    for (const json::Member member : scope.members()) {
      if (!member.key.equals(part.member)) continue;
      value = member.value;
      ++times;
    }
    if (times > 1) field.state = Field::State::faulted;
    if (times != 1 || value.is_null()) continue;
    const std::size_t before = field.values.size();
    add_value(receipt, value, field);
    if (field.values.size() != before) field.nouns.push_back(part.noun);
  }
}

Field read_field(const Receipt& receipt, Member member, const std::function<bool(std::string_view)>& is_faulted) {
  Field field;
  if (member == Member::none) {
    field.state = Field::State::not_in_dialect;
    return field;
  }
  field.pointer = pointer_to(member);
  const Value value = receipt[member];
  if (receipt.is_twice(member)) {
    field.state = Field::State::faulted;
  } else if (value) {
    field.state = Field::State::stated;
    if (value.is_array()) {
      for (const Value item : value.items()) add_value(receipt, item, field);
      // A list where the dialect wants one text.
      const bool is_list = member == Member::tab_scope || member == Member::permission_scope;
      if (!is_list) field.state = Field::State::faulted;
      if (is_list && value.size() == 0) field.state = Field::State::not_stated;
    } else if (value.is_object() && member == Member::controlled_scope) {
      add_parts(receipt, value, field);
      if (field.values.empty() && field.state == Field::State::stated) field.state = Field::State::not_stated;
    } else if (value.is_string() && receipt.text(member).empty()) {
      field.state = Field::State::not_stated;
    } else {
      add_value(receipt, value, field);
      if (member == Member::tab_scope || member == Member::permission_scope || member == Member::controlled_scope) {
        field.state = Field::State::faulted;
      }
    }
  }
  if (field.state == Field::State::stated && is_faulted(field.pointer)) field.state = Field::State::faulted;
  return field;
}

void read_permissions(const Receipt& receipt, Session& out) {
  const Value scope = receipt[Member::permission_scope];
  if (!scope) return;
  std::array<bool, permission_count> known{};
  std::string scratch;
  std::size_t unknown = 0;
  for (const Value item : scope.items()) {
    if (!item.is_string()) continue;
    const std::size_t permission = permission_from(item.string(scratch));
    if (permission != permission_count) {
      if (known[permission]) continue;
      known[permission] = true;
    } else if (++unknown > most_values) {
      continue;
    }
    Granted& granted = out.permissions.emplace_back();
    granted.permission = permission;
    receipt.show(item, granted.word);
  }
  stable_sort(out.permissions, [](const Granted& a, const Granted& b) { return a.permission < b.permission; });
  if (out.permissions.size() > most_values) out.permissions.resize(most_values);
}

/// Everything that is said in a value, as one text.
std::string flat(Value value) {
  if (!value) return {};
  std::string out;
  std::string scratch;
  const NodeIndex end = value.next();
  for (NodeIndex index = value.index(); index < end; ++index) {
    const Value node(&value.document(), index);
    out += static_cast<char>('0' + static_cast<int>(node.type()));
    if (node.is_string()) out += node.string(scratch);
    if (node.is_number() || node.is_boolean()) out += node.raw();
    out += '\0';
  }
  return out;
}

}  // namespace

std::string_view name_of(FieldName field) { return names[static_cast<std::size_t>(field)]; }
std::string_view label_of(FieldName field) { return labels[static_cast<std::size_t>(field)]; }
std::string_view name_of(Member member) { return keys[static_cast<std::size_t>(member)]; }

std::string pointer_to(Member member) { return std::string("/").append(name_of(member)); }

bool is_at(std::string_view pointer, std::string_view place) {
  return pointer.starts_with(place) && (pointer.size() == place.size() || pointer[place.size()] == '/');
}

const DialectMembers& members_of(Dialect dialect) {
  static constexpr DialectMembers seed = {Member::id, Member::none, Member::none, Member::none, Member::none};
  static constexpr DialectMembers sourceos = {Member::id, Member::none, Member::controlled_scope,
                                              Member::terminal_state, Member::started_at};
  static constexpr DialectMembers bearbrowser = {Member::receipt_id, Member::display_name, Member::tab_scope,
                                                 Member::status, Member::captured_at};
  if (dialect == Dialect::browser_receipt_bearbrowser_v1) return bearbrowser;
  return dialect == Dialect::browser_receipt_sourceos_v2 ? sourceos : seed;
}

Receipt::Receipt(Value root, Dialect dialect, const report::Secrets* secrets)
    : document_(&root.document()), dialect_(dialect), secrets_(secrets) {
  std::string scratch;
  for (const json::Member member : root.members()) {
    const int found = keys.find(member.key.string(scratch));
    if (found < 0) continue;
    const auto at = static_cast<std::size_t>(found);
    values_[at] = member.value.index();
    if (counts_[at] < 2) ++counts_[at];
  }
}

Value Receipt::operator[](Member member) const {
  if (member == Member::none || counts_[index(member)] != 1) return {};
  const Value value(document_, values_[index(member)]);
  return value.is_null() ? Value() : value;
}

std::string Receipt::text(Member member) const {
  const Value value = (*this)[member];
  if (!value || !value.is_string()) return {};
  std::string scratch;
  const std::string_view text = value.string(scratch);
  return is_blank(text) ? std::string() : std::string(text);
}

bool Receipt::show(Value value, std::string& into) const {
  std::string scratch;
  const std::string_view text = value.is_string() ? value.string(scratch) : value.raw();
  const bool hidden =
      rules::holds_secret(text) || (secrets_ != nullptr && (secrets_->too_many() || secrets_->in(text)));
  into =
      hidden ? "[hidden: " + std::to_string(code_points(text)) + " characters]" : text::shortened(text, longest_value);
  return hidden;
}

std::string Receipt::shown(Member member) const {
  std::string out;
  if (!text(member).empty() && show((*this)[member], out)) out.clear();
  return out;
}

bool Receipt::is_true(Member member) const {
  const Value value = (*this)[member];
  return value && value.is_true();
}

std::string Receipt::instant(Member member) const {
  std::string out = text(member);
  if (!is_instant(out)) out.clear();
  return out;
}

State Receipt::state() const {
  const std::string word = text(members_of(dialect_).status);
  if (word == "active") return {Phase::active, {}, false};
  if (word == "orphaned") return {Phase::active, {}, true};
  for (const std::string_view ended : ended_states) {
    if (word == ended) return {Phase::ended, ended, false};
  }
  // No word that says whether it goes on: a time at which it was over does, where the dialect means that by it.
  if (dialect_ == Dialect::browser_receipt_bearbrowser_v1) {
    return instant(Member::terminated_at).empty() ? State() : State{Phase::ended, "ended", false};
  }
  const bool is_silent = word.empty() && !is_twice(members_of(dialect_).status);
  return is_silent && !instant(Member::revoked_at).empty() ? State{Phase::ended, "revoked", false} : State();
}

bool Receipt::is_identified() const {
  const Member id = members_of(dialect_).receipt_id;
  return !text(id).empty() && !is_twice(Member::session_ref) && !is_twice(Member::owner_ref);
}

void fill_card(const Receipt& receipt, const std::function<bool(std::string_view)>& is_faulted, Session& out) {
  const DialectMembers& members = members_of(receipt.dialect());
  const std::array<Member, field_count> of_fields = {members.receipt_id, Member::owner_ref, members.display_name,
                                                     Member::transport,  members.tab_scope, Member::permission_scope,
                                                     Member::origin,     members.status,    members.start};
  for (std::size_t i = 0; i < field_count; ++i) out.fields[i] = read_field(receipt, of_fields[i], is_faulted);
  read_permissions(receipt, out);
  out.receipt = receipt.shown(members.receipt_id);
  out.session = receipt.shown(Member::session_ref);
  out.decision = receipt.shown(Member::policy_decision_ref);
  out.owner = receipt.shown(Member::owner_ref);
  out.label = receipt.shown(members.display_name);
  out.transport = receipt.shown(Member::transport);
  out.origin = receipt.shown(Member::origin);
  out.started_at = receipt.instant(members.start);
  out.captured_at = receipt.instant(Member::captured_at);
  out.revoked_at = receipt.instant(Member::revoked_at);
}

Snapshot snapshot_of(const Receipt& receipt) {
  const DialectMembers& members = members_of(receipt.dialect());
  const std::array<Member, compared_count> all = {
      members.receipt_id,   Member::owner_ref,           members.display_name,  Member::transport,
      members.tab_scope,    Member::permission_scope,    Member::origin,        members.status,
      members.start,        Member::policy_decision_ref, Member::evidence_refs, Member::revoked_at,
      Member::terminated_at};
  Snapshot out;
  for (std::size_t i = 0; i < all.size(); ++i) out[i] = flat(receipt[all[i]]);
  return out;
}

std::vector<std::string_view> changes_between(const Snapshot& before, const Snapshot& after) {
  constexpr std::array<std::string_view, compared_count - field_count> more = {"decision", "evidence", "revokedAt",
                                                                               "terminatedAt"};
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < compared_count; ++i) {
    if (before[i] != after[i]) out.push_back(i < field_count ? names[i] : more[i - field_count]);
  }
  return out;
}

}  // namespace bearproof::session
