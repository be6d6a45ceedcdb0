// SPDX-License-Identifier: Apache-2.0
#include "replay/purge.h"

#include "engine/catch_up.h"
#include "projector/fold/fold.h"
#include "projector/items.h"
#include "projector/state/open.h"
#include "replay/members.h"

#include <fmt/format.h>

namespace qualog::replay {

namespace {

using engine::ProjectPlace;
using engine::PurgeStep;

Result<void> check_purgeable(const projector::Reader& state, const std::string& actor) {
  QUALOG_TRY(check_owner(state, actor));
  const auto project = projector::item(state, projector::kProjectItem);
  if (project) {
    const auto life = projector::value_of<projector::Life>(*project, projector::Facet::Life);
    if (life.state != projector::LifeState::Alive) return {};
  }
  return fail(Code::invalid,
              "only a deleted project can be purged; delete it first with qualog project delete: "
              "until it is purged, undelete brings it back");
}

class Purging {
 public:
  Purging(const PurgeRequest& request, engine::Effects effects, const engine::PurgeWatch& reached)
      : request_(request), effects_(effects), reached_(reached) {}

  Result<engine::PurgedKeys> run() {
    const auto place = request_.data.place_of(request_.project);
    QUALOG_TRY(look(place));
    log::PosixFiles files;
    QUALOG_ASSIGN(const auto lock, files.lock(place.owner_lock().string()));
    QUALOG_TRY(decide(place));
    return finish();
  }

 private:
  // Before anything is touched. LMDB allows one opening a process: the view is gone when this
  // returns.
  Result<void> look(const ProjectPlace& place) const {
    QUALOG_ASSIGN(const auto view, engine::View::open(place));
    if (const auto& seal = view->summary().seal) return log::sealed_error(place.log->name(), *seal);
    return check_purgeable(view->state(), request_.actor);
  }

  Result<void> decide(const ProjectPlace& place) const {
    QUALOG_ASSIGN(auto state, engine::open_environment(place.state()));
    QUALOG_ASSIGN(auto caught_up, engine::catch_up(place, state, effects_.random));
    auto& log = *caught_up.opened.log;
    auto decided = decide_as_owner(place, *state, log);
    if (decided) return {};
    if (log.writable()) (void)log.close();
    (void)projector::close_state(std::move(state), place.state());
    return decided;
  }

  // As it is now that nobody else can change it.
  Result<void> decide_as_owner(const ProjectPlace& place, const projector::Environment& state,
                               log::Log& log) const {
    LineageId lineage;
    {
      QUALOG_ASSIGN(const auto now, projector::ReadTransaction::begin(state));
      QUALOG_TRY(check_purgeable(*now, request_.actor));
      lineage = projector::lineage_of(*now);
    }
    tell(PurgeStep::owned);
    QUALOG_TRY(place.log->is_shared() ? seal(log, lineage) : log.close());
    QUALOG_TRY(request_.data.decide_purge(request_.project, lineage));
    tell(PurgeStep::decided);
    return {};
  }

  Result<void> seal(log::Log& log, const LineageId& lineage) const {
    QUALOG_TRY(request_.data.ask_purge(request_.project, lineage));
    tell(PurgeStep::asked);
    const auto head = log.settled();
    const auto sealed = log.seal({std::string(log::kPurged), head.sequence(), head.chain});
    if (sealed.outcome == log::Outcome::unknown)
      return fail(Code::unknown_outcome,
                  fmt::format("{}; whether the project is purged is not known: purge it again",
                              sealed.cause));
    if (sealed.outcome == log::Outcome::durable) {
      tell(PurgeStep::sealed);
      return {};
    }
    (void)request_.data.take_back_purge(request_.project);
    return fail(sealed.code, sealed.cause + "; nothing was purged: try again");
  }

  Result<engine::PurgedKeys> finish() const {
    auto finished = request_.data.finish_purge(request_.project, reached_);
    if (finished) return finished;
    return fail(finished.error().code,
                fmt::format("the project is gone for good, but something of it is left: {}; the "
                            "next command here goes on with it",
                            finished.error().message));
  }

  void tell(PurgeStep step) const {
    if (reached_) reached_(step);
  }

  const PurgeRequest& request_;
  engine::Effects effects_;
  const engine::PurgeWatch& reached_;
};

}  // namespace

Result<engine::PurgedKeys> purge(const PurgeRequest& request, engine::Effects effects,
                                 const engine::PurgeWatch& reached) {
  return Purging(request, effects, reached).run();
}

}  // namespace qualog::replay
