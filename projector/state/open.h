// SPDX-License-Identifier: Apache-2.0
// Opening a state: the environment that can be trusted, or a fresh one in its place. What is not
// trusted is never opened; it is removed, because the log has everything that was in it.
// One process at a time opens for writing: whoever holds the log.
#pragma once

#include "projector/lmdb/environment.h"
#include "projector/state/mark.h"

namespace qualog::projector {

struct OpenedState {
  std::unique_ptr<Environment> environment;
  Trust found = Trust::Absent;  // other than Trusted: it is empty and has to be rebuilt

  bool must_rebuild() const { return found != Trust::Trusted; }
};

// Opens or creates the state in `directory` for writing, marked dirty. A fresh environment is made
// beside it and renamed, so that a crash leaves no half of one. The parent directory exists.
// Errors: io, no_space.
Result<OpenedState> open_state(const std::filesystem::path& directory);

// Opens a trusted state for reading, also beside the process that writes it; nullptr when it cannot
// be trusted, or when this process has it open: then the log is folded elsewhere. Writes nothing
// but LMDB's table of readers.
Result<std::unique_ptr<Environment>> open_state_for_reading(const std::filesystem::path& directory);

// Makes a state durable, closes it and marks the clean stop. After an error it has no mark, so that
// it is made anew.
Result<void> close_state(std::unique_ptr<Environment> environment,
                         const std::filesystem::path& directory);

}  // namespace qualog::projector
