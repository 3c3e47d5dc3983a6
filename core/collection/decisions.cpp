// Policy decisions, and the browser receipts that name them: only a readable permission of the right kind admits a
// session.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/history.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

/// What a decision says about driving the browser.
enum class Ruling : std::uint8_t {
  none,  ///< the collection has no decision under this id
  admits,
  refuses,
  holds,
  unreadable,     ///< nothing that a reader of its kind could tell
  other_action,   ///< about something else than automation
  trial,          ///< the engine was only tried out
  contradictory,  ///< several decisions under one id, and they are not the same
};

/// What the decisions under one id come to, in whichever order they are given.
struct Decided {
  Ruling ruling = Ruling::none;
  DocumentIndex first = Linker::nothing;  ///< the decision that decides
  DocumentIndex whole = Linker::nothing;  ///< the first that is a decision of its own, not of an action
  DocumentIndex other = Linker::nothing;  ///< of a contradiction: the first that says something else
  DocumentIndex lifted_by = Linker::nothing;
};

/// What the actions under one id come to.
struct Action {
  DocumentIndex first = Linker::nothing;
  bool is_held = true;  ///< each of them is
  bool is_one_type = true;
  DocumentIndex resolved_by = Linker::nothing;  ///< the first resolution
  bool allowed = false;
  bool denied = false;
};

bool is_action(Dialect dialect) { return dialect == Dialect::browser_policy_action; }

/// What is the id of the decision itself.
Fact decision_id(Dialect dialect) { return is_action(dialect) ? Fact::decision : Fact::id; }

Ruling ruling_of(const Index& index, const Record& decision) {
  const StringId state = decision[Fact::effect];
  if (decision.is(Trait::decision)) {
    if (state == Word::deny) return Ruling::refuses;
    const bool permits = state == Word::permit || state == Word::permitWithObligations;
    // A permission that ends nobody knows when is none.
    return permits && decision[Time::expires] != never ? Ruling::admits : Ruling::unreadable;
  }
  if (decision.dialect == Dialect::browser_policy_decision && index.text(decision[Fact::dry_run]) == "true") {
    return Ruling::trial;
  }
  if (state == Word::deny) return Ruling::refuses;
  if (state != Word::allow && state != Word::observe && state != Word::hold) return Ruling::unreadable;
  if (decision[Fact::action] != Word::run_automation) return Ruling::other_action;
  return state == Word::hold ? Ruling::holds : Ruling::admits;
}

