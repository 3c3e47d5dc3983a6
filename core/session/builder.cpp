#include <algorithm>
#include <utility>

#include "bearproof/collection/history.h"
#include "bearproof/collection/link.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/redact.h"
#include "bearproof/rules/rules.h"
#include "bearproof/schema/instant.h"
#include "bearproof/session/revoke.h"
#include "bearproof/session/session.h"

#include "card.h"

namespace bearproof::session {
namespace {

using collection::DocumentIndex;
using collection::Slot;

/// Findings kept of one record, of each sort; flags count those beyond.
constexpr std::size_t most_kept = 64;
constexpr std::size_t most_related = 3;

/// Whether documents of a dialect may say something that counts for a session: those of these families that other
/// documents can refer to. An event that nothing refers to is kept by nobody.
bool bears_on_sessions(Dialect dialect) {
  if (dialect >= Dialect::count) return false;
  const std::string_view family = info_of(dialect).family;
  const bool is_near = family == "browser" || family == "session" || family == "capability" || family == "orphan";
  return is_near && !collection::pointer_of(dialect, Slot::id).empty();
}

/// Rules that tell that a check did not come to its end: what else there is, nobody knows.
bool is_undecided(RuleCase rule_case) {
  const std::string_view family = info_of(rule_case).family;
  return family == "limit" || family == "engine";
}

/// What a session needs in order to be admitted, and the rule that asks for it.
struct Need {
  Member member;
  RuleCase rule;
  bool is_identity;  ///< names the session, its owner or its receipt
};
constexpr Need needs[] = {
    {Member::policy_decision_ref, Rule::browser_policy_missing, false},
    {Member::owner_ref, Rule::browser_owner_missing, true},
    {Member::session_ref, Rule::browser_session_missing, true},
    {Member::user_visible, Rule::browser_session_user_visible, false},
    {Member::revocable, Rule::browser_session_revocable, false},
    {Member::receipt_id, Rule::schema_shape, true},
};

/// Where a need stands in receipts of a dialect.
Member member_of(const Need& need, Dialect dialect) {
  return need.member == Member::receipt_id ? members_of(dialect).receipt_id : need.member;
}

bool stands_at_need(std::string_view pointer, Dialect dialect, bool identity_only) {
  for (const Need& need : needs) {
    if (identity_only && !need.is_identity) continue;
    if (is_at(pointer, pointer_to(member_of(need, dialect)))) return true;
  }
  return false;
}

/// What is known of a group of findings.
struct Found {
  std::vector<Reason> reasons;
  std::uint64_t left_out = 0;
  Severity worst = Severity::off;
  bool refuses = false;

  void add(Reason&& reason) {
    refuses = refuses || reason.refuses;
    worst = std::max(worst, reason.severity);
    // What refuses stays in sight whatever came before it.
    if (reasons.size() < most_kept || (reason.refuses && reasons.size() < 2 * most_kept)) {
      reasons.push_back(std::move(reason));
    } else {
      ++left_out;
    }
  }
};

/// One receipt document.
struct Record {
  DocumentIndex document = 0;
  std::uint64_t line = 0;
  Dialect dialect = Dialect::none;
  State state;
  bool is_identified = false;
  bool states_id_twice = false;
  Found own;             ///< found in the document
  Found between;         ///< found between documents
  Found about_identity;  ///< of those, what concerns who owns which session
  std::unique_ptr<report::Secrets> secrets;

  Standing standing() const {
    if (own.refuses || between.refuses || state.outcome == "denied") return Standing::not_admitted;
    const Severity worst = std::max(own.worst, between.worst);
    return worst >= Severity::warning || state.orphaned ? Standing::needs_attention : Standing::consistent;
  }
};

/// The texts of the documents that bear on sessions.
class Kept : public collection::Texts {
 public:
  void add(std::string_view text) { texts_.emplace_back(text); }
  const std::string& operator[](DocumentIndex document) const { return texts_[document]; }
  bool read(const collection::Index&, DocumentIndex document, std::string& into) override {
    into = texts_[document];
    return true;
  }

