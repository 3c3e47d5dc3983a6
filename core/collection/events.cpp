// Events: stores of them, what they say of processes, and the registry of their explanations.
#include <string>
#include <vector>

#include "bearproof/collection/noise.h"
#include "bearproof/json/pointer.h"
#include "bearproof/rules/rules.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

bool is_stored(const Record& record) { return record.is_line && record.is(Trait::event); }

void check_store_order(Linker& linker) {
  const Index& index = linker.index;
  const DocumentIndex none = Linker::nothing;
  DocumentIndex before = none;
  // By id, its first event in the store at hand: a store's lines stand together.
  std::vector<DocumentIndex> first_with(index.strings().size(), none);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (!is_stored(record)) continue;
    if (before != none && index[before].source == record.source && record[Time::recorded] != never &&
        record[Time::recorded] < index[before][Time::recorded]) {
      linker.also(linker.raise(Rule::store_time_backwards, i, Time::recorded), before,
                  pointer_of(index[before].dialect, Time::recorded), "the event before it");
    }
    before = i;
    DocumentIndex& first = first_with[record[Fact::id]];
    if (first == none || index[first].source != record.source) {
      first = i;
    } else if (record[Fact::id] != 0) {
      linker.also(linker.raise(Rule::store_event_duplicate_id, i, Fact::id), first, Fact::id, "first used here");
    }
    if (record[Fact::severity] == Word::critical && record[Fact::suppressed] != 0 &&
        index.text(record[Fact::suppressed]) != "0") {
      linker.raise(Rule::store_noise_critical_suppressed, i, Fact::suppressed);
    }
    if (!linker.wants(Rule::store_causality_dangling)) continue;
    for (const Fact fact : {Fact::parent, Fact::root_event}) {
      if (record[fact] == 0 || !linker.ids.of(record[fact]).empty()) continue;
      linker.raise(Rule::store_causality_dangling, i, fact);
      break;
    }
  }
}

void check_noise(Linker& linker) {
  for (const NoiseGroup& group : noise_of(linker.index)) {
    if (group.most_in_window < 2) continue;
    const bool over = group.most_in_window > noise_budget;
    Found* found = linker.raise(over ? Rule::store_noise_over_budget : Rule::store_noise, group.first, "");
    if (found == nullptr) continue;
    found->message << group.count << " identical events could be one";
    if (over) {
      found->message << "; " << group.most_in_window << " of them came within five minutes, the budget is "
                     << noise_budget;
    }
    for (const DocumentIndex sample : group.samples) {
      if (sample != group.first) linker.also(found, sample, "", "the same again");
    }
  }
}

/// An exit belongs to the launch that its process's provenance tells of.
void check_exits(Linker& linker) {
  const Index& index = linker.index;
  const auto is_provenance = [](const Record& record) { return record.dialect == Dialect::process_provenance; };
  const Groups by_root(index, Fact::root_event, is_provenance);
  const Groups by_trace(index, Fact::trace, is_provenance);
  if (by_root.empty()) return;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (record.dialect != Dialect::event || index.text(record[Fact::event_class]) != "process.exit") continue;
    const Groups::Group same_root = by_root.of(record[Fact::root_event]);
    const Groups::Group same = same_root.empty() ? by_trace.of(record[Fact::trace]) : same_root;
    if (same.empty()) continue;
    const Record& launch = index[same[0]];
    for (const Fact fact : {Fact::root_event, Fact::trace, Fact::parent}) {
      const Fact expected = fact == Fact::parent ? Fact::root_event : fact;
      if (record[fact] == launch[expected]) continue;
      linker.also(linker.raise(Rule::provenance_exit_event, i, fact), same[0], expected, "the launch says this");
      break;
    }
  }
}

struct Agreement {
  std::string_view of_event;
  std::string_view of_entry;
};
constexpr Agreement agreements[] = {{"decision/result", "result"},
                                    // What was decided: how the event as a whole went is the event's own affair.
                                    {"decision/semantic_outcome", "semantic_outcome"},
                                    {"operator_narrative/risk", "risk"}};

/// Whether a severity is what the entry of its code says, or more severe where the entry allows that.
bool fits(json::Value severity, json::Value entry) {
  const json::Value registered = entry.find("severity");
  const int loud = severity ? rules::loudness(severity) : -1;
  const int expected = registered ? rules::loudness(registered) : -1;
  if (loud < 0 || expected < 0) return true;
  const json::Value stricter = entry.find("allow_stricter_severity");
  return loud == expected || (loud > expected && !(stricter && stricter.is_false()));
}

