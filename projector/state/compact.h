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

// The two are swapped in one step. A crash at any moment leaves the old state or the new one; where
// it comes between the swap and the new mark, neither is trusted and the next opening makes it
// anew. After an error of the copy or the swap the old one stands as it was. Where the file system
// cannot swap names the old one goes first: a crash then, or an error, may leave none. Errors:
// damaged (there is no state that can be trusted, or the copy is not the same), no_space, io.
Result<CompactedState> compact_state(const std::filesystem::path& directory);

}  // namespace qualog::projector
