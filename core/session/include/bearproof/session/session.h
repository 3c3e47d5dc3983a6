// The session view: what a set of documents says of the automation sessions in it, judged once for every surface.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/permissions.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/report/report.h"
#include "bearproof/rules/rules.h"
#include "bearproof/validator/validator.h"

namespace bearproof::session {

/// One word for a session, from best to worst. It never says more than that a declaration is consistent with itself and
/// with the other documents of its set.
enum class Standing : std::uint8_t { consistent, needs_attention, not_admitted };
std::string_view name_of(Standing standing);  ///< "consistent", "needs-attention", "not-admitted"

/// Whether a session goes on, as its newest record says. Only `ended` takes it out of counts and badge.
enum class Phase : std::uint8_t { active, unstated, ended };
std::string_view name_of(Phase phase);

/// What a reader may choose. Nothing here raises a standing: severities, level and mode are always the catalogue's.
struct Options {
  std::string now;                                         ///< RFC 3339; "": rules about the present don't run
  std::uint32_t ttl_minutes = rules::default_ttl_minutes;  ///< how long a session may be active
  bool remote_control = false;                             ///< the browser reports that it is under remote control
  Limits limits;                                           ///< lower than the defaults or equal
};

/// Options from JSON text: `{"now":"…","ttlMinutes":120,"remoteControl":true,"limits":{…}}`. Strict, as
/// bearproof::parse_options. @return what is wrong; then `out` is as it was
std::optional<std::string> parse_options(std::string_view json, Options& out);

/// A place in one of the documents.
struct At {
  std::string source;
  std::uint64_t line = 0;  ///< of NDJSON, from 1; else 0
};

/// Why a session stands as it does: a finding, where it stands, and whether it alone keeps the session from being
/// admitted.
struct Reason {
  struct Other {
    At at;
    std::string pointer;
    std::string message;
  };
  RuleCase rule_case{};
  Severity severity = Severity::error;
  std::string message;
  std::string help;
  At at;
  std::optional<std::string> pointer;
  bool refuses = false;
  std::vector<Other> related;
};

/// The nine fields of the session card, in its order.
enum class FieldName : std::uint8_t {
  receipt_id,
  owner,
  display_name,
  transport,
  tab_scope,
  permission_scope,
  origin,
  status,
  captured_at,
};
inline constexpr std::size_t field_count = 9;
std::string_view name_of(FieldName field);   ///< "receiptId"
std::string_view label_of(FieldName field);  ///< "Evidence receipt ID"

struct Field {
  enum class State : std::uint8_t { stated, not_stated, not_in_dialect, faulted };
  State state = State::not_stated;
  std::string pointer;                  ///< "" where the dialect has no such member
  std::vector<std::string> values;      ///< at most most_values, each at most longest_value code points
  std::vector<std::string_view> nouns;  ///< what each value names, where the dialect says: "tab"
  std::uint64_t left_out = 0;           ///< values beyond most_values
};

struct Granted {
  std::string word;
  std::size_t permission = permission_count;  ///< index into `permissions`; permission_count: an unknown word
};

/// One record of a receipt, as its history lists it.
struct HistoryRecord {
  At at;
  Standing standing = Standing::consistent;
  Phase phase = Phase::unstated;
  std::vector<std::string_view> changed;  ///< what differs from the record before: names of fields, "decision", …
  std::vector<At> also;                   ///< where the same record stands once more
};

/// One session: the receipt's newest record, judged with everything that concerns it.
struct Session {
  std::string key;
  Standing standing = Standing::consistent;
  Phase phase = Phase::unstated;
  std::string_view outcome;     ///< of an ended session: "revoked", "ended", "completed", "failed", "denied"
  std::string cannot_revoke;    ///< why no revocation can be recorded; "" where one can
  std::vector<Reason> reasons;  ///< errors and warnings, the most important first
  std::vector<Reason> notes;    ///< notices
  std::uint64_t reasons_left_out = 0;
  std::array<Field, field_count> fields;
  std::vector<Granted> permissions;  ///< sensitive ones first
  // "" where not stated, or where a secret would show.
  std::string receipt;
  std::string session;
  std::string decision;
  std::string owner;
  std::string label;
  std::string transport;
  std::string origin;
  std::string started_at;
  std::string captured_at;
  std::string revoked_at;
  At at;
  std::string digest;  ///< "sha256:…" of the newest record's bytes; of a log, of its line
  Dialect dialect = Dialect::none;
  std::vector<HistoryRecord> records;  ///< oldest first
  std::uint64_t records_left_out = 0;  ///< older ones
};

/// A document that is no receipt.
struct Other {
  At at;
  Dialect dialect = Dialect::none;
  report::Verdict verdict = report::Verdict::valid;
  bool not_admitted = false;  ///< it could not be read, or not be checked to the end
  std::vector<Reason> reasons;
};

struct Summary {
  std::uint64_t active = 0;
  std::uint64_t ended = 0;
  std::uint64_t unstated = 0;
  // Of sessions that have not ended.
  std::uint64_t not_admitted = 0;
  std::uint64_t needs_attention = 0;
  std::uint64_t consistent = 0;
  std::uint64_t unreadable = 0;       ///< documents that could not be read
  std::uint64_t others_left_out = 0;  ///< documents that are no receipts and are not listed
};

struct View {
  std::string now;                     ///< as given; "" when not
  bool undeclared_automation = false;  ///< the browser is under remote control, and no receipt accounts for it
  std::vector<Session> sessions;
  std::vector<Other> others;  ///< in the order in which they were given
  Summary summary;

  /// Whether something is not admitted: a session, a document that could not be judged, or undeclared automation.
  bool refuses() const;
};

// What a view lists at most; what is left out is counted, and standings take it into account.
inline constexpr std::size_t longest_value = 4096;         ///< code points of one text
inline constexpr std::size_t most_values = 100;            ///< values of one field, permissions of one session
inline constexpr std::size_t most_reasons = 100;           ///< reasons of one session, notes of one session
inline constexpr std::size_t most_records = 100;           ///< records of one session's history
inline constexpr std::size_t most_others_of_source = 100;  ///< of one source: unreadable ones, and as many others
inline constexpr std::size_t most_others = 10'000;         ///< unreadable ones, and as many others
inline constexpr std::uint64_t most_links = 500'000;       ///< findings between documents

/// Takes documents one by one and makes a view of them. Holds the texts of those that bear on sessions. No exception
/// leaves it.
class Builder {
 public:
  explicit Builder(const Options& options);
  ~Builder();
  Builder(Builder&&) noexcept;
  Builder& operator=(Builder&&) noexcept;

  void add(std::string_view source, std::string_view text);
  /// NDJSON: push its bytes in any portions, then finish. Must not outlive the builder.
  Validator::Lines lines(std::string source);
  /// A document that nobody read because of its size in bytes.
  void add_oversized(std::string_view source, std::uint64_t size);
  /// A document whose check failed in a way that leaves nothing to tell (engine.failed).
  void add_failed(std::string_view source);

  /// The view of everything that was added. The builder is of no use afterwards.
  View finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The canonical JSON of a view (schemas/published/sessions.schema.json), one line without its end. Every build writes
/// the same bytes.
std::string to_json(const View& view);

/// The view for people: one block for each session, then what could not be read, then the counts. Nothing in it can
/// command a terminal.
/// @param color  ANSI colours
/// @param width  columns; 0: unknown, nothing is cut
std::string to_text(const View& view, bool color, unsigned width);

}  // namespace bearproof::session