/// The entries of a registry of explanations, by their codes.
class Registry {
 public:
  explicit Registry(json::Value root) : document_(&root.document()) {
    const json::Value codes = root.find("codes");
    if (!codes) return;
    std::string scratch;
    for (const json::Value entry : codes.items()) {
      const json::Value code = entry.find("code");
      if (!code || !code.is_string()) continue;
      const StringId number = codes_.add(code.string(scratch));
      entries_.resize(codes_.size());
      if (entries_[number] == 0) entries_[number] = entry.index();
    }
  }
  /// False where there is none.
  json::Value entry_of(std::string_view code) const {
    const StringId number = codes_.find(code);
    if (number >= entries_.size() || entries_[number] == 0) return {};
    return {document_, entries_[number]};
  }

 private:
  const json::Document* document_;
  Strings codes_;
  std::vector<NodeIndex> entries_;  ///< 0, the root, is none
};

/// Where the collection holds a registry of explanations, events have to agree with it.
void check_explanations(Linker& linker) {
  const Index& index = linker.index;
  DocumentIndex registry = Linker::nothing;
  for (DocumentIndex i = 0; i < index.size() && registry == Linker::nothing; ++i) {
    if (index[i].dialect == Dialect::policy_explanation_registry) registry = i;
  }
  if (registry == Linker::nothing) return;
  Loaded codes;
  const json::Value known = codes.load(index, registry, linker.texts);
  if (!known) return;
  const Registry entries(known);
  Loaded loaded;
  std::string scratch;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (index[i].dialect != Dialect::event || index[i][Fact::policy_rule] == 0) continue;
    const json::Value root = loaded.load(index, i, linker.texts);
    const json::Value code = root ? at(root, "decision/explanation_code") : json::Value();
    if (!code || !code.is_string()) continue;
    const json::Value entry = entries.entry_of(code.string(scratch));
    if (!entry) {
      linker.also(linker.raise(Rule::event_explanation_unknown, i, "/decision/explanation_code"), registry, "/codes",
                  "the registry");
      continue;
    }
    const auto contradicts = [&](std::string_view member, json::Value expected) {
      Found* found = linker.raise(Rule::event_explanation_contradiction, i, "/" + std::string(member));
      linker.also(found, registry, json::pointer_to(known.document(), expected.index()), "the registry says this");
    };
    if (!fits(root.find("severity"), entry)) {
      contradicts("severity", entry.find("severity"));
      continue;
    }
    for (const Agreement& agreement : agreements) {
      const json::Value said = at(root, agreement.of_event);
      const json::Value expected = entry.find(agreement.of_entry);
      if (!said || !expected || equal_values(said, expected)) continue;
      contradicts(agreement.of_event, expected);
      break;
    }
  }
}

}  // namespace

std::vector<NoiseGroup> noise_of(const Index& index) {
  std::vector<NoiseGroup> groups;
  std::vector<std::uint32_t> group_of_key;
  Strings keys;
  std::string key;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (!is_stored(record)) continue;
    key = std::to_string(record.source);
    const bool decided = record[Fact::decision_result] != 0;
    for (const Fact fact : {Fact::actor, Fact::subject, decided ? Fact::decision_result : Fact::event_class,
                            decided ? Fact::policy_rule : Fact::outcome}) {
      key += ' ' + std::to_string(record[fact]);
    }
    const bool alone = record[Fact::severity] == Word::critical || record[Fact::suppressed] != 0;
    if (alone) key += " #" + std::to_string(i);
    const StringId number = keys.add(key);
    if (number >= group_of_key.size()) group_of_key.resize(std::size_t{number} + 1, ~0u);
    if (group_of_key[number] == ~0u) {
      group_of_key[number] = static_cast<std::uint32_t>(groups.size());
      NoiseGroup& fresh = groups.emplace_back();
      fresh.first = i;
    }
    NoiseGroup& group = groups[group_of_key[number]];
    const Nanoseconds seen = record[Time::recorded];
    ++group.count;
    if (group.samples.size() < noise_samples) group.samples.push_back(i);
    if (seen == never) continue;
    if (group.first_seen == never || seen < group.first_seen) group.first_seen = seen;
    if (group.last_seen == never || seen > group.last_seen) group.last_seen = seen;
    // Unsigned, since centuries do not fit between two of the signed.
    const auto passed = static_cast<std::uint64_t>(seen) - static_cast<std::uint64_t>(group.window_start);
    if (group.window_start == never || seen < group.window_start || passed > std::uint64_t{noise_window}) {
      group.window_start = seen;
      group.in_window = 0;
    }
    if (++group.in_window > group.most_in_window) group.most_in_window = group.in_window;
  }
  return groups;
}

void check_events(Linker& linker) {
  check_store_order(linker);
  check_noise(linker);
  check_exits(linker);
  check_explanations(linker);
}

}  // namespace bearproof::collection
