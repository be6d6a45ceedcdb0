// SPDX-License-Identifier: Apache-2.0
// Putting a whole new state where one may have been.
// Errors: io, no_space.
#pragma once

#include "schema/result.h"

#include <filesystem>

namespace qualog::projector {

// Swaps two directories in one step: each has its old name or its new one, whatever happens. Not
// yet durable. False, and nothing done, where the file system cannot.
Result<bool> swap_names(const std::filesystem::path& one, const std::filesystem::path& other);

// The directory `fresh` becomes `directory`; durable on return. The old mark goes first: from then
// on there is no state, until the new one is marked.
Result<void> put_in_place(const std::filesystem::path& fresh,
                          const std::filesystem::path& directory);

}  // namespace qualog::projector
