#include "history.h"

#include <algorithm>
#include <utility>

#include "bearproof/collection/history.h"

#include "card.h"

namespace bearproof::session {
namespace {

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

  void add_identity(Record& record) {
    for (Reason& reason : record.about_identity.kept) {
      reason.at = documents_.at(record.document);
      out_.identity.add(std::move(reason));
    }
  }
  void add_identity_refusal(const Record& record) {
    out_.identity.refuses = out_.identity.refuses || record.about_identity.refuses;
  }

  void add_repeated(Record& copy) {
    for (Reason& reason : copy.between.kept) {
      reason.at = documents_.at(copy.document);
      out_.repeated.add(std::move(reason));
    }
    out_.repeated.refuses = out_.repeated.refuses || copy.between.refuses;
    out_.repeated.worst = std::max(out_.repeated.worst, copy.between.worst);
  }

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
    HistoryRecord& entry = out_.records.emplace_back();
    entry.at = documents_.at(record.document);
    entry.standing = record.standing();
    entry.phase = record.state.phase;
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
    HistoryRecord& entry = single.records.emplace_back();
    entry.at = documents.at(newest.document);
    entry.standing = newest.standing();
    entry.phase = newest.state.phase;
    return single;
  }
  Fold fold(documents);
  for (std::size_t i = 0; i < order.size(); ++i) {
    Record& record = *order[i];
    const json::Document* document = reader.read(documents.text_of(record.document));
    if (document == nullptr) continue;  // it was one when it came
    fold.add(i == 0 ? nullptr : order[i - 1], record, Receipt(document->root(), record.dialect, record.secrets.get()));
    if (&record != &newest) fold.add_identity(record);
    fold.add_identity_refusal(record);
  }
  for (std::size_t i = order.size() - 1 - fold.copies(); i + 1 < order.size(); ++i) fold.add_repeated(*order[i]);
  return fold.finish();
}

}  // namespace bearproof::session