/// Everything that is decided in a collection.
class Decisions {
 public:
  explicit Decisions(Linker& linker)
      : linker_(linker), index_(linker.index), decided_(index_.strings().size()), actions_(index_.strings().size()) {
    if (!linker.any(Trait::decides)) return;
    const auto each_action = [&](void (Decisions::*use)(DocumentIndex)) {
      for (DocumentIndex i = 0; i < index_.size(); ++i) {
        if (is_action(index_[i].dialect)) (this->*use)(i);
      }
    };
    each_action(&Decisions::add_action);
    each_action(&Decisions::resolve);
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      const Record& record = index_[i];
      if (!record.is(Trait::decides)) continue;
      add(record[decision_id(record.dialect)], i);
      // A decision that gives its id twice goes by both: readers choose differently.
      if (is_action(record.dialect)) continue;
      for (const StringId id : index_.references(i)) add(id, i);
    }
    each_action(&Decisions::lift);
  }

  /// Tells of resolutions that do not fit the actions that they name.
  void check_resolutions() {
    for (DocumentIndex i = 0; i < index_.size(); ++i) {
      const Record& resolution = index_[i];
      const Action* const action = is_action(resolution.dialect) ? resolved_by(resolution) : nullptr;
      if (action == nullptr) continue;
      if (!matches(resolution, *action)) {
        Found* found = linker_.raise(Rule::browser_resolution_unmatched, i, Fact::resolves);
        if (found != nullptr && action->is_held) found->message = "the action that this resolves is of another type";
        linker_.also(found, action->first, action->is_held ? Fact::action : Fact::effect,
                     action->is_held ? "its type" : "what was decided about it");
      } else if (is_decision_of_a_person(resolution) && index_[action->resolved_by][Fact::id] != resolution[Fact::id]) {
        linker_.also(linker_.raise(Rule::browser_resolution_repeated, i, Fact::resolves), action->resolved_by,
                     Fact::resolves, "first resolved here");
      }
    }
  }

  /// What the decisions under an id come to.
  const Decided& of(StringId id) const { return decided_[id]; }

 private:
  void add_action(DocumentIndex document) {
    const Record& record = index_[document];
    Action& action = actions_[record[Fact::id]];
    if (action.first == Linker::nothing) action.first = document;
    action.is_held = action.is_held && record[Fact::effect] == Word::hold;
    action.is_one_type = action.is_one_type && record[Fact::action] == index_[action.first][Fact::action];
  }

  /// The action that a resolution names; nothing where it is none, or names one that is not here.
  const Action* resolved_by(const Record& resolution) const {
    if (resolution[Fact::resolves] == 0 || resolution[Fact::resolves] == resolution[Fact::id]) return nullptr;
    const Action& action = actions_[resolution[Fact::resolves]];
    return action.first == Linker::nothing ? nullptr : &action;
  }

  bool matches(const Record& resolution, const Action& action) const {
    return action.is_held && action.is_one_type && index_[action.first][Fact::action] == resolution[Fact::action];
  }

  /// Whether a resolution decides something about what it names, by its own words.
  static bool is_decision_of_a_person(const Record& resolution) {
    const StringId state = resolution[Fact::effect];
    return (state == Word::allow || state == Word::deny) && resolution[Fact::decision_mode] == Word::manual;
  }

  void resolve(DocumentIndex document) {
    const Record& resolution = index_[document];
    const Action* const named = resolved_by(resolution);
    if (named == nullptr || !matches(resolution, *named) || !is_decision_of_a_person(resolution)) return;
    Action& action = actions_[resolution[Fact::resolves]];
    if (action.resolved_by == Linker::nothing) action.resolved_by = document;
    action.allowed = action.allowed || resolution[Fact::effect] == Word::allow;
    action.denied = action.denied || resolution[Fact::effect] == Word::deny;
  }

  /// Whether a resolution allows something, as far as the collection can tell.
  bool allows(const Record& resolution) const {
    if (resolution[Fact::effect] != Word::allow || resolution[Fact::decision_mode] != Word::manual) return false;
    if (resolution[Fact::resolves] == resolution[Fact::id]) return false;
    const Action* const action = resolved_by(resolution);
    return action == nullptr || (matches(resolution, *action) && !action->denied);
  }

  void add(StringId id, DocumentIndex document) {
    if (id == 0) return;
    const Record& record = index_[document];
    Ruling ruling = ruling_of(index_, record);
    const bool is_whole = !is_action(record.dialect);
    if (!is_whole && record[Fact::resolves] != 0) {
      // One that goes by the id of the decision that held lifts that, and is no decision beside it.
      const Action* const action = resolved_by(record);
      if (action != nullptr && index_[action->first][Fact::decision] == id) return;
      if (ruling == Ruling::admits && !allows(record)) ruling = Ruling::unreadable;
    }
    Decided& decided = decided_[id];
    if (decided.ruling == Ruling::none) {
      decided.ruling = ruling;
      decided.first = document;
    } else if (decided.ruling != Ruling::contradictory && !agrees(decided, ruling, document, is_whole)) {
      decided.ruling = Ruling::contradictory;
      decided.other = document;
    }
    if (is_whole && decided.whole == Linker::nothing) decided.whole = document;
  }

  /// Whether a further decision says what those before it say. Of decisions the whole documents are compared; that an
  /// action repeats what was decided elsewhere does not make it another decision.
  bool agrees(const Decided& decided, Ruling ruling, DocumentIndex document, bool is_whole) {
    if (decided.ruling != ruling || index_[decided.first][Fact::effect] != index_[document][Fact::effect]) return false;
    if (!is_whole || decided.whole == Linker::nothing) return true;
    return linker_.are_copies(decided.whole, document) || say_the_same(index_, linker_.texts, decided.whole, document);
  }

  /// What a person decided about a held action holds for the decision that held it.
  void lift(DocumentIndex document) {
    const Action& action = actions_[index_[document][Fact::id]];
    if (action.resolved_by == Linker::nothing) return;
    Decided& decided = decided_[index_[document][Fact::decision]];
    if (decided.ruling != Ruling::holds && decided.lifted_by == Linker::nothing) return;
    // Several held actions may share a decision: one denial is enough to deny it.
    const bool was_lifted = decided.lifted_by != Linker::nothing;
    const bool allowed = action.allowed || (was_lifted && decided.ruling == Ruling::admits);
    const bool denied = action.denied || (was_lifted && decided.ruling == Ruling::refuses);
    if (decided.ruling == Ruling::contradictory) return;
    if (allowed && denied) {
      decided.ruling = Ruling::contradictory;
      decided.other = action.resolved_by;
    } else {
      decided.ruling = denied ? Ruling::refuses : Ruling::admits;
      decided.lifted_by = action.resolved_by;
    }
  }

  Linker& linker_;
  const Index& index_;
  std::vector<Decided> decided_;  ///< by the string of the decision's id
  std::vector<Action> actions_;   ///< by the string of the action's id
};

/// Whether a session is over, by its state or, where it has none, because it was revoked.
bool is_done(const Record& receipt) {
  return is_over(receipt[Fact::state]) || (receipt[Fact::state] == 0 && receipt[Time::revoked] != never);
}

/// The word of a decision, as messages quote it.
Message stated(const Linker& linker, const Record& decision) {
  if (decision[Fact::effect] == 0) return "no readable word";
  return Message::of(linker.quote(decision[Fact::effect]));
}

struct Fault {
  RuleCase rule;
  Message message;
};

