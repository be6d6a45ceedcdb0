// SPDX-License-Identifier: Apache-2.0
#include "engine/project.h"

#include "engine/blobs/directory_blobs.h"
#include "engine/catch_up.h"
#include "engine/log/file_store.h"
#include "projector/state/durable_file.h"
#include "projector/state/open.h"

#include <fmt/format.h>

namespace qualog::engine {

namespace {

// Whether the state can be closed as one to be trusted again. Rows that were read wrong, or that
// the disk did not take, say nothing more; one that is only behind its log catches up.
bool is_sound(const std::optional<Error>& broken) {
  return !broken || (broken->code != Code::damaged && broken->code != Code::io);
}

}  // namespace

ProjectPlace place_in_files(const std::filesystem::path& directory,
                            const std::filesystem::path& keys, const ProjectId& id) {
  return {directory, keys, id, std::make_shared<log::FileStore>((directory / "log").string(), id),
          blobs_in((directory / "blobs").string())};
}

Result<void> Project::create(const ProjectPlace& place, const LineageId& lineage, Effects effects) {
  QUALOG_TRY(projector::make_private_directory(place.directory));
  QUALOG_TRY(create_keys(place.keys, lineage, effects.random));
  QUALOG_ASSIGN(auto made, place.log->create(lineage, effects.random));
  QUALOG_TRY(made->close());
  return projector::sync_directory(place.directory);
}

Result<std::unique_ptr<Project>> Project::open(const ProjectPlace& place, Effects effects,
                                               OwnerOptions options) {
  std::unique_ptr<Project> project(new Project);
  // What another machine has made has no directory here yet.
  if (place.log->is_shared()) QUALOG_TRY(make_directory_of(place));
  QUALOG_ASSIGN(project->lock_, log::PosixFiles().lock_soon(place.owner_lock().string()));
  // After a creation that was cut, the project's own name may be shown and not durable.
  QUALOG_TRY(projector::sync_directory(place.directory.parent_path()));
  project->state_directory_ = place.state();
  project->store_ = place.log;
  QUALOG_ASSIGN(project->state_, open_environment(project->state_directory_));
  QUALOG_ASSIGN(auto caught_up, catch_up(place, project->state_, effects.random));
  project->log_ = std::move(caught_up.opened.log);
  project->summary_ = std::move(caught_up.opened.summary);
  QUALOG_ASSIGN(project->keys_, load_keys(place.keys, project->summary_.ids.lineage));
  options.blobs = project->blobs_ = place.blobs;
  project->owner_ = std::make_unique<Owner>(*project->log_, *project->state_, project->keys_,
                                            effects.clock, caught_up.clock, options);
  return project;
}

Project::~Project() = default;

Result<std::unique_ptr<projector::ReadTransaction>> Project::read() const {
  QUALOG_TRY(owner_->flush());
  return projector::ReadTransaction::begin(*state_);
}

Result<void> Project::close() {
  owner_->stop();
  const bool sound = is_sound(owner_->broken());
  owner_.reset();
  if (!sound) QUALOG_TRY(projector::unmark(state_directory_));
  QUALOG_TRY(log_->close());
  return sound ? projector::close_state(std::move(state_), state_directory_) : Result<void>{};
}

Result<std::unique_ptr<View>> View::open(const ProjectPlace& place) {
  if (place.log->is_shared()) {
    const auto followed = follow(place);
    if (!followed && followed.error().code != Code::held) return followed.error();
  }
  std::unique_ptr<View> view(new View);
  auto applied = view->open_state(place);
  auto read = view->read_log(place, applied.value_or(log::Applied{}));
  if (!read && read.error().code == Code::not_found && applied) {
    // A copy: its state is no evidence and may lie past its log.
    view->txn_.reset();
    read = view->read_log(place, {});
  }
  if (!read) return read.error();
  return view;
}

// The state, where it can be trusted.
std::optional<log::Applied> View::open_state(const ProjectPlace& place) {
  auto state = projector::open_state_for_reading(place.state());
  if (!state || *state == nullptr) return std::nullopt;
  environment_ = std::move(*state);
  auto txn = projector::ReadTransaction::begin(*environment_);
  if (!txn) return std::nullopt;
  const auto applied = applied_of(**txn);
  if (applied) txn_ = std::move(*txn);
  return applied;
}

Result<void> View::read_log(const ProjectPlace& place, const log::Applied& from) {
  folding_ = std::make_unique<MemoryFolding>(txn_.get(), from);
  QUALOG_ASSIGN(summary_, place.log->read(from.place, *folding_));
  if (!summary_.damage.empty()) return log::damage_error(summary_.damage.front());
  return {};
}

Result<void> rebuild_state(const ProjectPlace& place, Effects effects) {
  if (place.log->is_shared()) return follow_anew(place);
  log::PosixFiles files;
  QUALOG_ASSIGN(auto lock, files.lock(place.owner_lock().string()));
  QUALOG_ASSIGN(auto state, renewed_environment(place.state()));
  QUALOG_ASSIGN(auto caught_up, catch_up(place, state, effects.random));
  QUALOG_TRY(caught_up.opened.log->close());
  return projector::close_state(std::move(state), place.state());
}

}  // namespace qualog::engine
