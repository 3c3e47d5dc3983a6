// Findings that are known and not told again: `check --baseline FILE`.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bearproof/report/report.h"

namespace bearproof::cli {

/// A set of findings, each by its rule, its file relative to the working folder, its line in an NDJSON file and its
/// pointer: not by its place in the text, so that it stays the same while lines move. Written as
/// `{"baseline":1,"findings":[{"rule","source","line","pointer"}]}`, in order.
class Baseline {
 public:
  Baseline() = default;
  /// @param folder  the working folder
  /// @param is_new  everything that is found is known: a new baseline is made
  Baseline(std::string folder, bool is_new) : folder_(std::move(folder)), is_new_(is_new) {}

  /// Takes the findings of a file's text. @return what is wrong with it
  std::expected<void, std::string> read(std::string_view text);

  /// Takes known findings out of a report; its verdict stays.
  /// @param found  gets what a new baseline lists
  /// @return what was taken out, counted by severity
  report::Summary settle(report::DocumentReport& document, Baseline& found) const;
  /// The same for findings between documents.
  void settle(std::vector<report::LocatedFinding>& collection, Baseline& found) const;

  void add(const Baseline& other) { known_.insert(other.known_.begin(), other.known_.end()); }
  std::string text() const;

 private:
  struct Key {
    std::string source;
    std::uint64_t line = 0;  ///< 0: not NDJSON
    std::string pointer;
    std::string rule;
    auto operator<=>(const Key&) const = default;
  };

  report::Summary settle(std::vector<report::LocatedFinding>& findings, std::string_view source, std::uint64_t line,
                         Baseline& found) const;

  std::string folder_;
  bool is_new_ = false;
  std::set<Key> known_;
};

}  // namespace bearproof::cli
