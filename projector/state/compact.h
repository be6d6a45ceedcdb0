// SPDX-License-Identifier: Apache-2.0
// Writing a state anew without the pages that nothing uses: a copy beside it, which takes its place
// once it is proved to be the same and durable. Readers of the old one go on reading it. Whoever
// calls holds what the writer of the state holds.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <filesystem>

namespace qualog::projector {

// Of the data file.
struct CompactedState {
  std::uint64_t bytes_before = 0;
  std::uint64_t bytes_after = 0;
};

// A crash at any moment leaves the old state, the new one, or none that is trusted. After an error
// the old one stands as it was.
// Errors: damaged (there is no state that can be trusted, or the copy is not the same), no_space,
// io.
Result<CompactedState> compact_state(const std::filesystem::path& directory);

}  // namespace qualog::projector
