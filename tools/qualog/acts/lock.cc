// SPDX-License-Identifier: Apache-2.0
// qualog lock PROJECT ITEM [--wait], unlock PROJECT ITEM [--break]: edit mode for one source. The
// lease belongs to a session, which lock prints with its token, for lines of apply.
#include "engine/decide.h"
#include "tools/qualog/acts/lease_now.h"
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
  std::optional<LeaseNow> lease;

  bool is_others(const std::string& actor) const {
    return lease && lease->alive && lease->principal != actor;
  }
};

Result<Looked> look_at(const Globals& globals, const projector::Reader& state,
                       const std::string& given) {
  Looked looked;
  QUALOG_ASSIGN(looked.item, find_item(state, given, {projector::Kind::Source}, "source"));
  looked.lease =
      lease_now(state, looked.item, static_cast<std::int64_t>(globals.effects().clock.now_us()));
  QUALOG_TRY(check_undamaged(state));
  return looked;
}

// In the session that has the lease already, if it is the actor's.
SessionId session_for(const Globals& globals, const Looked& looked) {
  const bool is_own = looked.lease && looked.lease->alive && !looked.is_others(globals.actor);
  return is_own ? looked.lease->lease.session : engine::new_id<SessionId>(globals.effects());
}

Result<engine::Answer> act_in(engine::Project& project, const Globals& globals,
                              const SessionId& session, fb::ActionUnion action) {
  fb::CommandT command;
  command.command_id = engine::new_id<CommandId>(globals.effects());
  command.session = session;
  command.seen = engine::kLatest;
  command.actions.push_back(std::make_unique<fb::ProposalT>());
  command.actions.front()->action = std::move(action);
  QUALOG_TRY(check_command(command));
  return project.owner().ask(std::move(command), globals.actor);
}

// ---- lock

struct Locked {
  engine::Answer answer;
  SessionId session;
  std::optional<LeaseNow> lease;
};

Result<Locked> take_lease(const Globals& globals, engine::Project& project,
                          const std::string& given) {
  QUALOG_ASSIGN(auto state, project.read());
  QUALOG_ASSIGN(auto looked, look_at(globals, *state, given));
  state.reset();
  Locked locked;
  locked.session = session_for(globals, looked);
  fb::LeaseAcquiredT action;
  action.item = looked.item;
  QUALOG_ASSIGN(locked.answer, act_in(project, globals, locked.session, action_of(action)));
  QUALOG_ASSIGN(state, project.read());
  QUALOG_ASSIGN(looked, look_at(globals, *state, given));
  locked.lease = looked.lease;
  return locked;
}

Result<Locked> take_lease_now(const Globals& globals, const LockOptions& options) {
  QUALOG_ASSIGN(const auto project, globals.open(options.project));
  auto locked = take_lease(globals, *project, options.item);
  const auto closed = project->close();
  if (locked && !closed) return closed.error();
  return locked;
}

Exit print_locked(const Globals& globals, const Locked& locked) {
  if (locked.answer.outcome != engine::Outcome::accepted)
    return print_answer(globals, locked.answer);
  const auto token = locked.lease ? locked.lease->lease.token : 0;
  auto line = answer_json(locked.answer);
  line["session"] = locked.session.text();
  line["token"] = token;
  if (globals.json)
    print_line(line);
  else
    print("{}\nsession  {}\ntoken    {}\n", answer_text(locked.answer), locked.session.text(),
          token);
  return Exit::done;
}

// Looks on, and writes nothing, while somebody else has it. False: it was told to stop.
Result<bool> wait_until_free(const Globals& globals, const LockOptions& options) {
  while (!stopped()) {
    QUALOG_ASSIGN(const auto view, globals.view(options.project));
    QUALOG_ASSIGN(const auto looked, look_at(globals, view->state(), options.item));
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
  while (true) {
    if (options.wait) {
      QUALOG_ASSIGN(const bool free, wait_until_free(globals, options));
      if (!free) return Exit::interrupted;
    }
    const auto locked = take_lease_now(globals, options);
    if (options.wait && is_locked_out(locked)) continue;
    if (!locked) return locked.error();
    return print_locked(globals, *locked);
  }
}

// ---- unlock

fb::ActionUnion release_of(const Looked& looked) {
  fb::LeaseReleasedT action;
  action.item = looked.item;
  action.token = looked.lease ? looked.lease->lease.token : 0;
  return action_of(action);
}

fb::ActionUnion breaking_of(const Looked& looked) {
  fb::LeaseBrokenT action;
  action.item = looked.item;
  action.token = looked.lease ? looked.lease->lease.token : 0;
  action.end = fb::LeaseEnd::Broken;
  return action_of(action);
}

Result<engine::Answer> end_lease(const Globals& globals, engine::Project& project,
                                 const LockOptions& options) {
  QUALOG_ASSIGN(const auto state, project.read());
  QUALOG_ASSIGN(const auto looked, look_at(globals, *state, options.item));
  const bool is_own = !looked.lease || looked.lease->principal == globals.actor;
  if (!is_own && !options.break_it)
    return fail(Code::conflict, fmt::format("{} edits this; ask them to end, or as an Owner end it "
                                            "for them with --break",
                                            looked.lease->principal));
  const auto session = looked.lease && is_own ? looked.lease->lease.session
                                              : engine::new_id<SessionId>(globals.effects());
  return act_in(project, globals, session, is_own ? release_of(looked) : breaking_of(looked));
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
