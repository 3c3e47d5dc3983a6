#include <algorithm>
#include <utility>

#include "bearproof/collection/history.h"
#include "bearproof/collection/link.h"
#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/quoter.h"
#include "bearproof/report/redact.h"
#include "bearproof/rules/rules.h"
#include "bearproof/schema/instant.h"
#include "bearproof/session/session.h"

#include "card.h"
#include "documents.h"
#include "history.h"
#include "reason.h"
#include "record.h"
#include "standing.h"
#include "view.h"

namespace bearproof::session {
namespace {

using collection::DocumentIndex;
using collection::Fact;

/// Reasons listed of a document that is no receipt, beside those that refuse.
constexpr std::size_t most_of_other = 64;
constexpr std::size_t most_related = 3;

/// Whether documents of a dialect may say something that counts for a session: those of these families that other
/// documents can refer to. An event that nothing refers to is kept by nobody.
bool bears_on_sessions(Dialect dialect) {
  if (dialect >= Dialect::count) return false;
  const std::string_view family = info_of(dialect).family;
  const bool is_near = family == "browser" || family == "session" || family == "capability" || family == "orphan";
  return is_near && !collection::pointer_of(dialect, Fact::id).empty();
}

/// Counts what is listed of one source and altogether, and refuses what is beyond the limits.
class Quota {
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

}  // namespace

struct Builder::Impl {
  explicit Impl(const Options& given) : options(given), validator(check_options(given)) {
    effective_severities(validator.options(), severities);
    for (std::size_t i = 0; i < bears.size(); ++i) bears[i] = bears_on_sessions(static_cast<Dialect>(i));
  }

  void take(Checked& checked);
  void add_receipt(Checked& checked);
  void add_other(Checked& checked);

  void link();
  void attach(const collection::Found& found, const collection::Spot& spot, const collection::Spot* other,
              std::string_view message);
  std::string told(const collection::Found& found) const;

  void fold();
  void add_session(const std::vector<std::uint32_t>& group);
  std::string key_of(const Record& record);
  void show_card(const Record& newest, const std::vector<std::string>& faults, Session& session);

  Options options;
  Validator validator;
  std::array<Severity, rule_case_count> severities{};
  std::array<bool, static_cast<std::size_t>(Dialect::count)> bears{};  ///< by dialect: bears_on_sessions
  Documents documents;
  std::vector<Record> records;
  std::vector<std::uint32_t> record_of;  ///< by document: its record, or `nothing`
  Quota unreadable;
  Quota others;
  collection::Strings keys;
  json::Reader reader;
  bool links_left_out = false;
  View view;

  static constexpr std::uint32_t nothing = ~std::uint32_t{0};
};

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
  if (is_readable && checked.dialect < Dialect::count && bears[static_cast<std::size_t>(checked.dialect)]) {
    documents.add(checked);
    record_of.push_back(nothing);
  }
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
    if (other.reasons.size() == most_of_other && !refuses) continue;
    Reason& reason = other.reasons.emplace_back(reason_of(finding));
    if (!may_quote) reason.message = info_of(reason.rule_case).message;
    reason.at = other.at;
    reason.refuses = refuses;
  }
  put_in_order(other.reasons);
  view.others.push_back(std::move(other));
}

void Builder::Impl::add_receipt(Checked& checked) {
  Record& record = records.emplace_back(read_record(checked));
  record.document = documents.add(checked);
  record_of.push_back(static_cast<std::uint32_t>(records.size() - 1));
}

