#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"

namespace bearproof {
namespace {

// Flags of rules.def.
constexpr std::uint8_t none = 0;
constexpr std::uint8_t sensitive = 1;
constexpr std::uint8_t fixable = 2;
constexpr std::uint8_t gate = 4;

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;
constexpr Severity notice = Severity::notice;
constexpr Severity info = Severity::info;

struct Row {
  Severity severity;
  std::uint8_t flags;
  bool is_case;
  std::uint16_t first;
};

constexpr Row rows[] = {
#define RULE(name, id, family, severity, flags, source, title, condition, message, help) \
  {severity, flags, false, Rule::name##_index},
#define CASE(name, first, case_name, severity, condition, message, help) {severity, 0, true, Rule::first##_index},
#include "bearproof/catalogue/rules.def"
};

// All texts one behind the other, each with its end: as a table of views they would cost a Wasm module eight pointers
// and lengths a row, which hardly compress.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif
constexpr char texts[] =
#define RULE(name, id, family, severity, flags, source, title, condition, message, help) \
  id "\0" family "\0" source "\0" title "\0" condition "\0" message "\0" help "\0"
#define CASE(name, first, case_name, severity, condition, message, help) \
  case_name "\0" condition "\0" message "\0" help "\0"
#include "bearproof/catalogue/rules.def"
    ;

using Table = std::array<RuleInfo, rule_case_count>;

Table make_table() {
  Table table{};
  const char* at = texts;
  const auto next = [&] {
    const std::string_view text(at);
    at += text.size() + 1;
    return text;
  };
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Row& row = rows[i];
    RuleInfo& entry = table[i];
    entry.severity = row.severity;
    entry.first = RuleCase{row.first};
    if (row.is_case) {
      entry.case_name = next();
    } else {
      entry.id = next();
      entry.family = next();
      entry.source = next();
      entry.title = next();
      entry.sensitive = (row.flags & sensitive) != 0;
      entry.fixable = (row.flags & fixable) != 0;
      entry.release_gate = (row.flags & gate) != 0;
    }
    for (std::string_view* const text : {&entry.condition, &entry.message, &entry.help}) *text = next();
  }
  // A case has from the rule's first case, which may stand behind it, what it does not say.
  for (RuleInfo& entry : table) {
    if (entry.case_name.empty()) continue;
    const RuleInfo& first = table[static_cast<std::size_t>(entry.first)];
    RuleInfo whole = first;
    whole.case_name = entry.case_name;
    whole.severity = entry.severity;
    if (!entry.condition.empty()) whole.condition = entry.condition;
    if (!entry.message.empty()) whole.message = entry.message;
    if (!entry.help.empty()) whole.help = entry.help;
    entry = whole;
  }
  return table;
}

constexpr Supersession supersession_table[] = {
#define SUPERSEDES(winner, loser) {Rule::winner, Rule::loser, false},
#define SUPERSEDES_HERE(winner, loser) {Rule::winner, Rule::loser, true},
#include "bearproof/catalogue/rules.def"
};

constexpr DialectInfo dialects[] = {
#define DIALECT(name, kind, dialect, family, schema, title) {kind, dialect, family, title, schema},
#include "bearproof/catalogue/kinds.def"
};

}  // namespace

std::span<const RuleInfo> rule_table() {
  static const Table table = make_table();
  return table;
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

std::span<const Supersession> supersessions() { return supersession_table; }

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

std::span<const DialectInfo> dialect_table() { return dialects; }

}  // namespace bearproof
