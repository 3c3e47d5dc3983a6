#include "history.h"

#include <algorithm>
#include <utility>

#include "bearproof/collection/history.h"

#include "card.h"

namespace bearproof::session {
namespace {

HistoryRecord entry_of(const Record& record, const Documents& documents) {
  HistoryRecord entry;
  entry.at = documents.at(record.document);
  entry.standing = record.standing();
  entry.phase = record.state.phase;
  return entry;
}

/// Makes a history of records that are given oldest first.
class Fold {
 public:
  explicit Fold(Documents& documents) : documents_(documents) {}

  /// @param before  the record before; nullptr: this is the first
  void add(const Record* before, const Record& record, const Receipt& receipt) {
    Snapshot now = snapshot_of(receipt);
    const bool is_copy = before != nullptr && now == newest_ &&
                         collection::say_the_same(documents_.index(), documents_, before->document, record.document);
    if (is_copy) {
      repeat(record);
    } else {
      append(before != nullptr, record, now);
    }
    is_revoked_ = record.state.outcome == "revoked";
    if (is_revoked_) out_.revoked_at = receipt.instant(Member::revoked_at);
    newest_ = std::move(now);
  }

  void add_identity(Record& record) { take(record, record.about_identity, out_.identity); }
  void add_repeated(Record& copy) { take(copy, copy.between, out_.repeated); }

  /// How many records before the newest say the same as it.
  std::size_t copies() const { return copies_; }

  History finish() {
    for (std::size_t i = 0; i + 1 < out_.records.size(); ++i) note_standing(out_.records[i]);
    if (out_.records.size() > most_records) drop_oldest();
    return std::move(out_);
  }

 private:
  void append(bool is_later, const Record& record, const Snapshot& now) {
    copies_ = 0;
    out_.was_revoked = out_.was_revoked || is_revoked_;
    HistoryRecord& entry = out_.records.emplace_back(entry_of(record, documents_));
    if (is_later) entry.changed = changes_between(newest_, now);
    if (out_.records.size() > 2 * most_records) drop_oldest();
  }

  void repeat(const Record& record) {
    HistoryRecord& last = out_.records.back();
    if (last.also.size() < most_records) last.also.push_back(last.at);
    last.at = documents_.at(record.document);
    last.standing = std::max(last.standing, record.standing());
    ++copies_;
  }

  /// Moves reasons of a record to those of its receipt.
  void take(const Record& record, Reasons& from, Reasons& into) {
    for (Reason& reason : from.kept) {
      reason.at = documents_.at(record.document);
      into.add(std::move(reason));
    }
    into.refuses = into.refuses || from.refuses;
    into.worst = std::max(into.worst, from.worst);
  }

  void note_standing(const HistoryRecord& record) {
    out_.is_refused_before = out_.is_refused_before || record.standing == Standing::not_admitted;
  }

  /// Leaves most_records.
  void drop_oldest() {
    const std::size_t count = out_.records.size() - most_records;
    for (std::size_t i = 0; i < count; ++i) note_standing(out_.records[i]);
    out_.records.erase(out_.records.begin(), out_.records.begin() + static_cast<std::ptrdiff_t>(count));
    out_.left_out += count;
  }

  Documents& documents_;
  History out_;
  Snapshot newest_;  ///< of the last record that was added
  bool is_revoked_ = false;
  std::size_t copies_ = 0;
};

}  // namespace

History history_of(std::span<Record* const> order, Documents& documents, json::Reader& reader) {
  Record& newest = *order.back();
  if (order.size() == 1) {
    History single;
    single.records.push_back(entry_of(newest, documents));
    return single;
  }
  Fold fold(documents);
  for (std::size_t i = 0; i < order.size(); ++i) {
    Record& record = *order[i];
    const json::Document* document = reader.read(documents.text_of(record.document));
    if (document == nullptr) continue;  // it was one when it came
    fold.add(i == 0 ? nullptr : order[i - 1], record, Receipt(document->root(), record.dialect, record.secrets.get()));
    if (&record != &newest) fold.add_identity(record);  // the newest one's are among its own findings
  }
  for (std::size_t i = order.size() - 1 - fold.copies(); i + 1 < order.size(); ++i) fold.add_repeated(*order[i]);
  return fold.finish();
}

}  // namespace bearproof::session
