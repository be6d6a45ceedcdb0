// SPDX-License-Identifier: Apache-2.0
// Project: one project opened. As owner: log, state, keys and the owner's loop; everything above
// holds this object. As reader: a consistent view beside whoever owns it, which writes nothing.
// Layout of a project's directory: log/ blobs/ (where they are embedded) state/ state.mark
// owner.lock; keys lie in the data directory. Threads: those of Owner; a View belongs to one
// thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/folding.h"
#include "engine/keys.h"
#include "engine/log/log_store.h"
#include "engine/log/posix_files.h"
#include "engine/owner/owner.h"

#include <filesystem>
#include <memory>

namespace qualog::engine {

// Where a project lies.
struct ProjectPlace {
  std::filesystem::path directory;  // of this machine: the state and its lock
  std::filesystem::path keys;
  ProjectId id;
  std::shared_ptr<log::LogStore> log;
  std::shared_ptr<BlobStore> blobs;

  std::filesystem::path state() const { return directory / "state"; }
  std::filesystem::path owner_lock() const { return directory / "owner.lock"; }
  // Where a project of a shared log has gone, as this machine has last seen it.
  std::filesystem::path moved() const { return directory / "moved"; }
};

// A place whose log and blobs lie in files of the same directory.
ProjectPlace place_in_files(const std::filesystem::path& directory,
                            const std::filesystem::path& keys, const ProjectId& id);

struct Effects {
  Clock& clock;
  Random& random;
};

class Project {
 public:
  // Makes the directory and the log of a new project, and its keys. The first command must be
  // project.created. A crash before the directory stands leaves nothing that is ever opened.
  static Result<void> create(const ProjectPlace& place, const LineageId& lineage, Effects effects);
  // Opens as owner: the log is made durable and fenced, the state caught up or rebuilt.
  // Waits a second for who has it. Errors: held (another process still has it), damaged, moved,
  // too_new, not_found, io.
  static Result<std::unique_ptr<Project>> open(const ProjectPlace& place, Effects effects,
                                               OwnerOptions options = {});
  ~Project();

  Owner& owner() { return *owner_; }
  const LineageKeys& keys() const { return keys_; }
  // The area in which what an event names has to be there.
  BlobStore& blobs() { return *blobs_; }
  // What was read of the log when it was opened; of a copy, where it ends.
  const log::ReadSummary& summary() const { return summary_; }
  // The state with all that was answered before the call.
  Result<std::unique_ptr<projector::ReadTransaction>> read() const;
  // Stops the owner, syncs the state and marks a clean close. A state that was found damaged, or
  // that could not be written, is left without its mark: the next opening makes it anew.
  Result<void> close();

 private:
  Project() = default;

  std::unique_ptr<log::FileLock> lock_;
  std::filesystem::path state_directory_;
  std::unique_ptr<projector::Environment> state_;
  std::shared_ptr<log::LogStore> store_;  // outlives what it opened
  std::unique_ptr<log::Log> log_;
  log::ReadSummary summary_;
  LineageKeys keys_;
  std::shared_ptr<BlobStore> blobs_;
  std::unique_ptr<Owner> owner_;
};

// A reader's view: the state as committed, and over it whatever the log has more.
class View {
 public:
  // Errors: not_found, damaged, too_new, io.
  static Result<std::unique_ptr<View>> open(const ProjectPlace& place);

  const projector::Reader& state() const { return folding_->state(); }
  // The last settled event.
  Sequence head() const { return folding_->applied().head.sequence(); }
  const log::Applied& applied() const { return folding_->applied(); }
  const log::ReadSummary& summary() const { return summary_; }

 private:
  View() = default;
  std::optional<log::Applied> open_state(const ProjectPlace& place);
  Result<void> read_log(const ProjectPlace& place, const log::Applied& from);

  std::unique_ptr<projector::Environment> environment_;
  std::unique_ptr<projector::ReadTransaction> txn_;
  std::unique_ptr<MemoryFolding> folding_;
  log::ReadSummary summary_;
};

// Deletes the state and folds the whole log again. No process of this machine may have the project
// open; one of another may own it, and goes on: a shared log is read beside its owner.
Result<void> rebuild_state(const ProjectPlace& place, Effects effects);

}  // namespace qualog::engine
