#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/finding/joined_texts.h"

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

// A row is a byte: its severity, whether it is a case, its flags.
constexpr unsigned is_case_shift = 3;
constexpr unsigned flags_shift = 4;
static_assert(static_cast<unsigned>(error) < 1U << is_case_shift && (sensitive | fixable | gate) < 1U << flags_shift);

constexpr std::uint8_t row_of(Severity severity, bool is_case, std::uint8_t flags) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(severity) | unsigned{is_case} << is_case_shift |
                                   unsigned{flags} << flags_shift);
}

constexpr std::uint8_t rows[] = {
#define RULE(name, id, family, severity, flags, ...) row_of(severity, false, flags),
#define CASE(name, first, case_name, severity, ...) row_of(severity, true, none),
#include "bearproof/catalogue/rules.def"
};

/// Of the cases, in their order: the rule's first case.
constexpr std::uint16_t first_of_cases[] = {
#define CASE(name, first, ...) Rule::first##_index,
#include "bearproof/catalogue/rules.def"
};

// Conditions and sources are among the long texts, which only native builds carry.
#if defined(__EMSCRIPTEN__)
#define LONG_TEXT(text)
constexpr bool has_long_texts = false;
#else
#define LONG_TEXT(text) text "\0"
constexpr bool has_long_texts = true;
#endif

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif
constexpr char texts[] =
#define RULE(name, id, family, severity, flags, source, title, condition, message, help) \
  id "\0" family "\0" title "\0" message "\0" help "\0" LONG_TEXT(condition) LONG_TEXT(source)
#define CASE(name, first, case_name, severity, condition, message, help) \
  case_name "\0" message "\0" help "\0" LONG_TEXT(condition)
#include "bearproof/catalogue/rules.def"
    ;

using Table = std::array<RuleInfo, rule_case_count>;

Table make_table() {
  Table table{};
  JoinedTexts joined(texts);
  const std::uint16_t* first_of_case = first_of_cases;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const unsigned row = rows[i];
    const bool is_case = (row >> is_case_shift & 1U) != 0;
    const unsigned flags = row >> flags_shift;
    RuleInfo& entry = table[i];
    entry.severity = static_cast<Severity>(row & ((1U << is_case_shift) - 1));
    entry.first = RuleCase{is_case ? *first_of_case++ : static_cast<std::uint16_t>(i)};
    if (is_case) {
      entry.case_name = joined.next();
    } else {
      entry.id = joined.next();
      entry.family = joined.next();
      entry.title = joined.next();
      entry.sensitive = (flags & sensitive) != 0;
      entry.fixable = (flags & fixable) != 0;
      entry.release_gate = (flags & gate) != 0;
    }
    entry.message = joined.next();
    entry.help = joined.next();
    if (!has_long_texts) continue;
    entry.condition = joined.next();
    if (!is_case) entry.source = joined.next();
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

constexpr char dialect_texts[] =
#define DIALECT(name, kind, dialect, family, schema, title) kind "\0" dialect "\0" family "\0" title "\0" schema "\0"
#include "bearproof/catalogue/kinds.def"
    ;

using Dialects = std::array<DialectInfo, static_cast<std::size_t>(Dialect::count)>;

Dialects make_dialects() {
  Dialects table;
  JoinedTexts joined(dialect_texts);
  for (DialectInfo& entry : table) {
    entry.kind = joined.next();
    entry.dialect = joined.next();
    entry.family = joined.next();
    entry.title = joined.next();
    entry.schema = joined.next();
  }
  return table;
}

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

std::span<const DialectInfo> dialect_table() {
  static const Dialects table = make_dialects();
  return table;
}

}  // namespace bearproof