 private:
  std::vector<std::string> texts_;
};

/// The secrets of a document: what its sensitive findings point at.
std::unique_ptr<report::Secrets> secrets_of(const json::Document& document, const report::DocumentReport& report,
                                            std::uint64_t origin) {
  if (report.hidden.empty()) return nullptr;
  auto secrets = std::make_unique<report::Secrets>();
  std::size_t next = 0;
  for (NodeIndex index = 0; index < document.size && next < report.hidden.size(); ++index) {
    const json::Value value(&document, index);
    const std::uint64_t begin = origin + value.span().begin;
    while (next < report.hidden.size() && report.hidden[next].begin < begin) ++next;
    if (next == report.hidden.size() || report.hidden[next].begin != begin) continue;
    if (report.hidden[next].end == origin + value.span().end) secrets->add(value);
  }
  return secrets;
}

/// Names of members may be secrets too: a pointer then ends above them, and the message says no more than the rule.
void guard(Reason& reason) {
  if (rules::holds_secret(reason.message)) reason.message = info_of(reason.rule_case).message;
  if (rules::holds_secret(reason.help)) reason.help = info_of(reason.rule_case).help;
  while (reason.pointer && !reason.pointer->empty() && rules::holds_secret(*reason.pointer)) {
    reason.pointer->resize(reason.pointer->rfind('/'));
    reason.message = info_of(reason.rule_case).message;
  }
}

Reason reason_of(report::LocatedFinding& finding) {
  Reason out;
  out.rule_case = finding.rule_case;
  out.severity = finding.severity;
  out.message = std::move(finding.message);
  out.help = std::move(finding.help);
  out.pointer = std::move(finding.pointer);
  guard(out);
  return out;
}

Reason made(RuleCase rule_case, std::string message = {}) {
  const RuleInfo& info = info_of(rule_case);
  Reason out;
  out.rule_case = rule_case;
  out.severity = info.severity;
  out.message = message.empty() ? std::string(info.message) : std::move(message);
  out.help = info.help;
  return out;
}

/// Counts what is listed of one source and altogether.
class Room {
 public:
  bool take(std::string_view source) {
    if (source != source_) {
      source_ = source;
      of_source_ = 0;
    }
    if (of_source_ == most_others_of_source || all_ == most_others) return false;
    ++of_source_;
    ++all_;
    return true;
  }

 private:
  std::string source_;
  std::size_t of_source_ = 0;
  std::size_t all_ = 0;
};

CheckOptions check_options(const Options& options) {
  CheckOptions out;
  out.level = Severity::notice;
  out.now = options.now;
  out.ttl_minutes = options.ttl_minutes;
  out.limits = options.limits;
  return out;
}

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

/// Sessions that go on by standing, worst first, then by their start, newest first; then ended ones by their end.
bool comes_before(const Session& a, const Session& b) {
  const bool a_ended = a.phase == Phase::ended;
  if (a_ended != (b.phase == Phase::ended)) return !a_ended;
  if (!a_ended && a.standing != b.standing) return a.standing > b.standing;
  const int times = a_ended ? by_instant(end_of(a), end_of(b)) : by_instant(start_of(a), start_of(b));
  if (times != 0) return times > 0;
  return a.receipt != b.receipt ? a.receipt < b.receipt : a.key < b.key;
}

/// The most important first: what refuses, then errors, then warnings.
void put_in_order(std::vector<Reason>& reasons) {
  stable_sort(reasons, [](const Reason& a, const Reason& b) {
    return a.refuses != b.refuses ? a.refuses : a.severity > b.severity;
  });
}

}  // namespace

struct Builder::Impl {
  explicit Impl(const Options& given) : options(given), validator(check_options(given)) {
    effective_severities(validator.options(), severities);
    for (std::size_t i = 0; i < bears.size(); ++i) bears[i] = bears_on_sessions(static_cast<Dialect>(i));
  }

