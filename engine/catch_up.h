// SPDX-License-Identifier: Apache-2.0
// Catching up: a log opened as its owner behind what its state has, and the rest of it folded in. A
// state that does not fit the log, or that cannot be read, is replaced by an empty one and the
// whole log folded. Damage of the log stays an error: a state is thrown away for its own faults
// only, because where the log has lost its end, the state may be all that knows of it. So the next
// generation of a topic must hold what the state has folded of the one before.
#pragma once

#include "engine/project.h"

namespace qualog::engine {

struct CaughtUp {
  log::OpenedLog opened;
  std::int64_t clock = 0;  // the time of the last event
};

// The state in `directory`; an empty one in the place of one that cannot be trusted.
Result<std::unique_ptr<projector::Environment>> open_environment(
    const std::filesystem::path& directory);
// An empty state in the place of any that is there.
Result<std::unique_ptr<projector::Environment>> renewed_environment(
    const std::filesystem::path& directory);

// `state` is the environment open at the place; another one after, where it was replaced.
// Errors: those of log::LogStore::open; what folding gives over an empty state too.
Result<CaughtUp> catch_up(const ProjectPlace& place, std::unique_ptr<projector::Environment>& state,
                          Random& random);

// The directory that this machine has of a project whose log is shared. Reads the log once where
// there is none yet. Errors: held (the project is still being made), and those of reading.
Result<void> make_directory_of(const ProjectPlace& place);

// Brings this machine's state of a log that others write to up to the log's end, without owning the
// log. Notes in ProjectPlace::moved() where the project has gone. Errors: held (a process of this
// machine has the project open, or it is still being made), damaged, not_found, io, and those of
// the backend.
Result<void> follow(const ProjectPlace& place);
// The same into an empty state in the place of any that is there.
Result<void> follow_anew(const ProjectPlace& place);

}  // namespace qualog::engine
