#include "bearproof/collection/facts.h"

#include <cassert>
#include <optional>

#include "bearproof/finding/joined_texts.h"
#include "bearproof/json/bytes.h"
#include "bearproof/schema/instant.h"
#include "bearproof/text/urn.h"

namespace bearproof::collection {
namespace {

// What a row of the table fills: the upper half tells how, the lower half is the slot, of a list its number.
constexpr std::uint8_t text_row = 0x00;
constexpr std::uint8_t reference_row = 0x10;
constexpr std::uint8_t instant_row = 0x20;
constexpr std::uint8_t list_row = 0x30;
constexpr std::uint8_t slot_bits = 0x0f;

#include "fact_table.h"

constexpr std::size_t fact_count = sizeof facts;

/// The path of each row.
const std::array<std::string_view, fact_count>& paths() {
  static const auto table = split<fact_count>(JoinedTexts(joined_paths));
  return table;
}

Nanoseconds instant_of(json::Value value, std::string& scratch) {
  if (!value.is_string()) return never;
  const auto parsed = schema::Instant::parse(value.string(scratch));
  return parsed ? schema::Instant::nanoseconds_between({}, *parsed) : never;
}

constexpr std::string_view planes[] = {"config", "ui",        "runtime", "server", "plugin",   "policy",
                                       "schema", "transport", "user",    "agent",  "workspace"};

std::uint16_t planes_in(json::Value list_of_planes) {
  unsigned found = 0;
  if (!list_of_planes) return 0;
  for (const json::Value item : list_of_planes.items()) {
    for (unsigned i = 0; i < sizeof planes / sizeof planes[0]; ++i) {
      if (item.equals(planes[i])) found |= 1u << i;
    }
  }
  return static_cast<std::uint16_t>(found);
}

/// BearBrowser's tools take the id of a decision with or without the prefix that its receipts write before it.
void complete_decision_id(std::string& id) {
  if (!id.empty() && !json::starts_with(id, "urn:")) id.insert(0, "urn:srcos:policy:decision:bearbrowser:");
}

/// Whether the id of a decision may stand without its prefix in documents of a dialect: in the decision itself, or
/// where it is named.
constexpr std::optional<Fact> shortened_decision(Dialect dialect) {
  switch (dialect) {
    case Dialect::browser_policy_decision: return Fact::id;
    case Dialect::browser_policy_action:
    case Dialect::browser_receipt_bearbrowser_v1: return Fact::decision;
    default: return std::nullopt;
  }
}

/// A decision in which a key stands twice says nothing that all readers agree on: neither its word counts, nor its id
/// alone.
void doubt(Entry& entry, json::Value root) {
  const bool is_upstream = entry.dialect == Dialect::policy_decision;
  if (!is_upstream && entry.dialect != Dialect::browser_policy_decision &&
      entry.dialect != Dialect::browser_policy_action) {
    return;
  }
  entry[Fact::effect].clear();
  if (entry.dialect == Dialect::browser_policy_action) return;
  std::string scratch;
  for (const json::Member member : root.members()) {
    if (!member.key.equals(is_upstream ? "id" : "decisionId") || !member.value.is_string()) continue;
    if (entry.reference_count == entry.references.size()) entry.references.emplace_back();
    std::string& id = entry.references[entry.reference_count++];
    id = member.value.string(scratch);
    if (!is_upstream) complete_decision_id(id);
  }
}

/// A text as other documents write it: BearBrowser's scripts put their prefix before what is a URN already. What a
/// document is called itself may be made out of another URN; there only a prefix that stands twice is left out.
std::string_view as_written_by_others(bool is_reference, std::string_view text) {
  return is_reference ? text::innermost_urn(text) : text::without_repeated_prefix(text);
}

/// @param takes  whether a row of the table is the one that is looked for
template <typename Takes>
std::string pointer_at(Dialect dialect, Takes takes) {
  if (dialect >= Dialect::count) return {};
  const auto index = static_cast<std::size_t>(dialect);
  for (std::size_t i = first_facts[index]; i < first_facts[index + 1]; ++i) {
    if (takes(facts[i])) return "/" + std::string(paths()[i]);
  }
  return {};
}

}  // namespace

std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    hash = (hash ^ json::detail::load8(at)) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  for (; left != 0; --left, ++at) hash = (hash ^ static_cast<unsigned char>(*at)) * 0x9e3779b97f4a7c15u;
  return static_cast<std::uint32_t>(hash ^ hash >> 29);
}

json::Value at(json::Value root, std::string_view path) {
  json::Value here = root;
  for (std::size_t begin = 0; here && begin < path.size();) {
    const std::size_t end = path.find('/', begin);
    here = here.find(path.substr(begin, end - begin));
    begin = end == std::string_view::npos ? path.size() : end + 1;
  }
  return here;
}

std::string pointer_of(Dialect dialect, Fact fact) {
  assert(may_have(dialect, fact));
  return pointer_at(dialect,
                    [fact](std::uint8_t row) { return row < instant_row && (row & slot_bits) == slot_of(fact); });
}

std::string pointer_of(Dialect dialect, Time time) {
  assert(may_have(dialect, time));
  return pointer_at(dialect, [time](std::uint8_t row) { return row == (instant_row | slot_of(time)); });
}

std::string pointer_of(Dialect dialect, List which) {
  return pointer_at(dialect, [which](std::uint8_t row) { return row == (list_row | static_cast<unsigned>(which)); });
}

void Entry::read(const json::Document& document, Dialect of) {
  dialect = of;
  hash = hash_of(document.text);
  size = document.text.size();
  planes = 0;
  reference_count = 0;
  times.fill(never);
  for (std::string& slot : slots) slot.clear();
  if (of >= Dialect::count) return;
  const json::Value root = document.root();
  std::string scratch;
  const auto index = static_cast<std::size_t>(of);
  for (std::size_t i = first_facts[index]; i < first_facts[index + 1]; ++i) {
    const json::Value value = at(root, paths()[i]);
    if (!value) continue;
    const std::uint8_t row = facts[i];
    if (row >= list_row) {
      for (const json::Value item : value.items()) {
        if (!item.is_string()) continue;
        if (reference_count == references.size()) references.emplace_back();
        references[reference_count++] = text::without_repeated_prefix(item.string(scratch));
      }
    } else if (row >= instant_row) {
      Nanoseconds& time = times[row - instant_row];
      if (time == never) time = instant_of(value, scratch);
    } else if (std::string& slot = slots[row & slot_bits];
               slot.empty() && value.node().tag() < json::Node::array && !value.is_null()) {
      slot = value.is_string() ? as_written_by_others(row >= reference_row, value.string(scratch)) : value.raw();
    }
  }
  if (const auto fact = shortened_decision(of)) complete_decision_id((*this)[*fact]);
  if (document.has_duplicates) doubt(*this, root);
  if (has(of, Trait::bundle)) {
    (*this)[Fact::bundle].append("@").append((*this)[Fact::version]);
  } else if (of == Dialect::capability_ledger) {
    planes = static_cast<std::uint16_t>(planes_in(root.find("declaredBy")) | planes_in(root.find("negotiatedBy")));
  }
}

}  // namespace bearproof::collection
