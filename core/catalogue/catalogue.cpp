#include <array>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"

namespace bearproof {
namespace {

// Flags of rules.def.
constexpr unsigned none = 0;
constexpr unsigned sensitive = 1;
constexpr unsigned fixable = 2;
constexpr unsigned gate = 4;

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;
constexpr Severity notice = Severity::notice;
constexpr Severity info = Severity::info;

constexpr RuleInfo rule(std::string_view id, std::string_view family, Severity severity, unsigned flags,
                        std::string_view source, std::string_view title, std::string_view condition,
                        std::string_view message, std::string_view help, RuleCase self) {
  return {id,
          "",
          family,
          severity,
          title,
          condition,
          message,
          help,
          source,
          (flags & sensitive) != 0,
          (flags & fixable) != 0,
          (flags & gate) != 0,
          self};
}

// A case inherits what it does not say from the rule's first case; that is filled in below.
constexpr RuleInfo rule_case(std::string_view case_name, RuleCase first, Severity severity, std::string_view condition,
                             std::string_view message, std::string_view help) {
  return {"", case_name, "", severity, "", condition, message, help, "", false, false, false, first};
}

constexpr auto make_table() {
  std::array<RuleInfo, rule_case_count> table = {
#define RULE(name, id, family, severity, flags, source, title, condition, message, help) \
  rule(id, family, severity, flags, source, title, condition, message, help, Rule::name),
#define CASE(name, first, case_name, severity, condition, message, help) \
  rule_case(case_name, Rule::first, severity, condition, message, help),
#include "bearproof/catalogue/rules.def"
  };
  for (RuleInfo& entry : table) {
    const RuleInfo& first = table[static_cast<std::size_t>(entry.first)];
    if (entry.case_name.empty()) continue;
    entry.id = first.id;
    entry.family = first.family;
    entry.title = first.title;
    entry.source = first.source;
    entry.sensitive = first.sensitive;
    entry.fixable = first.fixable;
    entry.release_gate = first.release_gate;
    if (entry.condition.empty()) entry.condition = first.condition;
    if (entry.message.empty()) entry.message = first.message;
    if (entry.help.empty()) entry.help = first.help;
  }
  return table;
}

constexpr auto table = make_table();

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

std::span<const RuleInfo> rule_table() { return table; }

std::optional<RuleCase> rule_from(std::string_view id) {
  for (const RuleInfo& entry : table) {
    if (entry.id == id) return entry.first;
  }
  return std::nullopt;
}

std::optional<RuleCase> rule_case_from(std::string_view spelling) {
  const std::size_t hash = spelling.find('#');
  const std::string_view id = spelling.substr(0, hash);
  const std::string_view case_name = hash == std::string_view::npos ? std::string_view() : spelling.substr(hash + 1);
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
  for (std::size_t i = 0; i < table.size(); ++i) {
    out[i] = table[i].severity;
    const bool strict_raises = mode == Mode::strict && table[i].family == "kind" && out[i] == Severity::warning;
    const bool release_raises = mode == Mode::release && table[i].release_gate;
    if (strict_raises || release_raises) out[i] = Severity::error;
  }
}

std::span<const DialectInfo> dialect_table() { return dialects; }

}  // namespace bearproof
