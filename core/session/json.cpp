// The canonical JSON of a view. Keys stand in the order of docs/sessions.md; absent values are left out, never null.
#include <string>

#include "bearproof/report/json_writer.h"
#include "bearproof/session/session.h"
#include "bearproof/text/utf8.h"

namespace bearproof::session {
namespace {

using report::Object;
using report::write_array;

void write_text(std::string& out, std::string_view text) { json::append_string(out, text::well_formed(text)); }

void write_place(Object& object, const At& at) {
  object.text("source", at.source);
  if (at.line != 0) object.number("line", at.line);
}

void text_if_stated(Object& object, std::string_view name, const std::string& value) {
  if (!value.empty()) object.text(name, value);
}

void count_if_any(Object& object, std::string_view name, std::uint64_t count) {
  if (count != 0) object.number(name, count);
}

void write_related(std::string& out, const Reason::Other& other) {
  Object object(out);
  write_place(object, other.at);
  object.text("pointer", other.pointer).text("message", other.message);
  object.end();
}

void write_reason(std::string& out, const Reason& reason) {
  Object object(out);
  object.text("rule", info_of(reason.rule_case).id).text("severity", name_of(reason.severity));
  if (reason.refuses) object.boolean("refuses", true);
  object.text("message", reason.message);
  text_if_stated(object, "help", reason.help);
  write_place(object, reason.at);
  if (reason.pointer) object.text("pointer", *reason.pointer);
  if (!reason.related.empty()) write_array(object.key("related"), reason.related, write_related);
  object.end();
}

void write_fields(std::string& out, const Session& session) {
  constexpr std::string_view states[] = {"stated", "not-stated", "not-in-dialect", "faulted"};
  out += '[';
  for (std::size_t i = 0; i < field_count; ++i) {
    const Field& field = session.fields[i];
    if (i != 0) out += ',';
    Object object(out);
    object.text("name", name_of(static_cast<FieldName>(i))).text("label", label_of(static_cast<FieldName>(i)));
    object.text("state", states[static_cast<std::size_t>(field.state)]);
    write_array(object.key("values"), field.values, write_text);
    if (!field.nouns.empty()) write_array(object.key("nouns"), field.nouns, write_text);
    count_if_any(object, "leftOut", field.left_out);
    text_if_stated(object, "pointer", field.pointer);
    object.end();
  }
  out += ']';
}

void write_permission(std::string& out, const Granted& granted) {
  Object object(out);
  object.text("word", granted.word);
  const bool is_known = granted.permission != permission_count;
  object.boolean("sensitive", is_known && permissions[granted.permission].sensitive);
  if (is_known) object.text("plain", permissions[granted.permission].plain);
  object.end();
}

void write_at(std::string& out, const At& at) {
  Object object(out);
  write_place(object, at);
  object.end();
}

void write_record(std::string& out, const HistoryRecord& record) {
  Object object(out);
  write_place(object, record.at);
  object.text("standing", name_of(record.standing)).text("phase", name_of(record.phase));
  write_array(object.key("changed"), record.changed, write_text);
  if (!record.also.empty()) write_array(object.key("also"), record.also, write_at);
  object.end();
}

void write_session(std::string& out, const Session& session) {
  Object object(out);
  object.text("key", session.key).text("standing", name_of(session.standing)).text("phase", name_of(session.phase));
  if (!session.outcome.empty()) object.text("outcome", session.outcome);
  Object revoke(object.key("revoke"));
  revoke.boolean("possible", session.cannot_revoke.empty());
  text_if_stated(revoke, "reason", session.cannot_revoke);
  revoke.end();
  write_array(object.key("reasons"), session.reasons, write_reason);
  if (!session.notes.empty()) write_array(object.key("notes"), session.notes, write_reason);
  count_if_any(object, "reasonsLeftOut", session.reasons_left_out);
  write_fields(object.key("fields"), session);
  write_array(object.key("permissions"), session.permissions, write_permission);
  text_if_stated(object, "receipt", session.receipt);
  text_if_stated(object, "session", session.session);
  text_if_stated(object, "decision", session.decision);
  text_if_stated(object, "owner", session.owner);
  text_if_stated(object, "label", session.label);
  text_if_stated(object, "transport", session.transport);
  text_if_stated(object, "origin", session.origin);
  text_if_stated(object, "startedAt", session.started_at);
  text_if_stated(object, "capturedAt", session.captured_at);
  text_if_stated(object, "revokedAt", session.revoked_at);
  write_place(object, session.at);
  object.text("dialect", info_of(session.dialect).dialect).text("digest", session.digest);
  write_array(object.key("records"), session.records, write_record);
  count_if_any(object, "recordsLeftOut", session.records_left_out);
  object.end();
}

void write_other(std::string& out, const Other& other) {
  Object object(out);
  write_place(object, other.at);
  if (other.dialect != Dialect::none) {
    object.text("kind", info_of(other.dialect).kind).text("dialect", info_of(other.dialect).dialect);
  }
  object.text("verdict", report::name_of(other.verdict));
  if (other.not_admitted) object.text("standing", name_of(Standing::not_admitted));
  if (!other.reasons.empty()) write_array(object.key("reasons"), other.reasons, write_reason);
  object.end();
}

void write_summary(std::string& out, const Summary& summary) {
  Object object(out);
  object.number("active", summary.active).number("ended", summary.ended).number("unstated", summary.unstated);
  object.number("notAdmitted", summary.not_admitted).number("needsAttention", summary.needs_attention);
  object.number("consistent", summary.consistent).number("unreadable", summary.unreadable);
  count_if_any(object, "othersLeftOut", summary.others_left_out);
  object.end();
}

}  // namespace

std::string to_json(const View& view) {
  std::string out;
  Object object(out);
  object.text("bearproof", report::version());
  text_if_stated(object, "now", view.now);
  if (view.undeclared_automation) object.boolean("undeclaredAutomation", true);
  write_array(object.key("sessions"), view.sessions, write_session);
  write_array(object.key("others"), view.others, write_other);
  write_summary(object.key("summary"), view.summary);
  object.end();
  return out;
}

}  // namespace bearproof::session