std::string Builder::Impl::told(const collection::Found& found) const {
  report::Quoter quoter;
  bool may_quote = !found.message.empty();
  const auto hide = [&](DocumentIndex document) {
    const std::uint32_t record = record_of[document];
    if (record == nothing || !records[record].secrets) return;
    if (records[record].secrets->too_many()) may_quote = false;
    quoter.hide(*records[record].secrets);
  };
  hide(found.at.document);
  for (const collection::Found::Other& other : found.related) hide(other.at.document);
  return may_quote ? quoter.text(found.message) : std::string(info_of(found.rule_case).message);
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
    reason.related.push_back({documents.at(place.document), place.pointer, std::string(words)});
  };
  if (other != nullptr) {
    add_place(*other, "the finding stands here");
  } else {
    for (const collection::Found::Other& place : found.related)
      add_place(place.at, report::Quoter().text(place.message));
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
  const collection::Linked linked = collection::link(documents.index(), asked, documents);
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
  const collection::Index& index = documents.index();
  const collection::Record& facts = documents.facts_of(record.document);
  std::string text = "[";
  json::append_string(text, info_of(record.dialect).dialect);
  for (const Fact fact : {Fact::id, Fact::owner, Fact::session}) {
    text += ',';
    json::append_string(text, index.text(facts[fact]));
  }
  if (!record.is_identified) {
    // Nobody can say whose record it is: it stands for itself, by its place.
    const At at = documents.at(record.document);
    text += ',';
    json::append_string(text, at.source);
    text.append(1, ',').append(std::to_string(at.line));
  }
  std::string key = json::sha256_text(text);
  for (std::uint64_t again = 2; keys.find(key) != 0; ++again) {
    key = json::sha256_text(text + "," + std::to_string(again));
  }
  keys.add(key);
  return key;
}

void Builder::Impl::add_session(const std::vector<std::uint32_t>& group) {
  std::vector<DocumentIndex> order;
  for (const std::uint32_t record : group) order.push_back(records[record].document);
  if (order.size() > 1) collection::put_in_order(documents.index(), order);
  std::vector<Record*> of_receipt;
  for (const DocumentIndex document : order) of_receipt.push_back(&records[record_of[document]]);
  History history = history_of(of_receipt, documents, reader);
  Record& newest = *of_receipt.back();

  Session& session = view.sessions.emplace_back();
  session.key = key_of(newest);
  session.at = documents.at(newest.document);
  session.dialect = newest.dialect;
  session.phase = newest.state.phase;
  session.outcome = newest.state.outcome;
  session.digest = json::sha256_text(documents.text_of(newest.document));
  session.records = std::move(history.records);
  session.records_left_out = history.left_out;
  show_card(newest, judge(newest, history, links_left_out, session), session);
  if (session.revoked_at.empty() && session.outcome == "revoked") session.revoked_at = history.revoked_at;
  if (session.phase == Phase::ended) {
    session.cannot_revoke = "the session has ended";
  } else if (newest.states_id_twice) {
    session.cannot_revoke = "the record states its id twice: which session it tells of nobody can say";
  }
}

/// @param faults  where errors stand
void Builder::Impl::show_card(const Record& newest, const std::vector<std::string>& faults, Session& session) {
  const json::Document* document = reader.read(documents.text_of(newest.document));
  if (document == nullptr) return;  // it was one when it came
  const auto is_faulted = [&](std::string_view place) {
    return std::any_of(faults.begin(), faults.end(), [&](const std::string& fault) { return is_at(fault, place); });
  };
  fill_card(Receipt(document->root(), newest.dialect, newest.secrets.get()), is_faulted, session);
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
    for (const Fact fact : {Fact::id, Fact::owner, Fact::session}) {
      const collection::StringId one = documents.facts_of(left.document)[fact];
      const collection::StringId two = documents.facts_of(right.document)[fact];
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
  put_in_order(view.sessions);
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
  return Validator::Lines(impl->validator, std::move(source), Validator::Lines::Which::every,
                          [impl](Checked& checked) { impl->take(checked); });
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
  impl_->view.others.push_back(std::move(other));
}

void Builder::add_failed(std::string_view source) {
  Other other;
  other.at = {std::string(source), 0};
  other.verdict = report::Verdict::invalid;
  other.not_admitted = true;
  Reason& reason = other.reasons.emplace_back(made(Rule::engine_failed));
  reason.at = other.at;
  reason.refuses = true;
  impl_->view.others.push_back(std::move(other));
}

View Builder::finish() {
  impl_->view.now = impl_->options.now;
  impl_->link();
  impl_->fold();
  summarise(impl_->view, impl_->options.remote_control);
  return std::move(impl_->view);
}

}  // namespace bearproof::session