/// What stands against a decision that does not admit. @pre its ruling is neither none nor admits
Fault fault_of(const Linker& linker, const Decided& decided) {
  const Record& decision = linker.index[decided.first];
  const Quotation id = linker.quote(decision[decision_id(decision.dialect)]);
  switch (decided.ruling) {
    case Ruling::refuses:
      return {Rule::browser_policy_refused, Message::of("the decision ", id, " denies this session")};
    case Ruling::holds:
      return {Rule::browser_policy_held,
              Message::of("the decision ", id, " holds this session, and nobody has allowed it since")};
    case Ruling::contradictory:
      return {Rule::browser_policy_contradictory, Message::of("there are different decisions under the id ", id)};
    case Ruling::other_action:
      return {Rule::browser_policy_unreadable,
              Message::of("the decision ", id, " is about ", linker.quote(decision[Fact::action]),
                          ", not about automation")};
    case Ruling::trial:
      return {Rule::browser_policy_unreadable,
              Message::of("the decision ", id, " comes from a trial of the policy engine")};
    default: break;
  }
  if (decision.is(Trait::decision) && decision[Time::expires] == never && decision[Fact::effect] != 0) {
    return {Rule::browser_policy_unreadable, Message::of("the decision ", id, " does not tell until when it holds")};
  }
  if (is_action(decision.dialect) && decision[Fact::effect] == Word::allow) {
    return {Rule::browser_policy_unreadable, Message::of("the resolution ", id, " resolves no held action")};
  }
  return {Rule::browser_policy_unreadable,
          Message::of("the decision ", id, " says ", stated(linker, decision), ", which permits nothing")};
}

/// @return whether the decision has expired for this receipt: before it started, or while it goes on
bool is_expired(const Linker& linker, const Record& receipt, const Record& decision) {
  const Nanoseconds end = decision[Time::expires];
  if (!decision.is(Trait::decision) || end == never) return false;
  if (receipt[Time::started] != never && receipt[Time::started] > end) return true;
  return linker.now() != never && linker.now() > end && !is_done(receipt);
}

void check_receipt(Linker& linker, const Decisions& decisions, DocumentIndex document) {
  const Record& receipt = linker.index[document];
  const StringId id = receipt[Fact::decision];
  if (id == 0 || receipt[Fact::state] == Word::denied) return;
  const Decided& decided = decisions.of(id);
  if (decided.ruling == Ruling::none) {
    const Groups::Group named = linker.ids.of(id);
    if (named.empty()) return;  // it is not here: nothing is known of it
    Found* found = linker.raise(Rule::browser_policy_unreadable, document, Fact::decision);
    if (found != nullptr && linker.index[named[0]].dialect < Dialect::count) {
      found->message << linker.quote(id) << " is a document of the kind "
                     << words(info_of(linker.index[named[0]].dialect).kind) << ", no policy decision";
    }
    linker.also(found, named[0], Fact::id, "it goes by that id");
    return;
  }
  const Record& decision = linker.index[decided.first];
  if (decided.ruling == Ruling::admits) {
    if (is_expired(linker, receipt, decision)) {
      const bool at_start = receipt[Time::started] != never && receipt[Time::started] > decision[Time::expires];
      Found* found = linker.raise(Rule::browser_policy_expired, document, Fact::decision);
      if (found != nullptr) {
        found->message = at_start ? "the decision had expired when the session started"
                                  : "the decision has expired, and the session goes on";
      }
      linker.also(found, decided.first, pointer_of(decision.dialect, Time::expires), "the decision ends here");
    }
    if (decision.is(Trait::decision)) return;  // links.cpp holds its start against the receipt's
    const DocumentIndex settled = decided.lifted_by == Linker::nothing ? decided.first : decided.lifted_by;
    const Nanoseconds made = linker.index[settled][Time::decided];
    if (made == never || receipt[Time::started] == never || receipt[Time::started] >= made) return;
    linker.also(linker.raise(Rule::link_policy_before_issue, document, Time::started), settled,
                pointer_of(linker.index[settled].dialect, Time::decided), "the decision came here");
    return;
  }
  Fault fault = fault_of(linker, decided);
  Found* found = linker.raise(fault.rule, document, Fact::decision);
  if (found == nullptr) return;
  found->message = std::move(fault.message);
  const bool denied_later = decided.ruling == Ruling::refuses && decided.lifted_by != Linker::nothing;
  const DocumentIndex said = denied_later ? decided.lifted_by : decided.first;
  const Fact fact = decided.ruling == Ruling::other_action ? Fact::action : Fact::effect;
  linker.also(found, said, decided.ruling == Ruling::trial ? Fact::dry_run : fact, "the decision");
  if (decided.other != Linker::nothing) linker.also(found, decided.other, Fact::effect, "another one");
}

}  // namespace

void check_decisions(Linker& linker) {
  const Index& index = linker.index;
  Decisions decisions(linker);
  linker.is_decided.assign(index.strings().size(), false);
  for (StringId id = 1; id < index.strings().size(); ++id) {
    linker.is_decided[id] = decisions.of(id).ruling != Ruling::none;
  }
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (index[i].is(Trait::browser_receipt) && index[i].is_current) check_receipt(linker, decisions, i);
  }
  decisions.check_resolutions();
}

}  // namespace bearproof::collection
