// An append-only store of events (NDJSON), verified as a whole: what its lines show, what its events say of each other,
// and whether it has only grown since it was verified before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/link.h"
#include "bearproof/json/canonical.h"
#include "bearproof/report/report.h"
#include "bearproof/validator/validator.h"

namespace bearproof::audit {

/// What a store holds, as the finding store.digest names it.
struct StoreState {
  std::string digest;      ///< "sha256:…" of its bytes
  std::uint64_t size = 0;  ///< in bytes

  /// @param text  DIGEST:BYTES. @return nothing where it is anything else
  static std::optional<StoreState> parse(std::string_view text);
  /// DIGEST:BYTES
  std::string text() const;
};

struct StoreOptions {
  std::optional<StoreState> previous;  ///< what it held when it was verified before
  bool refuses_empty = false;          ///< a store without documents is an error, and no notice
};

/// Verifies one store while its bytes pass. Keeps no text.
class StoreVerification {
 public:
  /// Takes a line that has findings, and its report.
  using Take = std::function<void(const Checked&, report::DocumentReport&&)>;
  /// @param validator  must outlive this object; its options are those of the findings between events, too
  /// @param source     the store's name
  StoreVerification(Validator& validator, std::string source, StoreOptions options, Take take);
  StoreVerification(const StoreVerification&) = delete;
  StoreVerification& operator=(const StoreVerification&) = delete;

  void push(std::string_view bytes);

  struct Result {
    report::Summary summary;                       ///< of its lines and of `findings`
    std::vector<report::LocatedFinding> findings;  ///< between its events, then of the store itself
  };
  /// No more bytes are to come. Called once.
  /// @param texts  where the lines can be read again
  Result finish(collection::Texts& texts);

 private:
  /// Lines with a fault: how many, and the first of them. What is wrong with each of them is said with the line.
  struct FaultyLines {
    std::uint64_t count = 0;
    std::uint64_t first = 0;

    void add(const report::DocumentReport& line);
    /// "line 3 is WHAT, and so are 2 more"
    std::string text(std::string_view what) const;
  };

  void take(Checked& checked);
  /// What has happened to the store but that lines were added to its end; "" where that is all.
  std::string change();
  void add(std::vector<report::LocatedFinding>& findings, RuleCase rule, std::string message) const;

  std::string source_;
  StoreOptions options_;
  Take take_;
  Collection together_;
  Validator::Lines lines_;
  report::Summary summary_;
  FaultyLines no_events_;
  FaultyLines invalid_events_;
  json::Sha256 digest_;
  json::Sha256 digest_before_;  ///< of as many bytes as there were before
  std::uint64_t size_ = 0;
};

}  // namespace bearproof::audit