  void take(Checked& checked);
  void add_receipt(Checked& checked);
  void add_other(Checked& checked);
  void list(Other&& other) { view.others.push_back(std::move(other)); }
  DocumentIndex keep(const Checked& checked);

  void link();
  void attach(const collection::Found& found, const collection::Spot& spot, const collection::Spot* other,
              std::string_view message);
  std::string told(const collection::Found& found) const;
  At at(const Record& record) const;

  void fold();
  void add_session(std::vector<std::uint32_t>& group);
  std::string key_of(const Record& record);
  void summarise();

  Options options;
  Validator validator;
  std::array<Severity, rule_case_count> severities{};
  std::array<bool, static_cast<std::size_t>(Dialect::count)> bears{};  ///< by dialect: bears_on_sessions
  collection::Index index;
  collection::Entry facts;
  Kept texts;
  std::vector<Record> records;
  std::vector<std::uint32_t> record_of;  ///< by document: its record, or `nothing`
  Room unreadable;
  Room others;
  collection::Strings keys;
  json::Reader reader;
  bool links_left_out = false;
  View view;

  static constexpr std::uint32_t nothing = ~std::uint32_t{0};
};

DocumentIndex Builder::Impl::keep(const Checked& checked) {
  const DocumentIndex document = index.size();
  facts.read(*checked.document, checked.dialect);
  index.add(facts, checked.source, checked.origin, checked.line.has_value());
  texts.add(checked.text);
  record_of.push_back(nothing);
  return document;
}

void Builder::Impl::take(Checked& checked) {
  if (checked.document != nullptr && has(checked.dialect, Trait::browser_receipt)) {
    add_receipt(checked);
  } else {
    add_other(checked);
  }
}

void Builder::Impl::add_other(Checked& checked) {
  const bool is_readable = checked.document != nullptr;
  if (!is_readable) ++view.summary.unreadable;
  if (is_readable && checked.dialect < Dialect::count && bears[static_cast<std::size_t>(checked.dialect)])
    keep(checked);
  if (!(is_readable ? others : unreadable).take(checked.source)) {
    ++view.summary.others_left_out;
    return;
  }
  report::DocumentReport report = checked.report();
  // What is no document has no members to tell secrets by: a fault that may quote one says only what its rule says.
  const bool may_quote = is_readable || !rules::holds_secret(checked.text);
  Other other;
  other.at = {std::string(checked.source), checked.line.value_or(0)};
  other.dialect = report.dialect;
  other.verdict = report.verdict;
  other.not_admitted = !is_readable;
  for (report::LocatedFinding& finding : report.findings) {
    const bool refuses = !is_readable || is_undecided(finding.rule_case);
    if (finding.severity < Severity::warning && !refuses) continue;
    other.not_admitted = other.not_admitted || refuses;
    if (other.reasons.size() == most_kept && !refuses) continue;
    Reason& reason = other.reasons.emplace_back(reason_of(finding));
    if (!may_quote) reason.message = info_of(reason.rule_case).message;
    reason.at = other.at;
    reason.refuses = refuses;
  }
  put_in_order(other.reasons);
  list(std::move(other));
}

void Builder::Impl::add_receipt(Checked& checked) {
  report::DocumentReport report = checked.report();
  const json::Document& document = *checked.document;
  auto secrets = secrets_of(document, report, checked.origin.offset);
  const Receipt receipt(document.root(), checked.dialect, secrets.get());

  Record& record = records.emplace_back();
  record.document = keep(checked);
  record_of[record.document] = static_cast<std::uint32_t>(records.size() - 1);
  record.line = checked.line.value_or(0);
  record.dialect = checked.dialect;
  record.state = receipt.state();
  record.is_identified = receipt.is_identified();
  record.states_id_twice = document.has_duplicates && states_id_twice(document.root(), checked.dialect);
  record.secrets = std::move(secrets);

  for (const Need& need : needs) {
    const Member member = member_of(need, record.dialect);
    const bool is_flag = need.member == Member::user_visible || need.member == Member::revocable;
    if (is_flag ? receipt.is_true(member) : !receipt.text(member).empty()) continue;
    const bool is_told = std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& finding) {
      return finding.severity == Severity::error && (info_of(finding.rule_case).first == info_of(need.rule).first ||
                                                     (finding.pointer && is_at(*finding.pointer, pointer_to(member))));
    });
    if (is_told && need.member != Member::receipt_id) continue;
    Reason reason = made(need.rule, need.member == Member::receipt_id ? "the receipt states no id of its own" : "");
    if (need.member == Member::receipt_id) reason.help.clear();
    reason.severity = Severity::error;
    reason.pointer.emplace();
    reason.refuses = true;
    record.own.add(std::move(reason));
  }
  const bool is_unrecognised = report.verdict == report::Verdict::unrecognised;
  for (report::LocatedFinding& finding : report.findings) {
    bool refuses = is_undecided(finding.rule_case) || is_unrecognised;
    if (finding.severity == Severity::error) {
      refuses = refuses || (finding.pointer && stands_at_need(*finding.pointer, record.dialect, false));
      for (const Need& need : needs) {
        // A member that is not there is told of at the object that lacks it.
        refuses = refuses ||
                  (need.member != Member::receipt_id && info_of(finding.rule_case).first == info_of(need.rule).first);
      }
    }
    if (finding.severity < Severity::notice && !refuses) continue;
    Reason reason = reason_of(finding);
    reason.refuses = refuses;
    record.own.add(std::move(reason));
  }
  if (is_unrecognised && !record.own.refuses) record.own.refuses = true;
}

