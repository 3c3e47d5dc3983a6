#include "bearproof/collection/facts.h"

#include "bearproof/finding/joined_texts.h"
#include "bearproof/json/bytes.h"
#include "bearproof/schema/instant.h"
#include "bearproof/text/urn.h"

namespace bearproof::collection {
namespace {

constexpr std::uint8_t times_from = 32;
constexpr std::uint8_t list = 255;

struct Fact {
  Dialect dialect;
  std::uint8_t what;  ///< a Slot; from times_from on a Time; or `list`
};

constexpr Fact facts[] = {
#define FACT(dialect, slot, path) {Dialect::dialect, static_cast<std::uint8_t>(Slot::slot)},
#define TIME(dialect, time, path) {Dialect::dialect, times_from + static_cast<std::uint8_t>(Time::time)},
#define LIST(dialect, path) {Dialect::dialect, list},
#include "facts.def"
#undef FACT
#undef TIME
#undef LIST
};
constexpr std::size_t fact_count = sizeof facts / sizeof facts[0];

constexpr char joined_paths[] =
#define FACT(dialect, slot, path) path "\0"
#define TIME(dialect, time, path) path "\0"
#define LIST(dialect, path) path "\0"
#include "facts.def"
#undef FACT
#undef TIME
#undef LIST
    ;

/// The path of each fact.
const std::array<std::string_view, fact_count>& paths() {
  static const auto table = split<fact_count>(JoinedTexts(joined_paths));
  return table;
}

/// Where the facts of each dialect start in the table, and one past the last dialect's.
constexpr auto first_facts() {
  std::array<std::uint16_t, static_cast<std::size_t>(Dialect::count) + 1> first{};
  for (std::size_t dialect = 0; dialect < first.size(); ++dialect) {
    std::size_t before = 0;
    while (before < fact_count && static_cast<std::size_t>(facts[before].dialect) < dialect) ++before;
    first[dialect] = static_cast<std::uint16_t>(before);
  }
  return first;
}
constexpr auto first = first_facts();

constexpr bool is_in_order() {
  for (std::size_t i = 1; i < fact_count; ++i) {
    if (facts[i].dialect < facts[i - 1].dialect) return false;
  }
  return true;
}
static_assert(is_in_order(), "facts.def names dialects in the order of the enum");

Nanoseconds instant(json::Value value, std::string& scratch) {
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

/// The slot of what a document decides, or which decision admitted it, where that may stand without its prefix; `count`
/// of other dialects.
Slot decision_slot(Dialect dialect) {
  switch (dialect) {
    case Dialect::browser_policy_decision: return Slot::id;
    case Dialect::browser_policy_action:
    case Dialect::browser_receipt_bearbrowser_v1: return Slot::policy;
    default: return Slot::count;
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
  entry.slots[static_cast<std::size_t>(Slot::state)].clear();
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

/// A reference as other documents write it: BearBrowser's scripts put their prefix before what is a URN already. What a
/// document is called itself may be made out of another URN; there only a prefix that stands twice is left out.
std::string_view as_referred_to(std::uint8_t what, std::string_view text) {
  switch (static_cast<Slot>(what)) {
    case Slot::session:
    case Slot::owner:
    case Slot::policy:
    case Slot::ledger: return text::innermost_urn(text);
    default: return text::without_repeated_prefix(text);
  }
}

std::string pointer_at(Dialect dialect, std::uint8_t what) {
  if (dialect >= Dialect::count) return {};
  const auto index = static_cast<std::size_t>(dialect);
  for (std::size_t i = first[index]; i < first[index + 1]; ++i) {
    if (facts[i].what == what) return "/" + std::string(paths()[i]);
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

std::string pointer_of(Dialect dialect, Slot slot) { return pointer_at(dialect, static_cast<std::uint8_t>(slot)); }
std::string pointer_of(Dialect dialect, Time time) {
  return pointer_at(dialect, static_cast<std::uint8_t>(times_from + static_cast<std::uint8_t>(time)));
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
  for (std::size_t i = first[index]; i < first[index + 1]; ++i) {
    const Fact& fact = facts[i];
    const json::Value value = at(root, paths()[i]);
    if (!value) continue;
    if (fact.what == list) {
      for (const json::Value item : value.items()) {
        if (!item.is_string()) continue;
        if (reference_count == references.size()) references.emplace_back();
        references[reference_count++] = text::without_repeated_prefix(item.string(scratch));
      }
    } else if (fact.what >= times_from) {
      Nanoseconds& time = times[fact.what - times_from];
      if (time == never) time = instant(value, scratch);
    } else if (slots[fact.what].empty() && value.node().tag() < json::Node::array && !value.is_null()) {
      slots[fact.what] = value.is_string() ? as_referred_to(fact.what, value.string(scratch)) : value.raw();
    }
  }
  if (const Slot slot = decision_slot(of); slot != Slot::count) {
    complete_decision_id(slots[static_cast<std::size_t>(slot)]);
  }
  if (document.has_duplicates) doubt(*this, root);
  std::string& name = slots[static_cast<std::size_t>(Slot::name)];
  if (of == Dialect::bundle_v0_1 || of == Dialect::bundle_v0_2) {
    name.append("@").append(slots[static_cast<std::size_t>(Slot::subject)]);
  } else if (of == Dialect::capability_ledger) {
    planes = static_cast<std::uint16_t>(planes_in(root.find("declaredBy")) | planes_in(root.find("negotiatedBy")));
  }
}

}  // namespace bearproof::collection
