// SPDX-License-Identifier: Apache-2.0
// The mark of a state: a small file beside its directory, named as it is with ".mark" behind, which
// says whether the environment may be trusted, without opening it. An environment that is never
// synced is sound after a crash of the process, not after one of the machine; and a copy of it, or
// one that another version wrote, is no evidence of anything. Format: docs/state.md.
#pragma once

#include "schema/result.h"

#include <filesystem>
#include <string_view>

namespace qualog::projector {

enum class Trust {
  Trusted,
  Absent,      // there is no state, or no mark
  Unreadable,  // the mark, or the environment, is not what was written
  OtherFormat,
  Foreign,  // the data file is not the one that was marked, or was written over: a copy
  Unclean,  // the machine stopped while it was open, or it is an image of a disk in use
};

// "trusted"; for messages.
std::string_view name(Trust trust);

// Judges by the mark, the data file's identity, its device and the boot of the machine; opens no
// environment.
// Error: io, when it cannot be judged.
Result<Trust> read_mark(const std::filesystem::path& directory);

// Makes the file beside a new environment that nobody writes to; durable on return. Whoever writes
// a copy of the directory over it changes that file too, and the mark tells.
Result<void> make_untouched(const std::filesystem::path& directory);

// Marks the environment as open; durable on return. Before its first commit.
Result<void> mark_dirty(const std::filesystem::path& directory);

// Marks a clean stop. After Environment::sync(), with nothing committed since.
Result<void> mark_clean(const std::filesystem::path& directory);

// Removes the mark: nobody trusts the state until it is marked again. Not made durable: the mark
// that a power cut brings back says `stop none` of another boot, or speaks of a file that nobody
// has written to since.
Result<void> unmark(const std::filesystem::path& directory);

}  // namespace qualog::projector
