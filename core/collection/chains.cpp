// Chains of artifacts: Bundle, Validation, Placement, Run, Replay, and what follows from a run.
#include <string>
#include <vector>

#include "bearproof/json/strings.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

/// The artifacts of one bundle, the first of each kind; `nothing` where there is none.
struct Chain {
  DocumentIndex of[static_cast<std::size_t>(Dialect::count)];
  Chain() {
    for (DocumentIndex& document : of) document = Linker::nothing;
  }
  DocumentIndex operator[](Dialect dialect) const { return of[static_cast<std::size_t>(dialect)]; }
  DocumentIndex bundle() const {
    return (*this)[Dialect::bundle_v0_1] != Linker::nothing ? (*this)[Dialect::bundle_v0_1]
                                                            : (*this)[Dialect::bundle_v0_2];
  }
  bool has(Dialect dialect) const { return (*this)[dialect] != Linker::nothing; }
};

/// Two artifacts say the same, where both say it.
struct Agreement {
  Dialect later;
  Slot slot;
  Dialect earlier;
  Slot expected;
  RuleCase rule;
  std::string_view message;
};

using D = Dialect;
const Agreement agreements[] = {
    {D::replay_artifact, Slot::subject, D::run_artifact, Slot::subject, Rule::chain_executor_mismatch,
     "the replay names another executor than the run"},
    {D::run_artifact, Slot::place, D::placement_receipt, Slot::place, Rule::chain_backend_mismatch,
     "the run names another backend than its placement"},
    {D::run_artifact, Slot::policy, D::bundle_v0_1, Slot::policy, Rule::chain_run_lane, ""},
    {D::replay_artifact, Slot::ledger, D::bundle_v0_1, Slot::ledger, Rule::chain_replay_policy_drift, ""},
    {D::replay_artifact, Slot::root, D::bundle_v0_1, Slot::root, Rule::chain_replay_policy_drift, ""},
    {D::placement_decision, Slot::subject, D::bundle_v0_1, Slot::owner, Rule::chain_placement_pinned_executor, ""},
    {D::placement_receipt, Slot::subject, D::bundle_v0_1, Slot::owner, Rule::chain_placement_pinned_executor, ""},
};

class Chains {
 public:
  explicit Chains(Linker& linker)
      : linker_(linker), index_(linker.index), has_session_receipts_(linker.any(Trait::session_receipt)) {}

  void check(const Groups::Group& documents) {
    Chain chain;
    // A placement decision names no bundle: it belongs to the only bundle that there is.
    chain.of[static_cast<std::size_t>(D::placement_decision)] = lone_placement_;
    for (const DocumentIndex i : documents) {
      DocumentIndex& first = chain.of[static_cast<std::size_t>(index_[i].dialect)];
      if (first == Linker::nothing) first = i;
    }
    check_whole(chain);
    check_order(chain);
    check_agreement(chain);
    check_outcome(chain, documents);
    check_secrets(chain);
  }

