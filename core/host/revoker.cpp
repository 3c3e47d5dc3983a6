#include "revoker.h"

#include <algorithm>
#include <utility>

#include <unistd.h>

#include "bearproof/json/canonical.h"
#include "bearproof/session/revoke.h"

#include "records.h"
#include "steps.h"

namespace bearproof::host {
namespace {

Step hook = nullptr;

constexpr std::string_view token_stays =
    "nothing invalidates a session token by itself: it is good until the transport has ended";

void add(std::string& details, std::string_view detail) { details.append(details.empty() ? "" : "; ").append(detail); }

/// Files of one receipt that are rewritten by one revocation, and the milliseconds after which no other is begun:
/// whoever copies a receipt thousands of times holds up nobody.
constexpr std::size_t most_files = 1000;
constexpr std::int64_t patience = 2000;

struct Written {
  Effect record{"record", true, ""};
  Effect event{"event", true, ""};
};

/// Writes what an intent says, as far as it is not written yet.
Written carry_out(const Intent& intent, bool is_repair) {
  Written out;
  bool is_recorded = false;
  if (!intent.log.path.empty()) {
    if (const auto problem = append_once(intent.log.path, intent.log.line, intent.log.since, is_repair)) {
      out.record.ok = false;
      add(out.record.detail, Follower::source_of(intent.log.path) + ": not appended: " + *problem);
    } else {
      is_recorded = true;
    }
    step("log");
  }
  const std::int64_t latest = steady_clock() + patience;
  for (std::size_t i = 0; i < intent.files.size(); ++i) {
    const Intent::File& file = intent.files[i];
    if (steady_clock() >= latest) {
      add(out.record.detail, std::to_string(intent.files.size() - i) + " more files of it were left: revoke it again");
      out.record.ok = false;
      break;
    }
    const Rewritten rewritten = revoke_file(file.path, intent.receipt, intent.now, file.temporary);
    if (rewritten.outcome == Rewritten::Outcome::done) {
      is_recorded = true;
    } else {
      add(out.record.detail, Follower::source_of(file.path) + ": left as it is: " + rewritten.detail);
    }
    if (rewritten.outcome == Rewritten::Outcome::failed) out.record.ok = false;
    step("file");
  }
  out.record.ok = out.record.ok && is_recorded;
  if (!is_recorded && out.record.detail.empty()) {
    out.record.detail = "no log is configured, and the receipt has no file of its own that may be rewritten";
  }
  if (intent.event.path.empty()) {
    out.event = {"event", false, "no event log is configured"};
  } else if (const auto problem = append_once(intent.event.path, intent.event.line, intent.event.since, is_repair)) {
    out.event = {"event", false, Follower::source_of(intent.event.path) + ": not appended: " + *problem};
  }
  step("event");
  return out;
}

/// A name for a temporary file: nothing of a receipt is in it.
std::string temporary_name() {
  static std::uint64_t count = 0;
  return ".bearproof-" + std::to_string(getpid()) + "-" + std::to_string(wall_clock()) + "-" + std::to_string(++count) +
         ".tmp";
}

}  // namespace

Step set_step_hook(Step new_hook) { return std::exchange(hook, new_hook); }

void step(std::string_view name) {
  if (hook != nullptr) hook(name);
}

void Revoker::finish(std::uint64_t id, bool changed, std::vector<Effect> effects, Effect transport, const Say& tell) {
  Effect token{"token", transport.ok, std::string(token_stays)};
  if (transport.ok) token.detail = "the transport, which held the session's token, has ended";
  tell(effect_message(id, transport));
  tell(effect_message(id, token));
  effects.push_back(std::move(transport));
  effects.push_back(std::move(token));
  tell(revoked_message(id, changed, effects));
}

void Revoker::stop(std::uint64_t id, bool changed, std::vector<Effect> effects, std::string_view record,
                   std::optional<StateFolder::Journal> journal, Say tell) {
  if (configuration_.stop.empty()) {
    if (journal) journal->remove();
    finish(id, changed, std::move(effects), {"transport", false, "no stop command is configured"}, tell);
    return;
  }
  step("stop");
  running_.push_back({id, changed, std::move(effects), std::move(tell),
                      StopCommand(configuration_.stop, record, configuration_.stop_seconds), std::move(journal)});
  step("stopping");
}

void Revoker::update() {
  for (auto at = running_.begin(); at != running_.end();) {
    const auto result = at->command.poll();
    if (!result) {
      ++at;
      continue;
    }
    step("stopped");
    if (at->journal) at->journal->remove();
    step("done");
    finish(at->id, at->changed, std::move(at->effects), {"transport", result->ok, result->detail}, at->tell);
    at = running_.erase(at);
  }
}

std::vector<int> Revoker::descriptors() const {
  std::vector<int> out;
  for (const Running& one : running_) {
    if (one.command.descriptor() >= 0) out.push_back(one.command.descriptor());
  }
  return out;
}

void Revoker::repair() {
  const auto state = StateFolder::open();
  if (!state) return say_("revocations cannot be recorded: " + state.error());
  const auto lock = state->lock();
  if (!lock) return;
  for (StateFolder::Left& left : state->left_over()) {
    const Written written = carry_out(left.intent, true);
    for (const Effect* effect : {&written.record, &written.event}) {
      if (!effect->detail.empty()) say_("a revocation that was interrupted: " + effect->detail);
    }
    // Nobody waits for an answer.
    stop(0, false, {}, left.intent.record, std::move(left.journal), [](std::string_view) {});
  }
}

void Revoker::revoke(const RevokeRequest& request, const Follower& follower, Say tell) {
  const auto refuse = [&](const std::string& reason) {
    std::vector<Effect> effects;
    for (const std::string_view name : {"record", "event", "transport", "token"}) {
      effects.push_back({name, false, reason});
      tell(effect_message(request.id, effects.back()));
    }
    tell(revoked_message(request.id, false, effects));
  };

  const auto state = StateFolder::open();
  std::optional<Descriptor> lock;
  if (state) lock = state->lock();
  std::string unrecorded;
  if (!state) {
    unrecorded = "nothing can be recorded: " + state.error();
  } else if (!lock) {
    unrecorded = "nothing can be recorded: another host has been recording a revocation for 3 s";
  }

  const std::vector<Record> records = records_of(follower, request.receipt, configuration_.log);
  if (records.empty()) return refuse("no receipt with this id is in the folders that are followed");

  // Files that may be rewritten and the log that is written count; only where there is neither do the others, since
  // what cannot be written would say for ever that the session goes on.
  std::string left;
  std::vector<const Record*> counting;
  for (const Record& record : records) {
    if (record.is_line) {
      if (record.path == configuration_.log) counting.push_back(&record);
    } else if (const auto problem = unsafe_record(record.path)) {
      add(left, Follower::source_of(record.path) + ": left as it is: " + *problem);
    } else {
      counting.push_back(&record);
    }
  }
  const bool is_writable = !counting.empty();
  if (!is_writable) {
    for (const Record& record : records) counting.push_back(&record);
  }

  // Whatever still says that the session goes on is what is revoked, a file before a line: what an agent writes after a
  // revocation must not outlast another one.
  Intent intent;
  intent.receipt = request.receipt;
  intent.now = instant_now();
  const Record* latest = nullptr;
  std::optional<session::Revocation> revocation;
  std::string reason;
  bool is_logged = false;
  for (const Record* record : counting) {
    auto made = session::revoke(record->text, intent.now);
    if (!made) {
      if (reason.empty()) reason = made.error();
      continue;
    }
    if (record->is_line && record->path == configuration_.log) is_logged = !made->changed;
    if (!record->is_line && made->changed && is_writable && intent.files.size() < most_files)
      intent.files.push_back({record->path, temporary_name()});
    if (latest == nullptr || (made->changed && !revocation->changed)) {
      latest = record;
      revocation = std::move(*made);
    }
  }
  if (latest == nullptr) return refuse(reason);

  // The stop command gets what was shown, as far as it is still there: another receipt may bear the same id.
  const auto is_shown = [&](const Record& record) { return json::sha256_text(record.text) == request.digest; };
  const auto is_at_source = [&](const Record& record) { return Follower::source_of(record.path) == request.source; };
  auto shown = request.digest.empty() ? records.end() : std::find_if(records.begin(), records.end(), is_shown);
  const bool changed = !request.digest.empty() && shown == records.end();
  if (shown == records.end()) shown = std::find_if(records.begin(), records.end(), is_at_source);
  intent.record = shown == records.end() ? latest->text : shown->text;

  std::vector<Effect> effects;
  const auto known = [&](Effect effect) {
    tell(effect_message(request.id, effect));
    effects.push_back(std::move(effect));
  };

  std::optional<StateFolder::Journal> journal;
  if (!unrecorded.empty()) {
    known({"record", false, unrecorded});
    known({"event", false, unrecorded});
  } else if (!revocation->changed) {
    known({"record", true, "the receipt was revoked before"});
    if (configuration_.events.empty()) {
      known({"event", false, "no event log is configured"});
    } else if (holds_line(configuration_.events, revocation->event)) {
      known({"event", true, "the event was written before"});
    } else {
      known({"event", false, "the receipt was revoked before, and the log has no event of it"});
    }
  } else {
    if (!configuration_.log.empty() && !is_logged) {
      intent.log = {configuration_.log, one_line(revocation->receipt), size_of(configuration_.log)};
    }
    if (!configuration_.events.empty()) {
      intent.event = {configuration_.events, revocation->event, size_of(configuration_.events)};
    }
    if (auto written = state->write(intent)) {
      journal.emplace(std::move(*written));
      Written outcome = carry_out(intent, false);
      if (!left.empty()) add(outcome.record.detail, left);
      known(std::move(outcome.record));
      known(std::move(outcome.event));
    } else {
      known({"record", false, "nothing can be recorded: " + written.error()});
      known({"event", false, "nothing can be recorded: " + written.error()});
    }
  }
  lock.reset();
  stop(request.id, changed, std::move(effects), intent.record, std::move(journal), std::move(tell));
}

}  // namespace bearproof::host