At Builder::Impl::at(const Record& record) const {
  return {std::string(index.text(index[record.document].source)), record.line};
}

std::string Builder::Impl::told(const collection::Found& found) const {
  std::string message = found.message.empty() ? std::string(info_of(found.rule_case).message) : found.message;
  const auto strike = [&](DocumentIndex document) {
    const std::uint32_t record = record_of[document];
    if (record == nothing || !records[record].secrets) return;
    if (records[record].secrets->too_many()) message = info_of(found.rule_case).message;
    records[record].secrets->strike(message);
  };
  strike(found.at.document);
  for (const collection::Found::Other& other : found.related) strike(other.at.document);
  return message;
}

/// Gives a finding to the receipt that one of its places stands in.
void Builder::Impl::attach(const collection::Found& found, const collection::Spot& spot, const collection::Spot* other,
                           std::string_view message) {
  const std::uint32_t number = record_of[spot.document];
  if (number == nothing) return;
  Record& record = records[number];
  Reason reason = made(found.rule_case, std::string(message));
  reason.severity = severities[static_cast<std::size_t>(found.rule_case)];
  reason.pointer = spot.pointer;
  guard(reason);
  const bool is_error = reason.severity == Severity::error;
  reason.refuses = is_undecided(found.rule_case) || (is_error && stands_at_need(spot.pointer, record.dialect, false));
  const auto add_place = [&](const collection::Spot& place, std::string_view words) {
    if (reason.related.size() == most_related) return;
    const collection::Record& there = index[place.document];
    reason.related.push_back(
        {{std::string(index.text(there.source)), there.is_line ? there.line : 0}, place.pointer, std::string(words)});
  };
  if (other != nullptr) {
    add_place(*other, "the finding stands here");
  } else {
    for (const collection::Found::Other& place : found.related) add_place(place.at, place.message);
  }
  if (is_error && stands_at_need(spot.pointer, record.dialect, true)) {
    Reason copy = reason;
    record.about_identity.add(std::move(copy));
  }
  record.between.add(std::move(reason));
}

void Builder::Impl::link() {
  collection::LinkOptions asked;
  asked.severities = severities.data();
  asked.level = Severity::notice;
  asked.limit = most_links;
  asked.ttl_minutes = options.ttl_minutes;
  if (const auto now = schema::Instant::parse(options.now)) {
    asked.now = schema::Instant::nanoseconds_between({}, *now);
  }
  const collection::Linked linked = collection::link(index, asked, texts);
  links_left_out = linked.dropped != 0;
  for (const collection::Found& found : linked.found) {
    const std::string message = told(found);
    attach(found, found.at, nullptr, message);
    for (const collection::Found::Other& other : found.related) {
      if (other.at.document != found.at.document) attach(found, other.at, &found.at, message);
    }
  }
}