  void find_placements(bool only_bundle) {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      const bool nameless = index_[i].dialect == D::placement_decision && index_[i][Slot::name] == 0;
      if (nameless) any_placement_ = true;
      if (nameless && only_bundle) lone_placement_ = i;
    }
  }

 private:
  void check_whole(const Chain& chain) {
    const DocumentIndex run = chain[D::run_artifact];
    if (run == Linker::nothing) return;
    std::string missing;
    const auto want = [&](bool there, std::string_view what) {
      if (!there) missing.append(missing.empty() ? "" : ", ").append(what);
    };
    want(chain.has(D::validation_artifact), "ValidationArtifact");
    want(chain.has(D::placement_receipt) || chain.has(D::placement_decision) || any_placement_, "PlacementReceipt");
    want(chain.has(D::replay_artifact), "ReplayArtifact");
    if (missing.empty()) return;
    if (Found* found = linker_.raise(Rule::chain_evidence_missing, run, Slot::name)) {
      found->message = "the run of " + linker_.quoted(index_[run][Slot::name]) + " has no " + missing;
    }
  }

  void check_order(const Chain& chain) {
    const DocumentIndex steps[] = {
        chain[D::validation_artifact],
        chain.has(D::placement_receipt) ? chain[D::placement_receipt] : chain[D::placement_decision],
        chain[D::run_artifact], chain[D::replay_artifact]};
    DocumentIndex before = Linker::nothing;
    for (const DocumentIndex step : steps) {
      if (step == Linker::nothing || index_[step][Time::seen] == never) continue;
      if (before != Linker::nothing && index_[step][Time::seen] < index_[before][Time::seen]) {
        linker_.also(linker_.raise(Rule::chain_order, step, Time::seen), before,
                     pointer_of(index_[before].dialect, Time::seen), "the step before it");
        return;
      }
      before = step;
    }
  }

  void disagree(const Agreement& agreement, DocumentIndex later, DocumentIndex earlier) {
    Found* found = linker_.raise(agreement.rule, later, agreement.slot);
    if (found != nullptr) found->message = agreement.message;
    linker_.also(found, earlier, agreement.expected, "what it should agree with");
  }

  void check_agreement(const Chain& chain) {
    for (const Agreement& agreement : agreements) {
      const DocumentIndex later = chain[agreement.later];
      const DocumentIndex earlier = agreement.earlier == D::bundle_v0_1 ? chain.bundle() : chain[agreement.earlier];
      if (later == Linker::nothing || earlier == Linker::nothing) continue;
      const StringId said = index_[later][agreement.slot];
      const StringId expected = index_[earlier][agreement.expected];
      if (said != 0 && expected != 0 && said != expected) disagree(agreement, later, earlier);
    }
    const DocumentIndex run = chain[D::run_artifact];
    const DocumentIndex bundle = chain.bundle();
    const DocumentIndex chosen =
        chain.has(D::placement_decision) ? chain[D::placement_decision] : chain[D::placement_receipt];
    if (chosen == Linker::nothing) return;
    const Record& placed = index_[chosen];
    if (run != Linker::nothing && index_[run][Slot::subject] != 0 && placed[Slot::subject] != 0 &&
        index_[run][Slot::subject] != placed[Slot::subject] && index_[run][Slot::subject] != placed[Slot::extra]) {
      disagree({D::run_artifact, Slot::subject, placed.dialect, Slot::subject, Rule::chain_executor_mismatch,
                "the run names another executor than its placement"},
               run, chosen);
    }
    if (bundle == Linker::nothing || placed.dialect != D::placement_decision || placed[Slot::place] == 0 ||
        index_[bundle][Slot::place] == 0 || placed[Slot::place] == index_[bundle][Slot::place]) {
      return;
    }
    // Without KVM a placement may fall back on lima-process.
    const bool forced = index_.text(placed[Slot::place]) == "lima-process";
    disagree({D::placement_decision, Slot::place, D::bundle_v0_1, Slot::place,
              forced ? Rule::chain_backend_mismatch_forced : Rule::chain_backend_mismatch, ""},
             chosen, bundle);
  }

  static bool is_valid(const Record& validation, const Index& index) {
    if (validation[Slot::extra] != 0) return index.text(validation[Slot::extra]) != "false";
    return validation[Slot::state] == 0 || validation[Slot::state] == Word::pass;
  }

  void check_outcome(const Chain& chain, const Groups::Group& documents) {
    const DocumentIndex validation = chain[D::validation_artifact];
    const DocumentIndex run = chain[D::run_artifact];
    if (validation != Linker::nothing && run != Linker::nothing && !is_valid(index_[validation], index_)) {
      const Slot slot = index_[validation][Slot::extra] != 0 ? Slot::extra : Slot::state;
      linker_.also(linker_.raise(Rule::chain_run_before_valid, run, Slot::name), validation, slot, "the validation");
    }
    bool succeeded = false;
    for (const DocumentIndex i : documents) {
      succeeded = succeeded || (index_[i].dialect == D::run_artifact && index_[i][Slot::state] == Word::success);
    }
    for (const DocumentIndex i : documents) {
      const Record& record = index_[i];
      if (record.dialect == D::promotion_artifact && !succeeded) {
        Found* found = linker_.raise(Rule::chain_promotion_unreviewed, i, Slot::name);
        if (run != Linker::nothing) linker_.also(found, run, Slot::state, "the run");
      } else if (record.dialect == D::reversal_artifact) {
        const DocumentIndex source = linker_.find(record[Slot::parent], Trait::promotion);
        if (source == Linker::nothing) linker_.raise(Rule::chain_reversal_dangling, i, Slot::parent);
      } else if (record.dialect == D::session_artifact) {
        if (record[Slot::parent] != 0 && has_session_receipts_ && linker_.ids.of(record[Slot::parent]).empty()) {
          Found* found = linker_.raise(Rule::chain_session_dangling, i, Slot::parent);
          if (found != nullptr) found->message = "the session's receipt is not in this collection";
        }
        if (run == Linker::nothing) continue;
        const StringId state = record[Slot::state];
        const bool both = (state == Word::success || state == Word::failure) && index_[run][Slot::state] != 0;
        if (both && state != index_[run][Slot::state]) {
          linker_.also(linker_.raise(Rule::chain_session_dangling, i, Slot::state), run, Slot::state, "the run");
        }
      }
    }
  }

  /// A replay takes the secrets that its bundle requires, and no others.
  void check_secrets(const Chain& chain) {
    const DocumentIndex replay = chain[D::replay_artifact];
    const DocumentIndex bundle = chain.bundle();
    if (replay == Linker::nothing || bundle == Linker::nothing) return;
    Loaded of_replay;
    Loaded of_bundle;
    const json::Value taken = at(of_replay.load(index_, replay, linker_.texts), "inputs/secretsRequired");
    const json::Value required = at(of_bundle.load(index_, bundle, linker_.texts), "spec/secrets/required");
    if (!taken) return;
    const std::vector<json::Value> known = json::sorted_strings(required);
    std::size_t item = 0;
    std::string scratch;
    for (const json::Value name : taken.items()) {
      const std::string pointer = "/inputs/secretsRequired/" + std::to_string(item++);
      if (!name.is_string() || json::holds(known, name.string(scratch))) continue;
      linker_.also(linker_.raise(Rule::chain_replay_secret_undeclared, replay, pointer), bundle, "/spec/secrets",
                   "what the bundle requires");
    }
  }

  Linker& linker_;
  const Index& index_;
  bool has_session_receipts_;
  bool any_placement_ = false;
  DocumentIndex lone_placement_ = Linker::nothing;
};

