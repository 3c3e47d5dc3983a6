#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/joined_texts.h"

#include "rule_data.h"

namespace bearproof {
namespace {

using Table = std::array<RuleInfo, rule_case_count>;

/// Fills in what a further case says itself; the rest is the rule's.
void read_case(RuleInfo& entry, const RuleInfo& first, JoinedTexts& joined) {
  const Severity severity = entry.severity;
  entry = first;
  entry.severity = severity;
  entry.case_name = joined.next();
  for (std::string_view* const text : {&entry.message, &entry.help}) {
    const std::string_view own = joined.next();
    if (!own.empty()) *text = own;
  }
}

void read_rule(RuleInfo& entry, unsigned flags, JoinedTexts& joined) {
  entry.id = joined.next();
  entry.family = entry.id.substr(0, entry.id.find('.'));
  entry.title = joined.next();
  entry.message = joined.next();
  entry.help = joined.next();
  entry.sensitive = (flags & sensitive) != 0;
  entry.fixable = (flags & fixable) != 0;
  entry.release_gate = (flags & gate) != 0;
}

Table make_table() {
  Table table{};
  const RuleData data = rule_data();
  JoinedTexts joined(data.texts);
  std::size_t first = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const unsigned row = data.rows[i];
    RuleInfo& entry = table[i];
    entry.severity = static_cast<Severity>(row & ((1U << is_case_shift) - 1));
    if ((row >> is_case_shift & 1U) != 0) {
      read_case(entry, table[first], joined);
      continue;
    }
    first = i;
    entry.first = RuleCase{static_cast<std::uint16_t>(i)};
    read_rule(entry, row >> flags_shift, joined);
  }
  return table;
}

}  // namespace

std::span<const RuleInfo> rule_table() {
  static const Table table = make_table();
  return table;
}

std::vector<RuleCase> cases_of(RuleCase first) {
  std::vector<RuleCase> cases;
  const std::span<const RuleInfo> table = rule_table();
  // They stand together in the table.
  for (auto i = static_cast<std::size_t>(first); i < table.size() && table[i].first == first; ++i) {
    cases.push_back(RuleCase{static_cast<std::uint16_t>(i)});
  }
  return cases;
}

std::optional<RuleCase> rule_from(std::string_view id) {
  for (const RuleInfo& entry : rule_table()) {
    if (entry.id == id) return entry.first;
  }
  return std::nullopt;
}

std::optional<RuleCase> rule_case_from(std::string_view spelling) {
  const std::size_t hash = spelling.find('#');
  const std::string_view id = spelling.substr(0, hash);
  const std::string_view case_name = hash == std::string_view::npos ? std::string_view() : spelling.substr(hash + 1);
  const std::span<const RuleInfo> table = rule_table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].id == id && table[i].case_name == case_name) return RuleCase{static_cast<std::uint16_t>(i)};
  }
  return std::nullopt;
}

std::string_view name_of(Mode mode) {
  constexpr std::string_view names[] = {"default", "release", "strict"};
  return names[static_cast<std::size_t>(mode)];
}

std::optional<Mode> mode_from(std::string_view name) {
  for (const Mode mode : {Mode::standard, Mode::release, Mode::strict}) {
    if (name_of(mode) == name) return mode;
  }
  return std::nullopt;
}

void effective_severities(Mode mode, std::span<Severity> out) {
  const std::span<const RuleInfo> table = rule_table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    out[i] = table[i].severity;
    const bool strict_raises = mode == Mode::strict && table[i].family == "kind" && out[i] == Severity::warning;
    const bool release_raises = mode == Mode::release && table[i].release_gate;
    if (strict_raises || release_raises) out[i] = Severity::error;
  }
}

}  // namespace bearproof