std::string Builder::Impl::key_of(const Record& record) {
  const collection::Record& facts_of = index[record.document];
  std::string text = "[";
  json::append_string(text, info_of(record.dialect).dialect);
  for (const Slot slot : {Slot::id, Slot::owner, Slot::session}) {
    text += ',';
    json::append_string(text, index.text(facts_of[slot]));
  }
  if (!record.is_identified) {
    // Nobody can say whose record it is: it stands for itself, by its place.
    text += ',';
    json::append_string(text, index.text(facts_of.source));
    text.append(1, ',').append(std::to_string(record.line));
  }
  std::string key = json::sha256_text(text);
  for (std::uint64_t again = 2; keys.find(key) != 0; ++again) {
    key = json::sha256_text(text + "," + std::to_string(again));
  }
  keys.add(key);
  return key;
}

void Builder::Impl::add_session(std::vector<std::uint32_t>& group) {
  std::vector<DocumentIndex> order;
  for (const std::uint32_t record : group) order.push_back(records[record].document);
  if (order.size() > 1) collection::put_in_order(index, order);

  Session& session = view.sessions.emplace_back();
  Record& newest = records[record_of[order.back()]];
  Found identity;
  Found repeated;  // found at copies of the newest record
  bool was_revoked = false;
  bool is_revoked_before = false;
  bool is_refused_before = false;
  std::string revoked_at;
  std::size_t copies = 0;  // of the newest record, at the end

  // The history, oldest first: adjacent records that say the same are one, at the place of the last.
  if (order.size() > 1) {
    Snapshot before;
    for (std::size_t i = 0; i < order.size(); ++i) {
      Record& record = records[record_of[order[i]]];
      const json::Document* document = reader.read(texts[order[i]]);
      if (document == nullptr) continue;  // it was one when it came
      const Receipt receipt(document->root(), record.dialect, record.secrets.get());
      Snapshot now = snapshot_of(receipt);
      const bool is_copy = i != 0 && now == before && collection::say_the_same(index, texts, order[i - 1], order[i]);
      if (is_copy) {
        HistoryRecord& last = session.records.back();
        if (last.also.size() < most_records) last.also.push_back(last.at);
        last.at = at(record);
        last.standing = std::max(last.standing, record.standing());
        ++copies;
      } else {
        copies = 0;
        was_revoked = was_revoked || is_revoked_before;
        HistoryRecord& entry = session.records.emplace_back();
        entry.at = at(record);
        entry.standing = record.standing();
        entry.phase = record.state.phase;
        if (i != 0) entry.changed = changes_between(before, now);
        if (session.records.size() > 2 * most_records) {
          const auto count = static_cast<std::ptrdiff_t>(session.records.size() - most_records);
          for (std::ptrdiff_t k = 0; k < count; ++k) {
            const Standing standing = session.records[static_cast<std::size_t>(k)].standing;
            is_refused_before = is_refused_before || standing == Standing::not_admitted;
          }
          session.records.erase(session.records.begin(), session.records.begin() + count);
          session.records_left_out += static_cast<std::uint64_t>(count);
        }
      }
      is_revoked_before = record.state.outcome == "revoked";
      if (is_revoked_before) revoked_at = receipt.instant(Member::revoked_at);
      before = std::move(now);
      for (Reason& reason : record.about_identity.reasons) {
        if (&record == &newest) break;
        reason.at = at(record);
        identity.add(std::move(reason));
      }
      identity.refuses = identity.refuses || record.about_identity.refuses;
    }
    for (std::size_t i = 0; i + 1 < session.records.size(); ++i) {
      is_refused_before = is_refused_before || session.records[i].standing == Standing::not_admitted;
    }
    for (std::size_t i = order.size() - 1 - copies; i + 1 < order.size(); ++i) {
      Record& copy = records[record_of[order[i]]];
      for (Reason& reason : copy.between.reasons) {
        reason.at = at(copy);
        repeated.add(std::move(reason));
      }
      repeated.refuses = repeated.refuses || copy.between.refuses;
      repeated.worst = std::max(repeated.worst, copy.between.worst);
    }
  } else {
    HistoryRecord& entry = session.records.emplace_back();
    entry.at = at(newest);
    entry.standing = newest.standing();
    entry.phase = newest.state.phase;
  }
  if (session.records.size() > most_records) {
    const auto count = static_cast<std::ptrdiff_t>(session.records.size() - most_records);
    session.records.erase(session.records.begin(), session.records.begin() + count);
    session.records_left_out += static_cast<std::uint64_t>(count);
  }

  session.key = key_of(newest);
  session.at = at(newest);
  session.dialect = newest.dialect;
  session.phase = newest.state.phase;
  session.outcome = newest.state.outcome;
  session.digest = json::sha256_text(texts[newest.document]);

  // Reasons.
  std::vector<Reason> all;
  std::uint64_t left_out = newest.own.left_out + newest.between.left_out + identity.left_out + repeated.left_out;
  const auto say = [&](RuleCase rule_case, Severity severity, bool refuses, std::string_view pointer,
                       std::string message = {}) {
    Reason& reason = all.emplace_back(made(rule_case, std::move(message)));
    reason.severity = severity;
    reason.refuses = refuses;
    reason.pointer = pointer;
  };
  const Member status = members_of(newest.dialect).status;
  const std::string state_pointer = status == Member::none ? "" : pointer_to(status);
  const bool is_restored = was_revoked && session.phase != Phase::ended;
  if (links_left_out) {
    say(Rule::limit_findings, Severity::error, true, "",
        "more findings between documents than are kept: nobody knows whether one of them concerns this session");
  }
  if (is_restored) {
    say(Rule::browser_receipt_repeated, Severity::error, true, state_pointer,
        "the session was revoked, and a later record says that it goes on");
  }
  if (session.outcome == "denied") say(Rule::browser_session_denied, Severity::error, true, state_pointer);
  for (Found* found : {&newest.own, &newest.between, &repeated, &identity}) {
    for (Reason& reason : found->reasons) all.push_back(std::move(reason));
  }
  if (newest.state.orphaned) say(Rule::browser_session_orphaned, Severity::warning, false, state_pointer);
  const bool refuses = newest.own.refuses || newest.between.refuses || repeated.refuses || identity.refuses ||
                       is_restored || links_left_out || session.outcome == "denied";
  const Severity worst = std::max({newest.own.worst, newest.between.worst, repeated.worst});
  if (refuses) {
    session.standing = Standing::not_admitted;
  } else if (worst >= Severity::warning || newest.state.orphaned || is_refused_before) {
    session.standing = Standing::needs_attention;
    if (is_refused_before) say(Rule::browser_session_earlier_refused, Severity::warning, false, "");
  }
  if (was_revoked && session.phase == Phase::ended) session.outcome = "revoked";
  session.records.back().standing = std::max(session.records.back().standing, session.standing);

  put_in_order(all);
  std::vector<std::string> faults;
  for (Reason& reason : all) {
    if (reason.at.source.empty()) reason.at = session.at;
    if (reason.severity == Severity::error && reason.pointer) faults.push_back(*reason.pointer);
    const bool is_note = reason.severity < Severity::warning && !reason.refuses;
    std::vector<Reason>& list = is_note ? session.notes : session.reasons;
    const bool is_told = std::any_of(list.begin(), list.end(), [&](const Reason& told_before) {
      return told_before.rule_case == reason.rule_case && told_before.pointer == reason.pointer &&
             (told_before.message == reason.message || reason.rule_case == Rule::browser_receipt_repeated);
    });
    if (is_told) continue;
    if (list.size() == most_reasons) {
      ++left_out;
    } else {
      list.push_back(std::move(reason));
    }
  }
  session.reasons_left_out = left_out;

  // The card.
  if (const json::Document* document = reader.read(texts[newest.document])) {
    const Receipt receipt(document->root(), newest.dialect, newest.secrets.get());
    fill_card(
        receipt,
        [&](std::string_view place) {
          return std::any_of(faults.begin(), faults.end(),
                             [&](const std::string& fault) { return is_at(fault, place); });
        },
        session);
  }
  if (session.revoked_at.empty() && session.outcome == "revoked") session.revoked_at = revoked_at;
  if (session.phase == Phase::ended) {
    session.cannot_revoke = "the session has ended";
  } else if (newest.states_id_twice) {
    session.cannot_revoke = "the record states its id twice: which session it tells of nobody can say";
  }
}