/// Where there is one bundle, what names another was put into the wrong place.
void check_strays(Linker& linker, DocumentIndex bundle) {
  const Index& index = linker.index;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    const Record& record = index[i];
    if (!record.is(Trait::chain) || record[Slot::name] == 0 || record[Slot::name] == index[bundle][Slot::name])
      continue;
    Found* found = linker.raise(Rule::chain_bundle_mismatch, i, Slot::name);
    if (found == nullptr) continue;
    found->message = "the artifact names " + linker.quoted(record[Slot::name]) + ", the bundle is " +
                     linker.quoted(index[bundle][Slot::name]);
    linker.also(found, bundle, "/metadata", "the bundle");
  }
}

}  // namespace

void check_chains(Linker& linker) {
  const Index& index = linker.index;
  const Groups chains(index, Slot::name, [](const Record& record) { return record.is(Trait::chain); });
  if (chains.empty()) return;
  DocumentIndex bundle = Linker::nothing;
  std::size_t bundles = 0;
  std::size_t names = 0;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (!index[i].is(Trait::bundle)) continue;
    ++bundles;
    bundle = i;
  }
  for (StringId name = 1; name < chains.end(); ++name) names += chains.of(name).empty() ? 0u : 1u;
  Chains all(linker);
  all.find_placements(names == 1);
  for (StringId name = 1; name < chains.end(); ++name) {
    if (!chains.of(name).empty()) all.check(chains.of(name));
  }
  if (bundles == 1) check_strays(linker, bundle);
}

}  // namespace bearproof::collection
