#include "linker.h"

#include <utility>

namespace bearproof::collection {

json::Value Loaded::load(const Index& index, DocumentIndex document, Texts& texts) {
  if (document == document_) return root_;
  document_ = document;
  const json::Document* read = texts.read(index, document, text_) ? reader_.read(text_) : nullptr;
  return root_ = read == nullptr ? json::Value() : read->root();
}

Linker::Linker(Index& index_given, const LinkOptions& options, Texts& texts_given)
    : index(index_given),
      texts(texts_given),
      ids(index_given, Fact::id, [](const Record&) { return true; }),
      options_(options) {
  for (DocumentIndex i = 0; i < index.size(); ++i) traits_ |= traits_of(index[i].dialect);
}

bool Linker::wants(RuleCase rule_case) const {
  const Severity severity = options_.severities[static_cast<std::size_t>(rule_case)];
  return severity >= options_.level && severity != Severity::off;
}

Found* Linker::raise(RuleCase rule_case, DocumentIndex document, std::string pointer) {
  if (!wants(rule_case)) return nullptr;
  if (linked_.found.size() >= options_.limit) {
    ++linked_.dropped;
    return nullptr;
  }
  Found& found = linked_.found.emplace_back();
  found.rule_case = rule_case;
  found.at = {document, std::move(pointer)};
  return &found;
}

Found* Linker::raise(RuleCase rule_case, DocumentIndex document, Fact fact) {
  return raise(rule_case, document, pointer_of(index[document].dialect, fact));
}

Found* Linker::raise(RuleCase rule_case, DocumentIndex document, Time time) {
  return raise(rule_case, document, pointer_of(index[document].dialect, time));
}

void Linker::also(Found* found, DocumentIndex document, std::string pointer, const char* message) const {
  if (found != nullptr) found->related.push_back({{document, std::move(pointer)}, message});
}

void Linker::also(Found* found, DocumentIndex document, Fact fact, const char* message) const {
  if (found != nullptr) also(found, document, pointer_of(index[document].dialect, fact), message);
}

DocumentIndex Linker::find(StringId id, Trait trait) const {
  std::vector<DocumentIndex>& by_id = with_trait_[static_cast<std::size_t>(trait)];
  if (by_id.empty()) {
    by_id.assign(index.strings().size(), nothing);
    for (DocumentIndex i = 0; i < index.size(); ++i) {
      const Record& record = index[i];
      if (record[Fact::id] == 0 || !record.is(trait)) continue;
      DocumentIndex& document = by_id[record[Fact::id]];
      if (record.is_current || document == nothing) document = i;
    }
  }
  return by_id[id];
}

bool Linker::are_copies(DocumentIndex a, DocumentIndex b) const {
  if (index[a].hash != index[b].hash || index[a].size != index[b].size) return false;
  std::string one;
  std::string other;
  return !texts.read(index, a, one) || !texts.read(index, b, other) || one == other;
}

Linked link(Index& index, const LinkOptions& options, Texts& texts) {
  Linker linker(index, options, texts);
  for (const auto check : {fold_records, check_receipts, check_look_alikes, check_decisions, check_capabilities,
                           check_links, check_orphans, check_events, check_transcripts, check_chains, check_services,
                           check_plans, check_machines, check_files})
    check(linker);
  return linker.take();
}

}  // namespace bearproof::collection