void Builder::Impl::fold() {
  // Only records that agree in dialect, receipt id, session and owner are one receipt: nobody's receipt disappears
  // below another's by repeating its id.
  std::vector<std::uint32_t> order(records.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto compare = [&](std::uint32_t a, std::uint32_t b) {
    const Record& left = records[a];
    const Record& right = records[b];
    if (left.is_identified != right.is_identified) return left.is_identified ? -1 : 1;
    if (!left.is_identified) return a < b ? -1 : (b < a ? 1 : 0);
    if (left.dialect != right.dialect) return left.dialect < right.dialect ? -1 : 1;
    for (const Slot slot : {Slot::id, Slot::owner, Slot::session}) {
      const collection::StringId one = index[left.document][slot];
      const collection::StringId two = index[right.document][slot];
      if (one != two) return one < two ? -1 : 1;
    }
    return 0;
  };
  stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
  std::vector<std::uint32_t> group;
  for (std::size_t i = 0; i < order.size();) {
    group.clear();
    const std::uint32_t first = order[i];
    for (; i < order.size() && compare(first, order[i]) == 0; ++i) group.push_back(order[i]);
    add_session(group);
  }
  stable_sort(view.sessions, comes_before);
}

void Builder::Impl::summarise() {
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
  view.undeclared_automation = options.remote_control && !is_accounted_for;
}

Builder::Builder(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
Builder::~Builder() = default;
Builder::Builder(Builder&&) noexcept = default;
Builder& Builder::operator=(Builder&&) noexcept = default;

void Builder::add(std::string_view source, std::string_view text) {
  // Of a text beyond the limit the beginning is enough to say so.
  const std::uint64_t most = impl_->options.limits.document;
  if (text.size() > most) text = text.substr(0, static_cast<std::size_t>(most) + 1);
  impl_->validator.check(source, text, [this](Checked& checked) { impl_->take(checked); });
}

Validator::Lines Builder::lines(std::string source) {
  Impl* const impl = impl_.get();
  return Validator::Lines(impl->validator, std::move(source), [impl](Checked& checked) { impl->take(checked); });
}

void Builder::add_oversized(std::string_view source, std::uint64_t size) {
  ++impl_->view.summary.unreadable;
  if (!impl_->unreadable.take(source)) {
    ++impl_->view.summary.others_left_out;
    return;
  }
  Other other;
  other.at = {std::string(source), 0};
  other.verdict = report::Verdict::unreadable;
  other.not_admitted = true;
  Reason& reason = other.reasons.emplace_back(
      made(Rule::limit_document, "the document has " + std::to_string(size) + " bytes: too many to be read"));
  reason.severity = Severity::error;
  reason.at = other.at;
  reason.refuses = true;
  impl_->list(std::move(other));
}

void Builder::add_failed(std::string_view source) {
  Other other;
  other.at = {std::string(source), 0};
  other.verdict = report::Verdict::invalid;
  other.not_admitted = true;
  Reason& reason = other.reasons.emplace_back(made(Rule::engine_failed));
  reason.at = other.at;
  reason.refuses = true;
  impl_->list(std::move(other));
}

View Builder::finish() {
  impl_->view.now = impl_->options.now;
  impl_->link();
  impl_->fold();
  impl_->summarise();
  return std::move(impl_->view);
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
