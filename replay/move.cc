// SPDX-License-Identifier: Apache-2.0
#include "replay/move.h"

#include "engine/blobs/copy_blobs.h"
#include "engine/catch_up.h"
#include "projector/fold/fold.h"
#include "projector/items.h"
#include "projector/query/people.h"
#include "replay/log_copy.h"
#include "replay/members.h"

#include <fmt/format.h>

namespace qualog::replay {

namespace {

using engine::ProjectPlace;

// What is looked at before anything is touched. LMDB allows one opening a process: the view is gone
// when this returns.
Result<LineageId> check_movable(const MoveRequest& request) {
  QUALOG_ASSIGN(const auto view, engine::View::open(request.from.place_of(request.project)));
  QUALOG_TRY(check_owner(view->state(), request.actor));
  const auto name = projector::named(view->state(), projector::kProjectItem).name.plain;
  if (request.from.address() != request.to.address()) QUALOG_TRY(request.to.check_name_free(name));
  return projector::lineage_of(view->state());
}

// Both logs, held while one is copied into the other.
struct Copied {
  std::unique_ptr<log::Log> old;
  log::Head head;
  std::vector<engine::BlobInfo> named;  // by its events
};

// Those that no event names yet too: somebody may be about to. Gives what could not come along.
Result<std::vector<engine::BlobInfo>> copy_files(const ProjectPlace& from, const ProjectPlace& to,
                                                 std::vector<engine::BlobInfo> named) {
  QUALOG_ASSIGN(const auto complete, from.blobs->complete());
  named.insert(named.end(), complete.begin(), complete.end());
  return engine::copy_blobs(*from.blobs, *to.blobs, named);
}

Result<Copied> copy_log(const ProjectPlace& from, const ProjectPlace& to, const LineageId& lineage,
                        engine::Effects effects, const Progress& progress) {
  QUALOG_ASSIGN(auto target, to.log->create(lineage, effects.random));
  LogCopy copy(*target, progress);
  QUALOG_ASSIGN(auto opened, from.log->open({}, std::nullopt, effects.random, copy));
  QUALOG_TRY(copy.finish());
  const auto head = target->settled();
  QUALOG_TRY(target->close());
  if (head == opened.log->settled()) return Copied{std::move(opened.log), head, copy.named()};
  return fail(Code::damaged, fmt::format("{}: what was copied is not what was read; run verify",
                                         from.log->name()));
}

// Once the Seal is durable the project has moved: that the old log then fails to close undoes
// nothing.
Result<void> seal_old(Copied& copied, const log::Seal& seal) {
  const auto sealed = copied.old->seal(seal);
  if (sealed.outcome == log::Outcome::durable) {
    (void)copied.old->close();
    return {};
  }
  if (sealed.outcome == log::Outcome::not_applied) return fail(sealed.code, sealed.cause);
  return fail(
      Code::unknown_outcome,
      fmt::format("{}; whether the project has moved is not known: move it again", sealed.cause));
}

class Moving {
 public:
  Moving(const MoveRequest& request, engine::Effects effects, const Progress& progress,
         const std::function<void(MoveStep)>& reached)
      : request_(request), effects_(effects), progress_(progress), reached_(reached) {}

  // One process at a time brings a project there: another one would take its copy away.
  Result<Moved> run() {
    QUALOG_ASSIGN(const auto lock, request_.to.lock_arrival(request_.project));
    const auto from = request_.from.place_of(request_.project);
    QUALOG_ASSIGN(const auto moved, log::seal_in(*from.log));
    if (moved) return finish(*moved);
    QUALOG_ASSIGN(const auto lineage, check_movable(request_));
    auto arrived = carry_alone(from, lineage);
    if (arrived) note_in_list(from);
    return arrived;
  }

 private:
  // Nor is it moved to several places: what is looked at under the old owner's lock stays true.
  Result<Moved> carry_alone(const ProjectPlace& from, const LineageId& lineage) {
    log::PosixFiles files;
    QUALOG_ASSIGN(const auto lock, files.lock(from.owner_lock().string()));
    QUALOG_ASSIGN(const auto moved_since, log::seal_in(*from.log));
    if (moved_since) return finish(*moved_since);
    return carry(from, lineage);
  }

  Result<Moved> carry(const ProjectPlace& from, const LineageId& lineage) {
    QUALOG_ASSIGN(const auto arrival,
                  request_.to.begin_arrival(request_.from, request_.project, lineage));
    set_aside_ = arrival.set_aside;
    const auto seal = copy_and_seal(from, arrival.place, lineage);
    if (!seal && seal.error().code != Code::unknown_outcome)
      request_.to.give_up_arrival(arrival.place);
    if (!seal) return seal.error();
    tell_step(MoveStep::sealed);
    return publish(*seal);
  }

  Result<log::Seal> copy_and_seal(const ProjectPlace& from, const ProjectPlace& to,
                                  const LineageId& lineage) {
    QUALOG_ASSIGN(auto copied, copy_log(from, to, lineage, effects_, progress_));
    QUALOG_ASSIGN(missing_, copy_files(from, to, copied.named));
    QUALOG_TRY(request_.to.note_copy(to));
    tell_step(MoveStep::copied);
    const log::Seal seal{request_.to.address(), copied.head.sequence(), copied.head.chain};
    QUALOG_TRY(seal_old(copied, seal));
    return seal;
  }

  // The old log says that it has moved: here, or elsewhere.
  Result<Moved> finish(const log::Seal& seal) {
    if (request_.to.is_meant_by(seal, request_.project)) return publish(seal);
    return log::sealed_error(request_.from.place_of(request_.project).log->name(), seal);
  }

  Result<Moved> publish(const log::Seal& seal) {
    QUALOG_TRY(request_.to.finish_arrival(request_.from, request_.project, seal, effects_));
    tell_step(MoveStep::published);
    log::Head head;
    head.next_event = seal.sequence.next();
    head.chain = seal.chain;
    return Moved{head, request_.to.address(), missing_, set_aside_};
  }

  // Other machines see it when they next look at the project. An older generation is gone.
  void note_in_list(const ProjectPlace& from) const {
    const bool is_there = request_.from.address() != request_.to.address();
    if (is_there && from.log->is_shared()) (void)engine::follow(from);
  }

  void tell_step(MoveStep step) const {
    if (reached_) reached_(step);
  }

  const MoveRequest& request_;
  engine::Effects effects_;
  const Progress& progress_;
  const std::function<void(MoveStep)>& reached_;
  std::vector<engine::BlobInfo> missing_;
  std::string set_aside_;
};

}  // namespace

Result<Moved> move(const MoveRequest& request, engine::Effects effects, const Progress& progress,
                   const std::function<void(MoveStep)>& reached) {
  return Moving(request, effects, progress, reached).run();
}

}  // namespace qualog::replay
