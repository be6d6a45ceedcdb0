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
    QUALOG_ASSIGN(const auto sealed, look(place));
    log::PosixFiles files;
    QUALOG_ASSIGN(const auto lock, files.lock(place.owner_lock().string()));
    QUALOG_TRY(sealed ? request_.data.decide_purge(request_.project, *sealed) : decide(place));
    return finish();
  }

 private:
  // Before anything is touched. Where its log says already that it is purged: its lineage. LMDB
  // allows one opening a process: the view is gone when this returns.
  Result<std::optional<LineageId>> look(const ProjectPlace& place) const {
    QUALOG_ASSIGN(const auto view, engine::View::open(place));
    const auto& seal = view->summary().seal;
    if (seal && log::is_purge(*seal)) return std::optional(projector::lineage_of(view->state()));
    if (seal) return log::sealed_error(place.log->name(), *seal);
    QUALOG_TRY(check_purgeable(view->state(), request_.actor));
    return std::optional<LineageId>();
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
    const auto asker = engine::new_id<CommandId>(effects_).text();
    QUALOG_TRY(request_.data.ask_purge(request_.project, lineage, asker));
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
    return lost_to_another(asker, sealed);
  }

  // Who has it now may have purged it.
  Result<void> lost_to_another(const std::string& asker, const log::Appended& lost) const {
    const auto purged = request_.data.is_purged(request_.project);
    if (purged && *purged) return {};
    if (purged) (void)request_.data.take_back_purge(request_.project, asker);
    return fail(lost.code, lost.cause + "; nothing was purged: try again");
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
