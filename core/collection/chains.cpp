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
  Fact said;
  Dialect earlier;
  Fact expected;
  RuleCase rule;
  std::string_view message;
};

using D = Dialect;
const Agreement agreements[] = {
    {D::replay_artifact, Fact::executor, D::run_artifact, Fact::executor, Rule::chain_executor_mismatch,
     "the replay names another executor than the run"},
    {D::run_artifact, Fact::backend, D::placement_receipt, Fact::backend, Rule::chain_backend_mismatch,
     "the run names another backend than its placement"},
    {D::run_artifact, Fact::lane, D::bundle_v0_1, Fact::lane, Rule::chain_run_lane, ""},
    {D::replay_artifact, Fact::policy_pack_hash, D::bundle_v0_1, Fact::policy_pack_hash,
     Rule::chain_replay_policy_drift, ""},
    {D::replay_artifact, Fact::policy_pack, D::bundle_v0_1, Fact::policy_pack, Rule::chain_replay_policy_drift, ""},
    {D::placement_decision, Fact::executor, D::bundle_v0_1, Fact::pinned_executor,
     Rule::chain_placement_pinned_executor, ""},
    {D::placement_receipt, Fact::executor, D::bundle_v0_1, Fact::pinned_executor, Rule::chain_placement_pinned_executor,
     ""},
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
      const bool nameless = index_[i].dialect == D::placement_decision && index_[i][Fact::bundle] == 0;
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
    if (Found* found = linker_.raise(Rule::chain_evidence_missing, run, Fact::bundle)) {
      found->message << "the run of " << linker_.quote(index_[run][Fact::bundle]) << " has no " << words(missing);
    }
  }

  void check_order(const Chain& chain) {
    const DocumentIndex steps[] = {
        chain[D::validation_artifact],
        chain.has(D::placement_receipt) ? chain[D::placement_receipt] : chain[D::placement_decision],
        chain[D::run_artifact], chain[D::replay_artifact]};
    DocumentIndex before = Linker::nothing;
    for (const DocumentIndex step : steps) {
      if (step == Linker::nothing || index_[step][Time::recorded] == never) continue;
      if (before != Linker::nothing && index_[step][Time::recorded] < index_[before][Time::recorded]) {
        linker_.also(linker_.raise(Rule::chain_order, step, Time::recorded), before,
                     pointer_of(index_[before].dialect, Time::recorded), "the step before it");
        return;
      }
      before = step;
    }
  }

  void disagree(const Agreement& agreement, DocumentIndex later, DocumentIndex earlier) {
    Found* found = linker_.raise(agreement.rule, later, agreement.said);
    if (found != nullptr) found->message << words(agreement.message);
    linker_.also(found, earlier, agreement.expected, "what it should agree with");
  }

  void check_agreement(const Chain& chain) {
    for (const Agreement& agreement : agreements) {
      const DocumentIndex later = chain[agreement.later];
      const DocumentIndex earlier = agreement.earlier == D::bundle_v0_1 ? chain.bundle() : chain[agreement.earlier];
      if (later == Linker::nothing || earlier == Linker::nothing) continue;
      const StringId said = index_[later][agreement.said];
      const StringId expected = index_[earlier][agreement.expected];
      if (said != 0 && expected != 0 && said != expected) disagree(agreement, later, earlier);
    }
    const DocumentIndex run = chain[D::run_artifact];
    const DocumentIndex bundle = chain.bundle();
    const DocumentIndex chosen =
        chain.has(D::placement_decision) ? chain[D::placement_decision] : chain[D::placement_receipt];
    if (chosen == Linker::nothing) return;
    const Record& placed = index_[chosen];
    if (run != Linker::nothing && index_[run][Fact::executor] != 0 && placed[Fact::executor] != 0 &&
        index_[run][Fact::executor] != placed[Fact::executor] && index_[run][Fact::executor] != placed[Fact::ssh]) {
      disagree({D::run_artifact, Fact::executor, placed.dialect, Fact::executor, Rule::chain_executor_mismatch,
                "the run names another executor than its placement"},
               run, chosen);
    }
    if (bundle == Linker::nothing || placed.dialect != D::placement_decision || placed[Fact::backend] == 0 ||
        index_[bundle][Fact::backend] == 0 || placed[Fact::backend] == index_[bundle][Fact::backend]) {
      return;
    }
    // Without KVM a placement may fall back on lima-process.
    const bool forced = index_.text(placed[Fact::backend]) == "lima-process";
    disagree({D::placement_decision, Fact::backend, D::bundle_v0_1, Fact::backend,
              forced ? Rule::chain_backend_mismatch_forced : Rule::chain_backend_mismatch, ""},
             chosen, bundle);
  }

  static bool is_valid(const Record& validation, const Index& index) {
    if (validation[Fact::valid] != 0) return index.text(validation[Fact::valid]) != "false";
    return validation[Fact::result] == 0 || validation[Fact::result] == Word::pass;
  }

  void check_outcome(const Chain& chain, const Groups::Group& documents) {
    const DocumentIndex validation = chain[D::validation_artifact];
    const DocumentIndex run = chain[D::run_artifact];
    if (validation != Linker::nothing && run != Linker::nothing && !is_valid(index_[validation], index_)) {
      const Fact said = index_[validation][Fact::valid] != 0 ? Fact::valid : Fact::result;
      linker_.also(linker_.raise(Rule::chain_run_before_valid, run, Fact::bundle), validation, said, "the validation");
    }
    bool succeeded = false;
    for (const DocumentIndex i : documents) {
      succeeded = succeeded || (index_[i].dialect == D::run_artifact && index_[i][Fact::state] == Word::success);
    }
    for (const DocumentIndex i : documents) {
      const Record& record = index_[i];
      if (record.dialect == D::promotion_artifact && !succeeded) {
        Found* found = linker_.raise(Rule::chain_promotion_unreviewed, i, Fact::bundle);
        if (run != Linker::nothing) linker_.also(found, run, Fact::state, "the run");
      } else if (record.dialect == D::reversal_artifact) {
        const DocumentIndex source = linker_.find(record[Fact::promotion], Trait::promotion);
        if (source == Linker::nothing) linker_.raise(Rule::chain_reversal_dangling, i, Fact::promotion);
      } else if (record.dialect == D::session_artifact) {
        if (record[Fact::session_receipt] != 0 && has_session_receipts_ &&
            linker_.ids.of(record[Fact::session_receipt]).empty()) {
          Found* found = linker_.raise(Rule::chain_session_dangling, i, Fact::session_receipt);
          if (found != nullptr) found->message = "the session's receipt is not in this collection";
        }
        if (run == Linker::nothing) continue;
        const StringId state = record[Fact::state];
        const bool both = (state == Word::success || state == Word::failure) && index_[run][Fact::state] != 0;
        if (both && state != index_[run][Fact::state]) {
          linker_.also(linker_.raise(Rule::chain_session_dangling, i, Fact::state), run, Fact::state, "the run");
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
    if (!record.is(Trait::chain) || record[Fact::bundle] == 0 || record[Fact::bundle] == index[bundle][Fact::bundle])
      continue;
    Found* found = linker.raise(Rule::chain_bundle_mismatch, i, Fact::bundle);
    if (found == nullptr) continue;
    found->message << "the artifact names " << linker.quote(record[Fact::bundle]) << ", the bundle is "
                   << linker.quote(index[bundle][Fact::bundle]);
    linker.also(found, bundle, "/metadata", "the bundle");
  }
}

}  // namespace

void check_chains(Linker& linker) {
  const Index& index = linker.index;
  const Groups chains(index, Fact::bundle, [](const Record& record) { return record.is(Trait::chain); });
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
