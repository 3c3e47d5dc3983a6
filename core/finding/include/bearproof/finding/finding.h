// The terms that every component uses: where something was found, what, and what to do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bearproof/finding/message.h"
#include "bearproof/finding/severity.h"

namespace bearproof {

/// One line of the catalogue that can be raised: a rule, or one of the cases of a rule that has several.
/// The values are born in catalogue/ (`bearproof/catalogue/rules.h`).
enum class RuleCase : std::uint16_t;

/// Where in a document a finding stands. Components name a node or, where no node exists (text that is not JSON), a
/// span of bytes; positions in lines and columns are worked out once, in report/.
struct Place {
  enum class Part : std::uint8_t {
    value,  ///< the node itself
    key,    ///< a member's name: `node` is the index of the key's string node
    bytes,  ///< `begin` and `end` are byte offsets into the document's text; `node` is unused
  };
  Part part = Part::value;
  NodeIndex node = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  static constexpr Place value(NodeIndex node) { return {Part::value, node, 0, 0}; }
  static constexpr Place key(NodeIndex node) { return {Part::key, node, 0, 0}; }
  static constexpr Place bytes(std::uint64_t begin, std::uint64_t end) { return {Part::bytes, 0, begin, end}; }

  friend bool operator==(const Place&, const Place&) = default;
};

/// The schema keyword that a document failed.
struct SchemaPlace {
  std::string uri;      ///< the schema resource's absolute URI
  std::string pointer;  ///< JSON Pointer of the keyword within that resource
};

/// Another place that belongs to a finding: the first of two equal keys, say.
struct Related {
  std::uint32_t document = 0;  ///< index into the collection; 0 in a check of one document
  Place place;
  Message message;
};

/// A change that would mend the document: an RFC 6902 patch, already written as canonical JSON text.
struct Fix {
  enum class Safety : std::uint8_t {
    safe,    ///< keeps the document's meaning
    unsafe,  ///< needs a person's judgement
  };
  Safety safety = Safety::unsafe;
  Message title;
  std::string patch;  ///< JSON array of operations
};

/// A finding as a component raises it: no lines, no columns, no severity (that depends on mode and overrides).
struct Finding {
  RuleCase rule_case{};
  Place place;
  Message message;  ///< empty: the catalogue's message
  Message help;     ///< empty: the catalogue's help
  std::optional<SchemaPlace> schema;
  std::vector<Related> related;
  std::optional<Fix> fix;
};

/// Receives findings. A check runs twice at most: first deciding (is there anything at or above the wanted level?),
/// then, only if so, explaining. Rules are written once and do not know which of the two is going on:
///
///     if (Finding* found = sink.raise(Rule::browser_owner_missing, Place::value(node))) found->message << …;
///
/// `raise` gives back a finding to fill in when explaining, and nullptr when deciding or when the finding lies below
/// the level. No string is built on the deciding path. The pointer holds until the next call of `raise`.
class FindingSink {
 public:
  /// @param severities  effective severity of every rule case (index: RuleCase); must outlive the sink
  /// @param level       findings below this are neither computed nor kept
  /// @param explaining  false: only note that something was found
  /// @param limit       findings kept at most; the rest are counted in dropped()
  FindingSink(const Severity* severities, Severity level, bool explaining, std::uint64_t limit)
      : severities_(severities), level_(level), explaining_(explaining), limit_(limit) {}

  /// Whether a finding of this case would be kept: ask before doing work that only serves such a finding.
  bool wants(RuleCase rule_case) const { return severity(rule_case) >= level_ && severity(rule_case) != Severity::off; }

  Finding* raise(RuleCase rule_case, Place place) {
    if (!wants(rule_case)) return nullptr;
    hit_ = true;
    if (!explaining_) return nullptr;
    if (findings_.size() >= limit_) {
      ++dropped_;
      if (severity(rule_case) > worst_dropped_) worst_dropped_ = severity(rule_case);
      return nullptr;
    }
    Finding& finding = findings_.emplace_back();
    finding.rule_case = rule_case;
    finding.place = place;
    return &finding;
  }

  /// Deciding, and something is wrong whose rule only explaining can tell (a schema failed): look again.
  void suspect() { hit_ = true; }

  /// Deciding and already sure: nothing more needs to be looked at.
  bool done() const { return hit_ && !explaining_; }
  bool hit() const { return hit_; }
  bool explaining() const { return explaining_; }
  Severity level() const { return level_; }
  Severity severity(RuleCase rule_case) const { return severities_[static_cast<std::size_t>(rule_case)]; }
  std::uint64_t dropped() const { return dropped_; }
  /// The highest severity among the dropped findings; `off` when none was dropped.
  Severity worst_dropped() const { return worst_dropped_; }
  std::vector<Finding>& findings() { return findings_; }

 private:
  const Severity* severities_;
  Severity level_;
  bool explaining_;
  bool hit_ = false;
  std::uint64_t limit_;
  std::uint64_t dropped_ = 0;
  Severity worst_dropped_ = Severity::off;
  std::vector<Finding> findings_;
};

}  // namespace bearproof
