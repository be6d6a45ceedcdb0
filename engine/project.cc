// SPDX-License-Identifier: Apache-2.0
#include "engine/project.h"

#include "projector/state/durable_file.h"
#include "projector/state/open.h"

#include <fmt/format.h>

namespace qualog::engine {

namespace {

Result<std::unique_ptr<projector::Environment>> open_environment(
    const std::filesystem::path& directory) {
  QUALOG_ASSIGN(auto opened, projector::open_state(directory));
  return std::move(opened.environment);
}

// An empty state in the place of the one that is there: without its mark nobody trusts it.
Result<std::unique_ptr<projector::Environment>> renewed_environment(
    const std::filesystem::path& directory) {
  QUALOG_TRY(projector::unmark(directory));
  return open_environment(directory);
}

// Opens the log behind what the state has, and folds the rest into the state.
Result<log::OpenedLog> catch_up(log::PosixFiles& files, const ProjectPlace& place,
                                projector::Environment& state, Random& random) {
  std::optional<log::Applied> applied;
  {
    QUALOG_ASSIGN(auto txn, projector::ReadTransaction::begin(state));
    applied = applied_of(*txn);
  }
  StateFolding folding(state);
  QUALOG_ASSIGN(auto opened, log::open_file_log(files, place.log().string(),
                                                applied ? applied->place : log::Place{}, applied,
                                                random, folding));
  QUALOG_TRY(folding.finish());
  return opened;
}

}  // namespace

Result<void> Project::create(const ProjectPlace& place, const LineageId& lineage, Effects effects) {
  log::PosixFiles files;
  QUALOG_TRY(projector::make_private_directory(place.directory));
  QUALOG_TRY(projector::make_private_directory(place.log()));
  QUALOG_TRY(create_keys(place.keys, lineage, effects.random));
  QUALOG_ASSIGN(auto made, log::create_file_log(files, place.log().string(), place.id, lineage,
                                                effects.random));
  QUALOG_TRY(made->close());
  return files.sync_directory(place.directory);
}

Result<std::unique_ptr<Project>> Project::open(const ProjectPlace& place, Effects effects,
                                               OwnerOptions options) {
  std::unique_ptr<Project> project(new Project);
  QUALOG_ASSIGN(project->lock_, project->files_.lock(place.owner_lock().string()));
  // After a creation that was cut, the project's own name may be shown and not durable.
  QUALOG_TRY(project->files_.sync_directory(place.directory.parent_path().string()));
  project->state_directory_ = place.state();
  QUALOG_ASSIGN(project->state_, open_environment(project->state_directory_));
  auto log = catch_up(project->files_, place, *project->state_, effects.random);
  if (!log && log.error().code == Code::not_found) {
    // A copy: its state is no evidence and may lie past its log.
    project->state_.reset();
    QUALOG_ASSIGN(project->state_, renewed_environment(project->state_directory_));
    log = catch_up(project->files_, place, *project->state_, effects.random);
  }
  if (!log) return log.error();
  project->log_ = std::move(log->log);
  project->summary_ = std::move(log->summary);
  QUALOG_ASSIGN(project->keys_, load_keys(place.keys, project->summary_.ids.lineage));
  project->owner_ = std::make_unique<Owner>(*project->log_, *project->state_, project->keys_,
                                            effects.clock, options);
  return project;
}

Project::~Project() = default;

Result<std::unique_ptr<projector::ReadTransaction>> Project::read() const {
  QUALOG_TRY(owner_->flush());
  return projector::ReadTransaction::begin(*state_);
}

Result<void> Project::close() {
  if (owner_) owner_->stop();
  QUALOG_TRY(log_->close());
  owner_.reset();
  return projector::close_state(std::move(state_), state_directory_);
}

Result<std::unique_ptr<View>> View::open(const ProjectPlace& place) {
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
  log::PosixFiles files;
  folding_ = std::make_unique<MemoryFolding>(txn_.get(), from);
  QUALOG_ASSIGN(summary_, log::read_file_log(files, place.log().string(), from.place, *folding_));
  if (!summary_.damage.empty()) return log::damage_error(summary_.damage.front());
  return {};
}

Result<void> rebuild_state(const ProjectPlace& place, Effects effects) {
  log::PosixFiles files;
  QUALOG_ASSIGN(auto lock, files.lock(place.owner_lock().string()));
  QUALOG_ASSIGN(auto state, renewed_environment(place.state()));
  QUALOG_ASSIGN(auto opened, catch_up(files, place, *state, effects.random));
  QUALOG_TRY(opened.log->close());
  return projector::close_state(std::move(state), place.state());
}

}  // namespace qualog::engine
