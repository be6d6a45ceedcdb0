// SPDX-License-Identifier: Apache-2.0
#include "replay/restore.h"

#include "engine/blobs/copy_blobs.h"
#include "projector/digest.h"
#include "projector/fold/fold.h"
#include "projector/items.h"
#include "projector/state/durable_file.h"
#include "replay/log_copy.h"
#include "replay/members.h"
#include "replay/point_in_time.h"
#include "schema/commands.h"

#include <fmt/format.h>

namespace qualog::replay {

namespace {

// False: the project is damaged, and cannot be asked. The view is gone before the state is opened
// again: LMDB allows one opening a process.
Result<bool> check_owner_now(const RestoreRequest& request) {
  const auto now = engine::View::open(request.from);
  if (!now && now.error().code == Code::damaged) return false;
  if (!now) return now.error();
  QUALOG_TRY(check_owner((*now)->state(), request.actor));
  return true;
}

Result<void> check_restorable(const PointInTime& then) {
  QUALOG_TRY(then.state().undamaged());
  const auto project = projector::item(then.state(), projector::kProjectItem);
  if (!project) return fail(Code::invalid, "nothing stood at that moment; name an event from 1 on");
  const auto life = projector::value_of<projector::Life>(*project, projector::Facet::Life);
  if (life.state == projector::LifeState::Alive) return {};
  return fail(Code::invalid, fmt::format("at event {} the project was deleted; name a moment "
                                         "before, or undelete it first",
                                         then.sequence().value));
}

// The new project's log with the events up to that moment, and the files that they name. Gives
// those that could not come along: what is damaged must not keep the rest from being restored.
Result<std::vector<engine::BlobInfo>> copy_events(const RestoreRequest& request,
                                                  const PointInTime& then,
                                                  const engine::ProjectPlace& to,
                                                  engine::Effects effects,
                                                  const Progress& progress) {
  QUALOG_TRY(projector::make_private_directory(to.directory));
  QUALOG_ASSIGN(auto target, to.log->create(projector::lineage_of(then.state()), effects.random));
  QUALOG_TRY(projector::sync_directory(to.directory));
  EventCopy copy(then.sequence(), *target, progress);
  const auto reading = read_log(request.from, copy);
  if (!reading) return reading.error();
  QUALOG_TRY(copy.finish());
  const auto head = target->settled();
  QUALOG_TRY(target->close());
  if (head.sequence() == then.sequence() && head.chain == then.chain())
    return engine::copy_blobs(*request.from.blobs, *to.blobs, copy.named());
  return fail(Code::damaged, fmt::format("{}: what was copied is not what was read; run verify",
                                         request.from.directory.string()));
}

fb::CommandT fork_command(const PointInTime& then, const std::string& name, const NameKey& key,
                          engine::Effects effects) {
  fb::ProjectForkedT action;
  action.title = name_text(key, name);
  action.sequence = then.sequence().value;
  action.chain = then.chain();
  action.kind = fb::ForkKind::Restore;
  const auto id = engine::new_id<CommandId>(effects);
  return command_of(id, engine::new_id<SessionId>(effects), {action_of(std::move(action))});
}

// Makes it a project of its own, and gives its head and the digest of its content.
Result<Restored> begin_fork(const RestoreRequest& request, const PointInTime& then,
                            const engine::ProjectPlace& to, engine::Effects effects) {
  QUALOG_ASSIGN(auto project, engine::Project::open(to, effects));
  auto command = fork_command(then, request.name, project->keys().name, effects);
  const auto answer = project->owner().ask_as_engine(std::move(command), request.actor);
  if (answer.outcome != engine::Outcome::accepted)
    return fail(answer.code, "the project was not restored: " +
                                 (answer.refusal ? answer.refusal->detail : answer.message));
  Restored restored{to.id, {}, then.sequence(), {}, {}};
  {
    QUALOG_ASSIGN(const auto state, project->read());
    restored.digest = projector::content_digest(*state);
    QUALOG_TRY(state->undamaged());
    // The profile of an actor who is new here follows the fork.
    const auto applied = engine::applied_of(*state);
    restored.sequence = applied ? applied->head.sequence() : answer.sequence;
  }
  QUALOG_TRY(project->close());
  return restored;
}

}  // namespace

Result<Restored> restore(const engine::DataDirectory& data, const RestoreRequest& request,
                         engine::Effects effects, const Progress& progress) {
  QUALOG_TRY(data.check_name_free(request.name));
  QUALOG_ASSIGN(const bool checked, check_owner_now(request));
  QUALOG_ASSIGN(const auto then, open_at(request.from, request.at, progress));
  if (!checked) QUALOG_TRY(check_owner(then->state(), request.actor));
  QUALOG_TRY(check_restorable(*then));
  const auto digest = projector::content_digest(then->state());
  Restored restored;
  const auto fill = [&](const engine::ProjectPlace& temporary) -> Result<void> {
    QUALOG_ASSIGN(auto missing, copy_events(request, *then, temporary, effects, progress));
    QUALOG_ASSIGN(restored, begin_fork(request, *then, temporary, effects));
    restored.missing = std::move(missing);
    if (restored.digest == digest) return {};
    return fail(Code::damaged,
                "the new project does not hold what the old one held; nothing was "
                "made; run verify on the old one");
  };
  QUALOG_TRY(data.build(engine::new_id<ProjectId>(effects), effects, fill));
  return restored;
}

}  // namespace qualog::replay
