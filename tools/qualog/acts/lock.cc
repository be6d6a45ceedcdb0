// SPDX-License-Identifier: Apache-2.0
// qualog lock PROJECT ITEM [--wait], unlock PROJECT ITEM [--break]: edit mode for one source. The
// lease belongs to a session, which lock prints with its token, for lines of apply.
#include "engine/decide.h"
#include "projector/query/leases.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/stream/stop_signal.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"

#include <fmt/format.h>

#include <poll.h>

namespace qualog::tools {

namespace {

constexpr int kPollMilliseconds = 200;

// What is known of the item before anything is written.
struct Looked {
  ItemId item;
  std::optional<projector::Lease> lease;  // in force
  std::string holder;                     // the principal

  bool is_others(const std::string& actor) const { return lease && holder != actor; }
  std::uint64_t token() const { return lease ? lease->token : 0; }
};

// Nobody else's, and one that the holder's silence has ended is still theirs to give back.
projector::Asking asking_to_end(const Globals& globals, const projector::Reader& state,
                                const ItemId& item, projector::Asking asking) {
  const auto stored = projector::stored_lease(state, item);
  if (stored && projector::session_row(state, stored->session).principal == globals.actor)
    asking.session = stored->session;
  return asking;
}

enum class Purpose { begin, end };

Result<Looked> look_at(const Globals& globals, const projector::Reader& state,
                       const std::string& given, Purpose purpose = Purpose::begin) {
  Looked looked;
  QUALOG_ASSIGN(looked.item, find_item(state, given, {projector::Kind::Source}, "source"));
  projector::Asking asking{static_cast<std::int64_t>(globals.effects().clock.now_us())};
  if (purpose == Purpose::end) asking = asking_to_end(globals, state, looked.item, asking);
  looked.lease = projector::live_lease(state, looked.item, asking);
  if (looked.lease) looked.holder = projector::session_row(state, looked.lease->session).principal;
  QUALOG_TRY(state.undamaged());
  return looked;
}

// In the session that has the lease already, if it is the actor's.
SessionId session_for(const Globals& globals, const Looked& looked) {
  const bool is_own = looked.lease && !looked.is_others(globals.actor);
  return is_own ? looked.lease->session : engine::new_id<SessionId>(globals.effects());
}

// ---- lock

struct Locked {
  engine::Answer answer;
  SessionId session;
  std::uint64_t token = 0;
  Result<void> closed;  // the project, behind the answer
};

Result<Locked> take_lease(const Globals& globals, engine::Project& project,
                          const std::string& given) {
  QUALOG_ASSIGN(auto state, project.read());
  QUALOG_ASSIGN(const auto looked, look_at(globals, *state, given));
  state.reset();
  Locked locked;
  locked.session = session_for(globals, looked);
  fb::LeaseAcquiredT action;
  action.item = looked.item;
  QUALOG_ASSIGN(locked.answer, act_in(project, globals, locked.session, action_of(action)));
  // A lease is named by the event that began it.
  locked.token = locked.answer.noop ? looked.token() : locked.answer.sequence.value;
  return locked;
}

Result<Locked> take_lease_now(const Globals& globals, const engine::ProjectPlace& place,
                              const std::string& item) {
  QUALOG_ASSIGN(const auto project, globals.open(place.id.text()));
  auto locked = take_lease(globals, *project, item);
  auto closed = project->close();
  if (locked) locked->closed = std::move(closed);
  return locked;
}

Exit print_locked(const Globals& globals, const Locked& locked) {
  if (locked.answer.outcome != engine::Outcome::accepted)
    return print_answer(globals, locked.answer);
  auto line = answer_json(locked.answer);
  line["session"] = locked.session.text();
  line["token"] = locked.token;
  if (globals.json)
    print_line(line);
  else
    print("{}\nsession  {}\ntoken    {}\n", answer_text(locked.answer), locked.session.text(),
          locked.token);
  return Exit::done;
}

// Looks on, and writes nothing, while somebody else has it. False: it was told to stop.
Result<bool> wait_until_free(const Globals& globals, const engine::ProjectPlace& place,
                             const std::string& item) {
  while (!stopped()) {
    QUALOG_ASSIGN(const auto view, globals.view(place));
    QUALOG_ASSIGN(const auto looked, look_at(globals, view->state(), item));
    if (!looked.is_others(globals.actor)) return true;
    ::poll(nullptr, 0, kPollMilliseconds);
  }
  return false;
}

bool is_locked_out(const Result<Locked>& locked) {
  if (!locked) return locked.error().code == Code::held;
  const auto& refusal = locked->answer.refusal;
  return refusal && refusal->code == fb::RefusalCode::LockedEdit;
}

Result<Exit> lock_one(const Globals& globals, const LockOptions& options) {
  if (options.wait) stop_on_signal();
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  while (true) {
    if (options.wait) {
      QUALOG_ASSIGN(const bool free, wait_until_free(globals, place, options.item));
      if (!free) return Exit::interrupted;
    }
    const auto locked = take_lease_now(globals, place, options.item);
    if (options.wait && is_locked_out(locked)) continue;
    if (!locked) return locked.error();
    const auto exit = print_locked(globals, *locked);
    QUALOG_TRY(locked->closed);
    return exit;
  }
}

// ---- unlock

fb::ActionUnion release_of(const Looked& looked) {
  fb::LeaseReleasedT action;
  action.item = looked.item;
  action.token = looked.token();
  return action_of(action);
}

fb::ActionUnion breaking_of(const Looked& looked) {
  fb::LeaseBrokenT action;
  action.item = looked.item;
  action.token = looked.token();
  action.end = fb::LeaseEnd::Broken;
  return action_of(action);
}

// It is free, or what is left of an edit mode is over: nothing is written.
engine::Answer nothing_to_end(const Globals& globals, const projector::Reader& state) {
  const auto applied = engine::applied_of(state);
  engine::Answer answer;
  answer.outcome = engine::Outcome::accepted;
  answer.command = engine::new_id<CommandId>(globals.effects());
  answer.sequence = applied ? applied->head.sequence() : Sequence{};
  answer.noop = true;
  return answer;
}

Result<engine::Answer> end_lease(const Globals& globals, engine::Project& project,
                                 const LockOptions& options) {
  QUALOG_ASSIGN(const auto state, project.read());
  QUALOG_ASSIGN(const auto looked, look_at(globals, *state, options.item, Purpose::end));
  if (!looked.lease) return nothing_to_end(globals, *state);
  const bool is_others = looked.is_others(globals.actor);
  if (is_others && !options.break_it)
    return fail(Code::conflict, fmt::format("{} edits this; ask them to end, or as an Owner end it "
                                            "for them with --break",
                                            looked.holder));
  return act_in(project, globals, session_for(globals, looked),
                is_others ? breaking_of(looked) : release_of(looked));
}

}  // namespace

Exit lock(const Globals& globals, const LockOptions& options) {
  return finish(globals, lock_one(globals, options));
}

Exit unlock(const Globals& globals, const LockOptions& options) {
  return finish(globals, print_answer_of(globals, options.project, [&](engine::Project& project) {
                  return end_lease(globals, project, options);
                }));
}

}  // namespace qualog::tools
